import type { Issue } from "../../graph/issue.js";
import { didYouMean, nearest } from "../nearest.js";

/** Loads a module: an absolute path, or a package's name. */
export type Load = (module: string) => Promise<Readonly<Record<string, unknown>>>;

/** What an export is to be, in words and as a test. */
export interface Kind {
  readonly what: string;
  readonly is: (value: any) => boolean;
}

export interface Found {
  /** The export; where it is plainly misspelt the one that was meant. */
  readonly value?: any;
  readonly issue?: Issue;
}

/** Finds exports by `./file.ts#name`, each module loaded once. Relative ones start from `file`, or from the working directory. */
export async function exportFinder(
  load: Load,
  file: string | undefined,
): Promise<(ref: string, kind: Kind, path: Issue["path"]) => Promise<Found>> {
  const { dirname, resolve } = await import("node:path");
  const base = file === undefined ? process.cwd() : dirname(resolve(file));
  const modules = new Map<string, Promise<{ module: Readonly<Record<string, unknown>> } | { why: string }>>();
  const open = (name: string) => {
    const module = /^\.{0,2}\//.test(name) ? resolve(base, name) : name;
    const known = modules.get(module);
    if (known) return known;
    const loading = load(module).then(
      (loaded) => ({ module: loaded }),
      (error: unknown) => ({ why: (error instanceof Error ? error.message : String(error)).split("\n")[0]! }),
    );
    modules.set(module, loading);
    return loading;
  };
  return async (ref, { what, is }, path) => {
    const [name, wanted = "default"] = ref.split("#") as [string, string?];
    const opened = await open(name);
    if ("why" in opened) {
      const hint = "Check the path, which starts from this file, and that the module loads by itself.";
      return { issue: { code: "unknown-module", path, message: `The module ${name} can't be loaded: ${opened.why}.`, hint } };
    }
    const { module } = opened;
    const fitting = Object.keys(module).filter((key) => is(module[key]));
    if (!Object.hasOwn(module, wanted)) {
      const hint = didYouMean(wanted, fitting, `Its exports that are ${what} are ${fitting.join(", ") || "none"}.`);
      const near = nearest(wanted, fitting);
      const issue = { code: "unknown-export", path, message: `${name} has no export "${wanted}".`, hint };
      return near === undefined ? { issue } : { issue, value: module[near] };
    }
    if (is(module[wanted])) return { value: module[wanted] };
    const hint = `Its exports that are ${what} are ${fitting.join(", ") || "none"}.`;
    return { issue: { code: "wrong-export", path, message: `"${wanted}" of ${name} is not ${what}.`, hint } };
  };
}
