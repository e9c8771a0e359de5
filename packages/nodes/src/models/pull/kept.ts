import { readFileSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheDir } from "../cache-dir.js";
import { sha256 } from "../sha256.js";

/** What the cache records beside a model's files. */
export interface Kept {
  readonly source: string;
  /** The one to load; none where the directory is loaded. */
  readonly file?: string;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly modified: number; readonly sha256: string }>>;
}

const record = "troupe.json";

/** The directory a model is kept in. Names become one path segment each. */
export const keptDir = (name: string): string => join(cacheDir(), "models", name.replace(/[^\w.-]+/g, "_"));

/** What is loaded of a model in this directory. */
export const keptPath = (dir: string, kept: Pick<Kept, "file">): string => (kept.file ? join(dir, kept.file) : dir);

/** Measures a directory's files and records them. */
export async function writeKept(dir: string, names: readonly string[], source: string, file: string | undefined): Promise<Kept> {
  const files: Record<string, Kept["files"][string]> = {};
  for (const name of names) {
    const path = join(dir, name);
    const { size, mtimeMs } = await stat(path);
    files[name] = { bytes: size, modified: mtimeMs, sha256: await sha256(path) };
  }
  const kept: Kept = { source, ...(file ? { file } : {}), files };
  await writeFile(join(dir, record), JSON.stringify(kept, null, 2));
  return kept;
}

/** The path of what is kept under a name, read at once and unchecked; undefined where nothing is. */
export function peekKept(name: string): string | undefined {
  try {
    return keptPath(keptDir(name), JSON.parse(readFileSync(join(keptDir(name), record), "utf8")) as Kept);
  } catch {
    return undefined;
  }
}

/** What is kept under a name and whole; else why not, in words. A file that was touched since it was recorded is hashed again. */
export async function readKept(name: string): Promise<{ path: string } | { why: string }> {
  const dir = keptDir(name);
  let kept: Kept;
  try {
    kept = JSON.parse(await readFile(join(dir, record), "utf8"));
  } catch {
    return { why: `nothing kept in ${dir}` };
  }
  for (const [file, { bytes, modified, sha256: known }] of Object.entries(kept.files)) {
    const path = join(dir, file);
    const found = await stat(path).catch(() => undefined);
    if (!found) return { why: `${path} is missing` };
    if (found.size !== bytes) return { why: `${path} has ${found.size} bytes of ${bytes}` };
    if (found.mtimeMs !== modified && (await sha256(path)) !== known) return { why: `${path} was changed: its checksum differs` };
  }
  return { path: keptPath(dir, kept) };
}
