import { lstat, realpath } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";

/** A path relative to a folder, links followed, with `/` between names; null where it leads out of it. The folder is a real path. */
export async function pathInside(folder: string, path: string): Promise<string | null> {
  const way = relative(folder, await realOf(resolve(folder, path)));
  if (way === ".." || way.startsWith(`..${sep}`) || resolve(way) === way) return null;
  return way.split(sep).join("/");
}

/** A path with its links followed as far as it is there; a link to nothing counts as a way out, since what is written there lies elsewhere. */
async function realOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    if (
      await lstat(path).then(
        (found) => found.isSymbolicLink(),
        () => false,
      )
    )
      return sep;
    return dirname(path) === path ? path : join(await realOf(dirname(path)), basename(path));
  }
}
