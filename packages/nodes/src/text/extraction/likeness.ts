/** A string's pairs of letters, its ends counted as letters, so that a misread one in the middle costs no more than one at the end. */
function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let i = -1; i < text.length; i++) {
    const pair = `${text[i] ?? "^"}${text[i + 1] ?? "$"}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/**
 * How alike a string is to each of these phrases, from 0 to 1: the Dice coefficient of their letter pairs, given for the phrases that
 * share one. Forgives a misread letter. The phrases stand under their pairs, so that those unlike a string cost nothing.
 */
export function likeness(phrases: readonly string[]): (text: string) => (readonly [string, number])[] {
  const under = new Map<string, [phrase: string, count: number][]>();
  for (const phrase of new Set(phrases)) {
    for (const [pair, count] of pairsOf(phrase)) under.set(pair, [...(under.get(pair) ?? []), [phrase, count]]);
  }
  return (text) => {
    if (text.length < 2) return [];
    const shared = new Map<string, number>();
    for (const [pair, count] of pairsOf(text)) {
      for (const [phrase, most] of under.get(pair) ?? []) shared.set(phrase, (shared.get(phrase) ?? 0) + Math.min(count, most));
    }
    return [...shared].map(([phrase, both]) => [phrase, (2 * both) / (text.length + phrase.length + 2)] as const);
  };
}
