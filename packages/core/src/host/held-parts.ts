import { dequal } from "dequal";
import { isPlain } from "../schema/frozen-copy.js";
import type { Label } from "../schema/label.js";

/** A value, and what is known of it. */
export interface Held {
  readonly value: unknown;
  readonly label: Label;
}

/**
 * Finds a value among the parts of those held values of which `counts` says so. Each different part has a number; a list or an object is
 * known by the numbers of its own parts, so that each is looked at once, however many there are.
 */
export class HeldParts {
  readonly #counts: (label: Label) => boolean;
  /** By number: the label of the first held value in which it stands. */
  readonly #labels: Label[] = [];
  readonly #single = new Map<unknown, number>();
  readonly #made = new Map<string, number>();
  /** What a class made, by its prototype: only a comparison tells whether two of them are the same. */
  readonly #odd = new Map<object, { readonly value: object; readonly number: number }[]>();
  /** How many held values were looked at, and how many levels the deepest part is down. */
  #seen = 0;
  #depth = 0;

  constructor(counts: (label: Label) => boolean) {
    this.#counts = counts;
  }
  /** The label of the first held value that a value is, or in which it stands. More are held each time, in the same order. */
  labelOf(value: unknown, held: readonly Held[]): Label | undefined {
    for (; this.#seen < held.length; this.#seen++) {
      const one = held[this.#seen]!;
      if (this.#counts(one.label)) this.#add(one.value, one.label, 0);
    }
    const number = this.#labels.length ? this.#find(value, 0) : undefined;
    return number === undefined ? undefined : this.#labels[number];
  }

  #add(value: unknown, label: Label, depth: number): number {
    this.#depth = Math.max(this.#depth, depth);
    const parts = typeof value === "object" && value !== null ? Object.values(value).map((part) => this.#add(part, label, depth + 1)) : [];
    const known = this.#numberOf(value, parts);
    if (known !== undefined) return known;
    const number = this.#labels.push(label) - 1;
    if (typeof value !== "object" || value === null) this.#single.set(value, number);
    else if (Array.isArray(value) || isPlain(value)) this.#made.set(textOf(value, parts), number);
    else {
      const prototype = Object.getPrototypeOf(value);
      const alike = this.#odd.get(prototype);
      if (alike) alike.push({ value, number });
      else this.#odd.set(prototype, [{ value, number }]);
    }
    return number;
  }

  /** A value's number, where each of its parts has one; what is nested deeper than all that is held, or in a circle, has none. */
  #find(value: unknown, depth: number): number | undefined {
    if (depth > this.#depth) return undefined;
    const parts: number[] = [];
    if (Array.isArray(value) || isPlain(value))
      for (const part of Object.values(value)) {
        const number = this.#find(part, depth + 1);
        if (number === undefined) return undefined;
        parts.push(number);
      }
    return this.#numberOf(value, parts);
  }

  #numberOf(value: unknown, parts: readonly number[]): number | undefined {
    if (typeof value !== "object" || value === null) return this.#single.get(value);
    if (Array.isArray(value) || isPlain(value)) return this.#made.get(textOf(value, parts));
    return this.#odd.get(Object.getPrototypeOf(value))?.find((one) => dequal(value, one.value))?.number;
  }
}

/** Of a list or an object: the same for those alike, whatever the order of an object's keys is. */
function textOf(value: object, parts: readonly number[]): string {
  if (Array.isArray(value)) return `[${parts.join()}`;
  const named = Object.keys(value).map((key, i) => `${JSON.stringify(key)}:${parts[i]}`);
  return `{${named.sort().join()}`;
}
