import { TroupeError } from "@troupe/core";

/**
 * The exports of a TypeScript or JavaScript file. It gets this process's own copy of Troupe, so that models are loaded once and
 * errors are recognised.
 * @throws TroupeError `FILE_FAILED` with what the file threw.
 */
export async function loadModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  const { createJiti } = await import("jiti");
  const [core, nodes, cli] = await Promise.all([import("@troupe/core"), import("@troupe/nodes"), import("../index.js")]);
  const jiti = createJiti(file, {
    interopDefault: false,
    virtualModules: { "@troupe/core": core, "@troupe/nodes": nodes, "@troupe/cli": cli },
  });
  try {
    return await jiti.import<Record<string, unknown>>(file);
  } catch (cause) {
    if ((cause as Error).name === "TroupeError") throw cause;
    throw new TroupeError("FILE_FAILED", `The file cannot be loaded: ${(cause as Error)?.message ?? String(cause)}`, {
      file,
      hint: "Run it with --debug to see where.",
      cause,
    });
  }
}
