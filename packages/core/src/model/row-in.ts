import type { Json } from "../schema/json.js";
import { parseJson } from "./parse-json.js";
import type { Written } from "./written-in.js";

/** What stands between values that were written one after the other: marks, and no word. */
export const marks = /^(?:[\s,;]|<\/?\w+>|```\w*|\[\/?[A-Z_]+\])*$/;
/** The same, and words that say of none that it is the one. */
export const marksOrWords = /^(?:[\s,;]|<\/?\w+>|```\w*|\[\/?[A-Z_]+\]|\b(?:or|and|oder|und|ou|et|o|y)\b)*$/i;

/** The last values of a text with nothing between them but that, in its order; what is said twice is there once. */
export function rowIn(text: string, written: readonly Written[], between: RegExp): readonly Json[] {
  const row: Written[] = [];
  for (const one of written.filter(({ example }) => !example)) {
    const gap = row[0] && text.slice(one.start + one.text.length, row[0].start);
    if (!one.whole || (gap !== undefined && !between.test(gap))) break;
    row.unshift(one);
  }
  // A model that stutters writes a value again, and means it once.
  return [...new Map(row.map(({ text }) => [text, parseJson(text)!])).values()];
}
