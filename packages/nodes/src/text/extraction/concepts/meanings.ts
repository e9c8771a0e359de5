import { plain } from "../plain.js";
import { concepts } from "./concepts.js";
import { phrases } from "./phrases.js";
import { words } from "./words.js";

/** The shortest beginning of a word that a longer one is known by, and the shortest end of a compound. */
const [shortestStart, shortestEnd] = [4, 5];
/** The shortest first part of a compound, and the longest ending of its last. */
const [shortestFirst, longestEnding] = [3, 3];
/** The longest word that parts are looked for in. */
const longestCompound = 40;
/** The longest word looked for in a script that parts none. */
const longestUnparted = 6;
/** A syllable of Hangul is two or three letters. */
const [shortestHangul, hangul] = [2, /^\p{Script=Hangul}/u];
const unparted = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

const [whole, stems] = [new Map<string, Set<number>>(), new Map<string, Set<number>>()];

/** Each list of words that mean the same under its number; made when first asked for. */
function index(): void {
  if (whole.size) return;
  const lists = [
    ...words.trim().split("\n").map(phrases),
    // The labels of a kind are whole words, and longer phrases mean more than their words.
    ...[...concepts.values()].flatMap((some) => [...some.values()]).map((list) => list.map((phrase) => `${phrase}.`)),
  ];
  for (const [number, list] of lists.entries()) {
    for (const phrase of list) {
      const key = plain(phrase);
      if (!key || key.includes(" ")) continue;
      const at = phrase.endsWith(".") ? whole : stems;
      at.set(key, (at.get(key) ?? new Set()).add(number));
      whole.set(key, (whole.get(key) ?? new Set()).add(number));
    }
  }
}

/** What a word means, as numbers of lists of words that mean the same; nothing where it is in none. */
export function meaningsOf(word: string): ReadonlySet<number> {
  index();
  const found = new Set<number>();
  const add = (some: ReadonlySet<number> | undefined) => {
    for (const one of some ?? []) found.add(one);
  };
  add(whole.get(word));
  if (unparted.test(word)) {
    for (let start = 0; start < word.length; start++)
      for (let end = start + 1; end <= Math.min(word.length, start + longestUnparted); end++) add(stems.get(word.slice(start, end)));
    return found;
  }
  if (word.length > longestCompound) return found;
  for (let end = hangul.test(word) ? shortestHangul : shortestStart; end <= word.length; end++) add(stems.get(word.slice(0, end)));
  for (let start = shortestFirst; start <= word.length - shortestEnd; start++)
    for (let end = Math.max(start + shortestEnd, word.length - longestEnding); end <= word.length; end++)
      add(stems.get(word.slice(start, end)));
  return found;
}
