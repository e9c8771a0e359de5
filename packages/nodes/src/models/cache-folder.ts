import { chmodSync, mkdirSync, type Stats, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { TroupeError } from "@troupe/core";
import { cacheDir } from "./cache-dir.js";

/** Whether others than the user (and the system) could put something else in the place of what this is. Windows keeps users apart itself. */
export function writableByOthers({ uid, mode }: Pick<Stats, "uid" | "mode">): boolean {
  const own = process.getuid?.();
  return own !== undefined && ((uid !== own && uid !== 0) || (mode & 0o022) !== 0);
}

/**
 * A folder of the user's cache, `names` down from its root, made where there is none; only the user may look into what is made.
 *
 * Throws CACHE_SHARED where it or one above it in the cache is somebody else's or may be written to by others: what lies in it could
 * be theirs. Throws CACHE_UNWRITABLE where it cannot be made.
 *
 * @example
 * writeFileSync(join(cacheFolder("modules"), "one.js"), code);
 */
export function cacheFolder(...names: readonly string[]): string {
  let at = cacheDir();
  for (const name of ["", ...names]) {
    at = join(at, name);
    try {
      makeFolder(at);
    } catch (cause) {
      throw cacheUnwritable(at, cause);
    }
    const found = statSync(at);
    if (!writableByOthers(found)) continue;
    const foreign = found.uid !== process.getuid?.() && found.uid !== 0;
    throw new TroupeError("CACHE_SHARED", `Troupe's cache ${foreign ? "belongs to another user" : "can be written to by other users"}`, {
      file: at,
      hint: foreign
        ? `Set TROUPE_CACHE to a folder of your own; or, if what lies in this one is yours, take it over: chown -R $(id -u) ${at}`
        : `If what lies in it is yours, keep others out: chmod 700 ${at}; or set TROUPE_CACHE to a folder of your own`,
    });
  }
  return at;
}

/** Makes a folder and those above it that are not there, one by one: Node's own `recursive` never ends where a system makes none (`/proc`). */
function makeFolder(path: string): void {
  const above = dirname(path);
  if (above === path || isFolder(path)) return;
  makeFolder(above);
  try {
    mkdirSync(path, { mode: 0o700 });
    chmodSync(path, 0o700);
  } catch (error) {
    if (!isFolder(path)) throw error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

export const cacheUnwritable = (path: string, cause: unknown): TroupeError =>
  new TroupeError("CACHE_UNWRITABLE", `Troupe's cache cannot be written: ${(cause as Error).message}`, {
    file: path,
    hint: "Free the disk or make the directory writable, or set TROUPE_CACHE to another",
    cause,
  });
