import { TroupeError } from "@troupe/core";

/** A key from the first of these environment variables that is set. Throws KEY_MISSING, which names the first. */
export function keyFrom(id: string, ...names: readonly [string, ...string[]]): string {
  for (const name of names) if (process.env[name]) return process.env[name];
  throw new TroupeError("KEY_MISSING", `${id} needs a key, and ${names.join(" or ")} is not set`, {
    hint: `Set ${names[0]} in the environment`,
  });
}
