/**
 * Where compiled modules are kept: in the user's own cache, for nobody else to read or write, for what lies there is run. `false` where
 * there is no such place.
 * @param cacheFolder that of `@troupe/nodes`, which is loaded late
 */
export function moduleCache(cacheFolder: (name: string) => string): string | false {
  try {
    return cacheFolder("modules");
  } catch {
    return false;
  }
}
