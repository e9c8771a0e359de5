import { existsSync, mkdtempSync, rmdirSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Why nothing can be kept in a folder, or in one that would be made; undefined where it can. Tried, since some systems take nothing where
 * rights and room say that they do (`/proc`). Nothing is left behind.
 */
export function whyUnwritable(folder: string): string | undefined {
  let at = folder;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  try {
    rmdirSync(mkdtempSync(join(at, ".troupe-")));
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code ?? message;
  }
}
