/** Letters and digits only, lower case, without accents. */
export const plain = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** How alike two short strings are, from 0 to 1: the Dice coefficient of their letter pairs. Forgives a misread letter. */
export function similar(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length < 2 || b.length < 2) return 0;
  const pairs = new Map<string, number>();
  const count = (s: string, by: number) => {
    let shared = 0;
    for (let i = -1; i < s.length; i++) {
      // The ends count as letters, so that a misread one in the middle costs no more than one at the end.
      const pair = `${s[i] ?? "^"}${s[i + 1] ?? "$"}`;
      const left = pairs.get(pair) ?? 0;
      if (by < 0 && left > 0) shared++;
      pairs.set(pair, left + by);
    }
    return shared;
  };
  count(a, 1);
  return (2 * count(b, -1)) / (a.length + b.length + 2);
}
