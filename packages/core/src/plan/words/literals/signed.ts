import type { Literal } from "./literal.js";
import { isNumberWord } from "./number-words.js";

/** How far before a number and behind it words stand that make it less than nothing. */
const before = 12;
const behind = 40;
const minus = /(?<![\p{L}\d])(?:minus|negativ[eo]?)\s$/iu;
const below =
  /^\s*(?:°\s?[cf]?|degrees?|grad|grados)?(?:\s?(?:celsius|fahrenheit))?\s*(?:below|unter|bajo)\s(?:zero|null|cero|0)(?![\p{L}\d])/iu;

/** A number that words say is below zero as the negative one it is: `minus 5`, `5 degrees below zero`; and where what says so ends. */
export function signed(number: Literal, text: string): { readonly number: Literal; readonly until: number } {
  const { start, end, value } = number;
  if (value === 0) return { number, until: end };
  const cold = below.exec(text.slice(end, end + behind));
  if (cold) return { number: { ...number, value: -Math.abs(value as number) }, until: end + cold[0].length };
  const word = minus.exec(text.slice(Math.max(0, start - before), start));
  const from = start - (word?.[0].length ?? 0);
  if (!word || isTakenFrom(text.slice(Math.max(0, from - 24), from))) return { number, until: end };
  return { number: { ...number, value: -(value as number), text: text.slice(from, end), start: from }, until: end };
}

/** Whether a text ends in something from which a number can be taken: `10`, `ten`, `x`, `)`. */
function isTakenFrom(front: string): boolean {
  const [word] = /\p{L}+(?=\s*$)/u.exec(front) ?? [];
  return /[\d)%°]\s*$/u.test(front) || word?.length === 1 || isNumberWord(word?.toLowerCase() ?? "");
}
