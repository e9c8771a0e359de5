import { existsSync, type Stats } from "node:fs";
import { chmod, lstat, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheDir } from "../cache-dir.js";
import { writableByOthers } from "../cache-folder.js";
import { catalogue, type KnownFile, keptFiles } from "../catalogue.js";
import { modelName } from "../model-name.js";
import { sha256 } from "../sha256.js";

/** What is remembered of a file that was hashed: while all of this is so, it need not be hashed again. */
interface Seen extends KnownFile {
  /** Milliseconds, of the bytes' last change and of anything's. The second cannot be set back. */
  readonly modified: number;
  readonly changed: number;
  readonly inode: number;
}

/** What the cache records beside a model's files. A user's own model is known by it; of the catalogue's it only saves hashing. */
interface Kept {
  readonly source: string;
  readonly files: Readonly<Record<string, Seen>>;
}

const record = "troupe.json";

/** A user's own model is one file. Throws MODEL_NAME. */
const fileOf = (name: string): string | undefined => {
  const known = catalogue[modelName(name)];
  return known ? known.file : "model.gguf";
};

/** The directory a model is kept in. Throws MODEL_NAME. */
export const keptDir = (name: string): string => join(cacheDir(), "models", modelName(name));

/** What is loaded of a model: a file, or the directory. Throws MODEL_NAME. */
export const keptPath = (name: string): string => join(keptDir(name), fileOf(name) ?? "");

/** The path of what is kept under a name, unchecked; undefined where nothing is. */
export function peekKept(name: string): string | undefined {
  try {
    return existsSync(keptPath(name)) ? keptPath(name) : undefined;
  } catch {
    return undefined;
  }
}

/** Records files of a model that were just held against their checksums, and keeps others from writing to them. */
export async function writeKept(dir: string, files: Readonly<Record<string, KnownFile>>, source: string): Promise<void> {
  const seen: Record<string, Seen> = {};
  for (const [file, known] of Object.entries(files)) {
    const path = join(dir, file);
    await chmod(path, 0o600);
    seen[file] = seenAs(known, await lstat(path));
  }
  const kept: Kept = { source, files: seen };
  const half = join(dir, `.${record}.${process.pid}`);
  await writeFile(half, JSON.stringify(kept, null, 2), { mode: 0o600 });
  await rename(half, join(dir, record));
}

/**
 * What is kept under a name, whole and the user's own; else why not, in words. Sizes are always held against what is known, checksums
 * where anything about a file is not as it was when it was last hashed.
 *
 * @example
 * const kept = await readKept("minilm");
 * console.log("path" in kept ? kept.path : kept.why);
 */
export async function readKept(name: string): Promise<{ path: string } | { why: string }> {
  const dir = keptDir(name);
  const found = await lstat(dir).catch(() => undefined);
  if (!found) return { why: `nothing kept in ${dir}` };
  if (!found.isDirectory()) return { why: `${dir} is not a folder` };
  if (writableByOthers(found)) return { why: `${dir} is another user's, or others can write to it` };
  const kept = await recorded(dir);
  const weights = catalogue[name];
  const known = Object.keys(weights ? keptFiles(weights) : { "model.gguf": undefined });
  const hashed: Record<string, KnownFile> = {};
  const files: Record<string, KnownFile> = {};
  for (const file of known) {
    const expected = (weights && keptFiles(weights)[file]) ?? kept?.files[file];
    if (!expected) return { why: `nothing is recorded of ${join(dir, file)}` };
    const why = await differs(join(dir, file), expected, kept?.files[file], () => {
      hashed[file] = expected;
    });
    if (why) return { why };
    files[file] = expected;
  }
  if (!fileOf(name)) {
    const others = (await readdir(dir)).filter((one) => !known.includes(one) && !one.startsWith(`.${record}`) && one !== record);
    if (others.length > 0) return { why: `${dir} holds what is not of this model: ${others.join(", ")}` };
  }
  // To hash them again at the next start is all that is lost where this cannot be written.
  if (Object.keys(hashed).length > 0) await writeKept(dir, files, kept?.source ?? "cache").catch(() => undefined);
  return { path: keptPath(name) };
}

async function differs(path: string, known: KnownFile, seen: Seen | undefined, hashed: () => void): Promise<string | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return `${path} is missing`;
  if (!found.isFile()) return `${path} is not a file`;
  if (writableByOthers(found)) return `${path} is another user's, or others can write to it`;
  if (found.size !== known.bytes) return `${path} has ${found.size} bytes of ${known.bytes}`;
  const now = seenAs(known, found);
  if (seen && (Object.keys(now) as (keyof Seen)[]).every((what) => seen[what] === now[what])) return undefined;
  const sum = await sha256(path).catch((error: Error) => error.message);
  if (sum !== known.sha256) return `${path} was changed: its checksum differs`;
  hashed();
  return undefined;
}

const seenAs = ({ bytes, sha256 }: KnownFile, { mtimeMs, ctimeMs, ino }: Stats): Seen => ({
  bytes,
  sha256,
  modified: mtimeMs,
  changed: ctimeMs,
  inode: ino,
});

/** The record, where it is one. */
async function recorded(dir: string): Promise<Kept | undefined> {
  try {
    const kept = JSON.parse(await readFile(join(dir, record), "utf8"));
    return typeof kept?.files === "object" && kept.files !== null ? kept : undefined;
  } catch {
    return undefined;
  }
}
