import { meaningsOf } from "./concepts/meanings.js";
import { wordsOf } from "./prose.js";
import { isTelling } from "./stop-words.js";

/** One thing that a field says of itself: whether a word, with what it means, says it too. */
export type Term = (word: string, meanings: ReadonlySet<number>) => boolean;

const unparted = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const hangul = /\p{Script=Hangul}/u;

/** Whether a word says what a value is; those of a script that parts no words are not known as such. */
export const tells = (word: string): boolean => unparted.test(word) || isTelling(word);

/** The telling words of a field's name and description. */
export function termsOf(said: string): Term[] {
  const all = wordsOf(said).flatMap(({ text }) => (unparted.test(text) ? pairsOf(text) : isTelling(text) ? [text] : []));
  return [...new Set(all)].map((term) => {
    const meant = [...meaningsOf(term)];
    return (word, meanings) => same(term, word) || meant.some((one) => meanings.has(one));
  });
}

/** Two characters of which one only joins words. */
const joining = /^[\p{Script=Hiragana}的了]|[的]$/u;

/** In a script that parts no words, each two neighbours are one. */
function pairsOf(run: string): string[] {
  const letters = [...run];
  if (letters.length < 3) return [run];
  return letters
    .slice(1)
    .map((_, i) => letters.slice(i, i + 2).join(""))
    .filter((pair) => !joining.test(pair));
}

/** Letters that two words must begin with in common, and their share of the longer; letters of one that another holds. */
const [common, share, held] = [4, 0.6, 5];

/** Whether two words are one but for their endings, or one is a part of the other. */
function same(a: string, b: string): boolean {
  if (a === b) return true;
  if (unparted.test(a)) return a.length > 1 && b.includes(a);
  // A particle stands behind a Korean word.
  if (hangul.test(a)) return (a.length > 1 && b.startsWith(a)) || (a.length > 2 && b.startsWith(a.slice(0, -1)));
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= held && (long.endsWith(short) || long.startsWith(short))) return true;
  let alike = 0;
  while (alike < short.length && short[alike] === long[alike]) alike++;
  return alike >= common && alike >= share * long.length;
}
