/**
 * What a text says that can be checked against another: its numbers (dates, times and amounts among them, thousands separators
 * and trailing zeros dropped) and its names (capitalised words that do not open a sentence, acronyms), in lower case.
 */
export function facts(text: string): Set<string> {
  const numbers = [...text.matchAll(/\d+(?:[.,:/-]\d+)*/g)].map(([number]) =>
    number.replace(/[.,](?=\d{3}(?![\p{L}\d]))/gu, "").replace(/[.,]0+$/, ""),
  );
  const names = [...text.matchAll(/(?<![.!?:;•\n-]\s*|^\s*|\p{L})\p{Lu}[\p{L}'’-]+|(?<![\p{L}\d])\p{Lu}{2,}(?![\p{L}\d])/gu)].map(
    ([name]) => name.toLowerCase(),
  );
  return new Set([...numbers, ...names].filter((fact) => fact.length > 1 || /\d/.test(fact)));
}
