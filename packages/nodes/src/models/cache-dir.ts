import { join, resolve } from "node:path";
import { userHome } from "../user-home.js";

/**
 * Where Troupe keeps what it fetched for this user: `$TROUPE_CACHE`, else `$XDG_CACHE_HOME/troupe`, else `~/.cache/troupe`.
 *
 * @example
 * cacheDir(); // "/home/ada/.cache/troupe"
 */
export function cacheDir(): string {
  if (process.env.TROUPE_CACHE) return resolve(process.env.TROUPE_CACHE);
  return join(process.env.XDG_CACHE_HOME || join(userHome(), ".cache"), "troupe");
}
