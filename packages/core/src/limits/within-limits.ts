import type { Place } from "../error/error.js";
import { limitCrossed } from "./limit-crossed.js";
import type { Limits } from "./limits.js";

/**
 * Holds a value to the limits of JSON: its depth, its size, and the characters of each of its texts. Only lists and plain objects are
 * looked into; a value in a circle is too deep. Linear, and no deeper than the limit.
 * @throws TroupeError `LIMIT_CROSSED`
 */
export function withinLimits(value: unknown, limits: Limits, place: Place = {}): void {
  let size = 0;
  const text = (one: string) => {
    if (one.length > limits.characters)
      throw limitCrossed("characters", limits, `A text of ${one.length.toLocaleString("en")} characters`, place);
    size += one.length + 3;
  };
  const visit = (one: unknown, depth: number): void => {
    if (typeof one === "string") text(one);
    else if (typeof one !== "object" || one === null || !isPlain(one)) size += 2;
    else {
      if (depth >= limits.jsonDepth) throw limitCrossed("jsonDepth", limits, "A value that is nested deeper, or in a circle,", place);
      size += 2;
      if (Array.isArray(one)) for (const item of one) visit(item, depth + 1);
      else
        for (const key in one) {
          text(key);
          visit((one as Record<string, unknown>)[key], depth + 1);
        }
    }
    if (size > limits.jsonSize) throw limitCrossed("jsonSize", limits, "A value of more characters", place);
  };
  visit(value, 0);
}

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
