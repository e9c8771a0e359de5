import type { Parameter } from "../parameter.js";
import { emptyWords } from "./empty-words.js";
import type { Said } from "./said.js";
import { alike, spoken, wordsOf } from "./words-said.js";

/** Whether a request has all of these words, in some form. */
export const speaksOf = (said: Said, words: readonly string[]): boolean =>
  words.length > 0 && words.every((word) => said.words.some((other) => alike(word, other)));

/** Whether a request says a parameter's name: `include_financials` is said by "… and financial details". */
export const isNamed = (said: Said, { name }: Parameter): boolean =>
  speaksOf(
    said,
    wordsOf(spoken(name)).filter((word) => !emptyWords.has(word)),
  );

const negation =
  /\b(?:no|not|never|without|don't|doesn't|isn't|except|exclude|excluding|skip|nicht|ohne|kein\p{L}*|sin)\b[^.,;!?]{0,24}$/iu;

/** What a request says of a yes or no, or nothing: the word that the description gives to one of the two, or the name, negated or not. */
export function yesOrNo(said: Said, parameter: Parameter): boolean | undefined {
  const senses = [...(parameter.description ?? "").matchAll(/([\p{L}-]+) \((true|false)\)/giu)];
  const meant = new Set(senses.filter(([, word]) => speaksOf(said, wordsOf(word!))).map(([, , sense]) => sense!.toLowerCase() === "true"));
  if (meant.size === 1) return [...meant][0];
  if (!isNamed(said, parameter)) return undefined;
  const [first] = wordsOf(spoken(parameter.name)).filter((word) => !emptyWords.has(word));
  const at = [...said.text.matchAll(/[\p{L}\p{N}]+/gu)].find(([word]) => alike(wordsOf(word)[0] ?? "", first!))?.index ?? 0;
  return !negation.test(said.text.slice(Math.max(0, at - 40), at));
}
