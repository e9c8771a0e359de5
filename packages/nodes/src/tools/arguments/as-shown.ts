import type { Parameter } from "../parameter.js";
import { alike, folded, spoken, wordsOf } from "./words-said.js";

const example = /\b(?:e\.g\.|example|such as|like)[,:]?\s*["'`]?([^"'`()]+)/i;
const named = /^\s*(?:\p{L}\w?|\p{L}\w?\(\s*\w\s*\))\s*=\s*(\S.*)$/u;

/**
 * A text as its parameter takes it: without an article and the parameter's own name before it or, where there was an article, behind it,
 * where it has these in small letters (`the savings account` for an account is `savings`), and of a function or formula that is given a
 * name (`y = 3x + 2`) what it is, where the description's example has none.
 */
export function asShown(value: string, one: Parameter): string {
  const shown = example.exec(one.description ?? "")?.[1];
  const whole = (shown && !shown.includes("=") && named.exec(value)?.[1]) || value;
  const names = wordsOf(spoken(one.name));
  const isName = (word: string) => word === folded(word) && names.some((name) => alike(name, word));
  const all = whole.split(/\s+/);
  const bare = all.slice(all.findIndex((word, i) => i === all.length - 1 || !/^(?:the|an?)$/.test(word)));
  // Without an article it may belong to a name: `mexico city`.
  const isLed = bare.length < all.length;
  const led = isLed ? bare.slice(0, bare.findLastIndex((word, i) => i === 0 || !isName(word)) + 1) : bare;
  const words = led.slice(led.findIndex((word, i) => i === led.length - 1 || !isName(word)));
  return words.length === all.length ? whole : words.join(" ");
}
