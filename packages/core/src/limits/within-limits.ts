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
  visit(value, 0, { limits, place, field: undefined, size: 0 });
}

/** What was looked at so far, and in which field. */
interface Seen {
  readonly limits: Limits;
  readonly place: Place;
  field: string | undefined;
  size: number;
}

function visit(one: unknown, depth: number, seen: Seen): void {
  const { jsonDepth, jsonSize } = seen.limits;
  if (typeof one === "string") text(one, seen);
  else if (typeof one !== "object" || one === null || !isPlain(one)) seen.size += 2;
  else {
    if (depth >= jsonDepth) throw crossed("jsonDepth", "A value that is nested deeper, or in a circle,", seen);
    seen.size += 2;
    if (Array.isArray(one)) for (const item of one) visit(item, depth + 1, seen);
    else
      for (const key in one) {
        if (depth === 0) seen.field = key;
        text(key, seen);
        visit((one as Record<string, unknown>)[key], depth + 1, seen);
      }
  }
  if (seen.size > jsonSize) throw crossed("jsonSize", "A value of more characters", seen);
}

function text(one: string, seen: Seen): void {
  if (one.length > seen.limits.characters) throw crossed("characters", `A text of ${one.length.toLocaleString("en")} characters`, seen);
  seen.size += one.length + 3;
}

const crossed = (limit: keyof Limits, what: string, { limits, place, field }: Seen) =>
  limitCrossed(limit, limits, what, field === undefined ? place : { ...place, field: field.slice(0, longestName) });

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
