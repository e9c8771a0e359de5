import { isAbsolute, relative } from "node:path";
import { TroupeError } from "@troupe/core";
import { moduleCache } from "./module-cache.js";

export type LoadModule = (module: string) => Promise<Readonly<Record<string, unknown>>>;

export interface LoaderOptions {
  readonly tell?: ((module: string) => void) | undefined;
  readonly own?: () => Promise<Readonly<Record<string, unknown>>>;
}

/**
 * Loads modules, TypeScript or JavaScript, by absolute path or, as seen from `file`, by package; imports in them are resolved as the
 * nearest tsconfig.json says. They get this process's own copy of Troupe, so that models are loaded once and errors are recognised;
 * `own` gives more modules that are here already. `tell` hears what is going to be loaded.
 *
 * What it gives throws `FILE_FAILED` with what the module threw.
 */
export function moduleLoader(file: string, { tell = () => {}, own = async () => ({}) }: LoaderOptions): LoadModule {
  let making: ReturnType<typeof jitiFor> | undefined;
  return async (module) => {
    tell(isAbsolute(module) ? relative(process.cwd(), module) || module : module);
    try {
      making ??= jitiFor(file, own);
      return await (await making).import<Record<string, unknown>>(module);
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

async function jitiFor(file: string, own: NonNullable<LoaderOptions["own"]>) {
  const { createJiti } = await import("jiti");
  const [core, nodes, more] = await Promise.all([import("@troupe/core"), import("@troupe/nodes"), own()]);
  return createJiti(file, {
    interopDefault: false,
    tsconfigPaths: true,
    fsCache: moduleCache(nodes.cacheFolder),
    virtualModules: { "@troupe/core": core, "@troupe/nodes": nodes, ...more },
  });
}
