import { TroupeError } from "../error/error.js";
import type { Issue } from "../error/issue.js";
import { didYouMean, nearest } from "../error/nearest.js";
import { allowedModule } from "../limits/allowed-module.js";
import type { Trust } from "../limits/trust.js";

/** Loads a module: an absolute path, or a package's name. */
export type Load = (module: string) => Promise<Readonly<Record<string, unknown>>>;

/** A module, or what is wrong with it. */
type Loaded = { readonly module: Readonly<Record<string, unknown>> } | Omit<Issue, "path">;

/** What an export is to be, in words and as a test. */
export interface Kind {
  readonly what: string;
  readonly is: (value: any) => boolean;
}

interface Found {
  /** The export; where it is plainly misspelt the one that was meant. */
  readonly value?: any;
  readonly issue?: Issue;
}

/** Finds an export by `./file.ts#name`, `#default` left out; `path` is where the file names it. */
export type FindExport = (ref: string, kind: Kind, path: Issue["path"]) => Promise<Found>;

/**
 * Finds exports by `./file.ts#name`, each module loaded once, and only where it may be (`allowedModule`). Relative ones start from
 * `file`, or from the working directory.
 */
export async function exportFinder(load: Load, file: string | undefined, trust: Trust): Promise<FindExport> {
  const { dirname, resolve } = await import("node:path");
  const base = file === undefined ? process.cwd() : dirname(resolve(file));
  const modules = new Map<string, Promise<Loaded>>();
  const asked = new Map<string, Promise<Loaded>>();
  const open = (name: string): Promise<Loaded> => {
    const known = asked.get(name) ?? opened(name);
    asked.set(name, known);
    return known;
  };
  const opened = async (name: string): Promise<Loaded> => {
    const allowed = await allowedModule(name, base, trust);
    if ("refusal" in allowed)
      return { code: "module-untrusted", message: `The module ${name} is not loaded: it ${allowed.refusal}.`, hint: allowed.hint };
    const known = modules.get(allowed.module);
    if (known) return known;
    const loading = load(allowed.module).then(
      (module) => ({ module }),
      (error: unknown) => ({
        code: "unknown-module",
        message: `The module ${name} can't be loaded: ${messageOf(error).split("\n")[0]!}.`,
        hint: "Check the path, which starts from this file, and that the module loads by itself.",
      }),
    );
    modules.set(allowed.module, loading);
    return loading;
  };
  return async (ref, { what, is }, path) => {
    const { name, wanted } = await split(ref, (one) => resolve(base, one));
    const found = await open(name);
    if (!("module" in found)) return { issue: { ...found, path } };
    const { module } = found;
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

/** What an error says; of one of Troupe's, what it was about. */
const messageOf = (error: unknown): string =>
  error instanceof TroupeError
    ? error.cause
      ? messageOf(error.cause)
      : error.what
    : error instanceof Error
      ? error.message
      : String(error);

/** A module and its export; names of files may hold a `#` of their own. */
async function split(ref: string, place: (name: string) => string): Promise<{ name: string; wanted: string }> {
  const [, name, wanted] = /^(.+)#([A-Za-z_$][\w$]*)$/s.exec(ref) ?? [];
  if (name === undefined || wanted === undefined) return { name: ref, wanted: "default" };
  const { stat } = await import("node:fs/promises");
  const whole = await stat(place(ref)).catch(() => undefined);
  return whole?.isFile() ? { name: ref, wanted: "default" } : { name, wanted };
}
