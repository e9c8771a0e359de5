import type { Place } from "../error/error.js";
import { limitCrossed } from "./limit-crossed.js";
import type { Limits } from "./limits.js";

/** Of a field's name in an error. */
const longestName = 100;

/**
 * Holds a value to the limits of JSON: its depth, its size, and the characters of each of its texts. Only lists and plain objects are
 * looked into; a value in a circle is too deep. Linear, and no deeper than the limit.
 * @throws TroupeError `LIMIT_CROSSED`, with the field of the value in which it is crossed
 */
export function withinLimits(value: unknown, limits: Limits, place: Omit<Place, "field"> = {}): void {
  let size = 0;
  let field: string | undefined;
  const crossed = (limit: keyof Limits, what: string) =>
    limitCrossed(limit, limits, what, field === undefined ? place : { ...place, field });
  const text = (one: string) => {
    if (one.length > limits.characters) throw crossed("characters", `A text of ${one.length.toLocaleString("en")} characters`);
    size += one.length + 3;
  };
  const visit = (one: unknown, depth: number): void => {
    if (typeof one === "string") text(one);
    else if (typeof one !== "object" || one === null || !isPlain(one)) size += 2;
    else {
      if (depth >= limits.jsonDepth) throw crossed("jsonDepth", "A value that is nested deeper, or in a circle,");
      size += 2;
      if (Array.isArray(one)) for (const item of one) visit(item, depth + 1);
      else
        for (const key in one) {
          if (depth === 0) field = key.slice(0, longestName);
          text(key);
          visit((one as Record<string, unknown>)[key], depth + 1);
        }
    }
    if (size > limits.jsonSize) throw crossed("jsonSize", "A value of more characters");
  };
  visit(value, 0);
}

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
