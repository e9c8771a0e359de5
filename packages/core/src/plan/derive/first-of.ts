/** Of all that are the same in something the first. */
export function firstOf<T>(all: readonly T[], by: (one: T) => string): T[] {
  const found = new Map<string, T>();
  for (const one of all) if (!found.has(by(one))) found.set(by(one), one);
  return [...found.values()];
}
