import { senseOf } from "@troupe/core";
import type { Parameter } from "../parameter.js";
import { emptyWords } from "./empty-words.js";
import type { Said } from "./said.js";
import { alike, spoken, wordsOf } from "./words-said.js";

/** Whether a request has all of these words, in some form. */
export const speaksOf = (said: Said, words: readonly string[]): boolean =>
  words.length > 0 && words.every((word) => said.words.some((other) => alike(word, other)));

const tellingWords = (name: string): readonly string[] => wordsOf(spoken(name)).filter((word) => !emptyWords.has(word));

/** Whether a request says a parameter's name: `include_financials` is said by "… and financial details". */
export const isNamed = (said: Said, { name }: Parameter): boolean => speaksOf(said, tellingWords(name));

/**
 * What a request says of a yes or no, or nothing: the word that the description gives to one of the two, or the name, denied or not. Nothing
 * too where it says both.
 */
export function yesOrNo(said: Said, { name, description = "" }: Parameter): boolean | undefined {
  const told = [...description.matchAll(/([\p{L}-]+) \((true|false)\)/giu)].map(
    ([, word = "", sense = ""]) => [wordsOf(word), sense.toLowerCase() === "true"] as const,
  );
  const meant = new Set(told.flatMap(([words, sense]) => sensesOf(said, words).map((so) => so === sense)));
  if (meant.size > 0) return meant.size === 1 ? [...meant][0] : undefined;
  // `no_smoking` is true where there is to be none.
  const isNo = /^(?:no|not)$/.test(wordsOf(spoken(name))[0] ?? "");
  const named = new Set(sensesOf(said, tellingWords(name)));
  return named.size === 1 ? [...named][0] !== isNo : undefined;
}

/** What a request says of these words wherever it says them all. */
function sensesOf(said: Said, words: readonly string[]): readonly boolean[] {
  const [first, ...rest] = words;
  if (first === undefined || !speaksOf(said, words)) return [];
  const places = [...said.text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: text, index }) => ({
    word: wordsOf(text)[0] ?? "",
    index,
    end: index + text.length,
  }));
  return places.flatMap(({ word, index, end }, i) => {
    if (!alike(word, first)) return [];
    const last = rest.reduce((to, one) => Math.max(to, places.slice(i, i + 6).find((other) => alike(other.word, one))?.end ?? 0), end);
    return senseOf(said.text, index, last) ?? [];
  });
}
