import { wordsOf } from "../prose.js";
import { meaningsOf } from "./meanings.js";

/** Whether a text has a word that means the same as one of these English words, in any language. */
export function meansAny(text: string, words: string): boolean {
  const wanted = new Set(words.split(" ").flatMap((word) => [...meaningsOf(word)]));
  return wordsOf(text).some((word) => [...meaningsOf(word.text)].some((one) => wanted.has(one)));
}
