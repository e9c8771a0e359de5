import type { Call } from "./calls.js";

/** Calls without those that another says as well, and more. */
export function distinct(calls: readonly Call[]): readonly Call[] {
  return calls.filter((one, i) => !calls.some((other, j) => i !== j && isWithin(one, other) && (!isWithin(other, one) || j < i)));
}

const isWithin = (one: Call, other: Call): boolean =>
  one.name === other.name &&
  Object.entries(one.arguments).every(([key, value]) => JSON.stringify(value) === JSON.stringify(other.arguments[key]));
