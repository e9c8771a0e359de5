import { TroupeError } from "@troupe/core";

export type LoadModule = (module: string) => Promise<Readonly<Record<string, unknown>>>;

/**
 * Loads modules, TypeScript or JavaScript, by absolute path or, as seen from `file`, by package. They get this process's own copy of
 * Troupe, so that models are loaded once and errors are recognised.
 *
 * What it gives throws `FILE_FAILED` with what the module threw.
 */
export function moduleLoader(file: string): LoadModule {
  const jiti = (async () => {
    const { createJiti } = await import("jiti");
    const [core, nodes, cli] = await Promise.all([import("@troupe/core"), import("@troupe/nodes"), import("../index.js")]);
    return createJiti(file, {
      interopDefault: false,
      virtualModules: { "@troupe/core": core, "@troupe/nodes": nodes, "@troupe/cli": cli },
    });
  })();
  return async (module) => {
    try {
      return await (await jiti).import<Record<string, unknown>>(module);
    } catch (cause) {
      if ((cause as Error)?.name === "TroupeError") throw cause;
      throw new TroupeError("FILE_FAILED", `A module cannot be loaded: ${(cause as Error)?.message ?? String(cause)}`, {
        file: module,
        hint: "Mend it; --debug prints where it failed.",
        cause,
      });
    }
  };
}
