import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Where compiled modules are kept: in the user's own cache, for nobody else to read or write, for what lies there is run. `false` where
 * there is no such place.
 */
export function moduleCache(cache: string): string | false {
  const folder = join(cache, "modules");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    const user = process.getuid?.();
    if (!found.isDirectory() || (user !== undefined && found.uid !== user)) return false;
    if (user !== undefined && (found.mode & 0o777) !== 0o700) chmodSync(folder, 0o700);
    return folder;
  } catch {
    return false;
  }
}
