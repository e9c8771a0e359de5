import { plain } from "./plain.js";

/** A test for a word, in small letters without accents, being one of a list, which is written as the words are; made when first asked for. */
export function plainWords(written: string): (word: string) => boolean {
  let known: ReadonlySet<string> | undefined;
  return (word) => (known ??= new Set(written.trim().split(/\s+/).map(plain))).has(word);
}
