import type { Candidate } from "./candidate.js";

/** For each name that is the first or the last word of one fuller name of the text, and of no other, that name's candidates. */
export function fullerNames(candidates: readonly Candidate[]): ReadonlyMap<Candidate, readonly Candidate[]> {
  const full = new Map<string, Map<string, Candidate[]>>();
  for (const candidate of candidates) {
    const words = candidate.text.split(" ");
    if (words.length < 2) continue;
    for (const word of new Set([...words.slice(0, 1), ...words.slice(-1)])) {
      const names = full.get(word) ?? new Map<string, Candidate[]>();
      names.set(candidate.text, [...(names.get(candidate.text) ?? []), candidate]);
      full.set(word, names);
    }
  }
  return new Map(
    candidates.flatMap((candidate) => {
      const [names, ...others] = full.get(candidate.text)?.values() ?? [];
      return names && others.length === 0 ? [[candidate, names] as const] : [];
    }),
  );
}
