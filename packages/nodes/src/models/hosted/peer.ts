import { TroupeError } from "@troupe/core";

/** Imports an optional package. Throws PACKAGE_MISSING, which names what to install. */
export async function peer<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const { code, message } = cause as { code?: string; message?: string };
    if (code !== "ERR_MODULE_NOT_FOUND" && !/Cannot find (package|module)|Failed to (load|resolve)/.test(message ?? "")) throw cause;
    throw new TroupeError("PACKAGE_MISSING", `This model needs the package ${name}`, { hint: `npm install ${name}`, cause });
  }
}

/** A key from the first of these environment variables that is set. Throws KEY_MISSING, which names the first. */
export function keyFrom(id: string, ...names: readonly [string, ...string[]]): string {
  for (const name of names) if (process.env[name]) return process.env[name];
  throw new TroupeError("KEY_MISSING", `${id} needs a key, and ${names.join(" or ")} is not set`, {
    hint: `Set ${names[0]} in the environment`,
  });
}
