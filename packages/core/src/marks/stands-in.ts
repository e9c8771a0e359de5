import type { Json } from "../schema/json.js";

/** The end of a word, and the beginning of one: addresses and numbers go on past a dot, a dash and the like. */
const [before, after] = [/[\p{L}\p{N}_][.@+/-]?$/u, /^[.@+/-]?[\p{L}\p{N}_]/u];

/** Whether every text and number of a literal stands in words, whole: what is part of a longer word or address is not said. */
export function standsIn(words: string, literal: Json): boolean {
  if (typeof literal === "object" && literal !== null) return Object.values(literal).every((one) => standsIn(words, one as Json));
  const text = String(literal).trim();
  for (let at = words.indexOf(text); at >= 0 && text !== ""; at = words.indexOf(text, at + 1)) {
    const end = at + text.length;
    if (!before.test(words.slice(Math.max(0, at - 2), at)) && !after.test(words.slice(end, end + 2))) return true;
  }
  return text === "";
}
