import { beneath, realOf } from "./real-path.js";
import type { Trust } from "./trust.js";

/** A module that may be loaded, or why it may not. */
export type AllowedModule =
  | { /** Absolute path of its file, or a package's name. */ readonly module: string }
  | { /** The rest of a sentence whose subject is the module. */ readonly refusal: string; readonly hint: string };

/** What loaders put behind a path that names no file; a path with `.js` may mean a `.ts`. */
const endings = ["", ...["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "json", "mtsx", "ctsx"].map((one) => `.${one}`)];
const packageName = /^((?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*)((?:\/(?!\.{1,2}(?:\/|$))[\w.@~+-]+)*)$/i;

/**
 * Whether data (a graph file, a journal) may name a module: one whose file lies in `folder`, links followed, a package that the nearest
 * package.json above declares, or what `modules` names. Nothing is loaded. `data:` and other URLs, Node's own modules and packages
 * nobody declared are refused.
 * @param name a path (a relative one starts from `folder`), a file URL or a package's name, with its subpath
 * @example await allowedModule("./desk.ts", "/srv/graphs", trustOf()) // { module: "/srv/graphs/desk.ts" }
 */
export async function allowedModule(name: string, folder: string, { modules }: Pick<Trust, "modules">): Promise<AllowedModule> {
  const { isAbsolute, resolve } = await import("node:path");
  const path = /^\.{1,2}(\/|$)/.test(name) || isAbsolute(name) ? resolve(folder, name) : await pathOf(name);
  const trusting = (one: string) => `Or trust it, if you know what it does: trust: { modules: [${JSON.stringify(one)}] }.`;
  if (path !== undefined) {
    const file = await fileAt(path);
    if (file === undefined) return { refusal: "is a folder, not a module", hint: "Name a file. What lies elsewhere has to be trusted." };
    const real = await realOf(file);
    for (const base of [folder, ...modules.filter(isAbsolute)]) if (beneath(real, await realOf(resolve(base)))) return { module: file };
    return { refusal: `lies outside ${folder}`, hint: `Put it into that folder. ${trusting(file)}` };
  }
  if (modules.includes(name)) return { module: name };
  const [, of] = packageName.exec(name) ?? [];
  if (of === undefined)
    return { refusal: "is neither a path nor a package", hint: `Name a file, as in ./file.ts, or a package. ${trusting(name)}` };
  if (modules.includes(of)) return { module: name };
  const { isBuiltin } = await import("node:module");
  if (isBuiltin(name)) return { refusal: "is a module of Node itself", hint: `Use it in a module of your own. ${trusting(name)}` };
  if ((await declared(folder)).has(of)) return { module: name };
  return { refusal: "is a package that the nearest package.json does not declare", hint: `npm install ${of}. ${trusting(of)}` };
}

async function pathOf(name: string): Promise<string | undefined> {
  if (!/^file:/i.test(name)) return undefined;
  const { fileURLToPath } = await import("node:url");
  try {
    return fileURLToPath(name);
  } catch {
    return undefined;
  }
}

/** The file that a loader finds for a path; the path itself where there is none, undefined where there is only a folder. */
async function fileAt(path: string): Promise<string | undefined> {
  const { stat } = await import("node:fs/promises");
  const { join } = await import("node:path");
  const stems = [
    path,
    ...(/\.[cm]?jsx?$/.test(path) ? [path.replace(/\.([cm]?)js(x?)$/, ".$1ts$2"), path.replace(/\.[cm]?jsx?$/, "")] : []),
  ];
  const kindOf = async (one: string) => (await stat(one).catch(() => undefined))?.isFile();
  for (const one of [...stems, join(path, "index")].flatMap((stem) => endings.map((ending) => stem + ending)))
    if (await kindOf(one)) return one;
  return (await kindOf(path)) === false ? undefined : path;
}

/** The packages that the nearest package.json declares, and its own name. */
async function declared(folder: string): Promise<ReadonlySet<string>> {
  const { dirname, join, resolve } = await import("node:path");
  const { readFile } = await import("node:fs/promises");
  for (let at = resolve(folder); ; at = dirname(at)) {
    const text = await readFile(join(at, "package.json"), "utf8").catch(() => undefined);
    if (text === undefined && dirname(at) !== at) continue;
    try {
      const { name, dependencies, devDependencies, optionalDependencies, peerDependencies } = JSON.parse(text ?? "{}");
      return new Set([
        name,
        ...[dependencies, devDependencies, optionalDependencies, peerDependencies].flatMap((one) => Object.keys(one ?? {})),
      ]);
    } catch {
      return new Set();
    }
  }
}
