import { isRounded } from "../schema/is-rounded.js";
import type { Json } from "../schema/json.js";

/** Deeper than this a value is no answer, and walking it could take a program down. */
const deepest = 60;

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * The value of a JSON text; undefined where it is none, or nests deeper than 60 levels. A number with more digits than a number holds is
 * its text, which fits where a text is taken, as for an id, and is refused where a number is.
 */
export function parseJson(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    if (isDeep(value)) return undefined;
    return /\d{16}/.test(text) ? (JSON.parse(text.replace(tokens, (token) => (isRounded(token) ? `"${token}"` : token))) as Json) : value;
  } catch {
    return undefined;
  }
}

/** Walks level by level, so that no depth can exhaust the stack. */
function isDeep(value: Json): boolean {
  let level: Json[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? (Object.values(one) as Json[]) : []));
  }
  return false;
}
