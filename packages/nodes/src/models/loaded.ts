/** What is in memory, by what it was made of: weights and their contexts are the largest things in the process, and two models of one name share them. */
const loaded = new Map<string, Promise<unknown>>();

/** Makes a thing once for each key; one that failed, or was let go, is made again when it is next asked for. */
export function loadedOnce<T>(key: string, load: () => Promise<T>): Promise<T> {
  const known = loaded.get(key) as Promise<T> | undefined;
  if (known) return known;
  const made = load();
  loaded.set(key, made);
  made.catch(() => loaded.delete(key));
  return made;
}

/** Forgets what was made for a key. Whoever made it frees it. */
export const letGo = (key: string): boolean => loaded.delete(key);
