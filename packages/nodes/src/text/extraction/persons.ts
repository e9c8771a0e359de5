import type { Candidate } from "./candidate.js";

const title = "(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Herr|Frau|Mme|M|Sr|Sra)\\b\\.?\\s+";
const part = "\\p{Lu}(?:\\p{Ll}[\\p{L}'’]*|[\\p{L}]*[’']\\p{Lu}\\p{Ll}+)(?:-\\p{Lu}\\p{Ll}+)?";
const full = new RegExp(
  `(${title})?(?<![\\p{L}\\d])(${part}(?: +(?:(?:van|von|de|der|den|di|da|la|le|bin|al) +)*(?:\\p{Lu}\\. +)?${part}){0,3})(?![\\p{L}\\d])`,
  "gu",
);

/** Names of people: capitalised words, two or more, or one after a title or amid a sentence. */
export function persons(text: string): Candidate[] {
  return [...text.matchAll(full)].flatMap(({ 0: whole, 1: titled, 2: name, index }) => {
    const words = name!.split(/\s+/).length;
    const opens = /(?:^|[.!?:\n•*-]\s*)$/.test(text.slice(Math.max(0, index - 3), index));
    if (words === 1 && !titled && opens) return [];
    const start = index + whole.length - name!.length;
    return [
      { start, end: start + name!.length, text: name!, value: name!, prior: (titled ? 0.3 : 0) + (words === 2 || words === 3 ? 0.2 : 0) },
    ];
  });
}
