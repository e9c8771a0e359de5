import { realpath } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";

/** A path with its links followed, as far as it is there. */
export async function realOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return dirname(path) === path ? path : join(await realOf(dirname(path)), basename(path));
  }
}

/** Whether a path is a folder's, or the folder itself; both absolute. */
export function beneath(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
