import type { Kind } from "../field.js";
import { amounts } from "./amounts.js";
import { dates } from "./dates.js";
import { organisations, persons } from "./names.js";
import { numbers } from "./numbers.js";
import { phrases } from "./phrases.js";
import { texts } from "./texts.js";
import { times } from "./times.js";

const written: readonly (readonly [Kind, Readonly<Record<string, string>>])[] = [
  ["amount", amounts],
  ["date", dates],
  ["number", numbers],
  ["organisation", organisations],
  ["person", persons],
  ["text", texts],
  ["time", times],
];

/**
 * Phrases that stand beside a value in letters, bills and tickets, by its kind and by what they mean, in the languages of Europe and
 * East Asia that are written most. A field whose name or description is one of these is looked for under all of them; the others of its
 * kind speak against a value.
 */
export const concepts: ReadonlyMap<Kind, ReadonlyMap<string, readonly string[]>> = new Map(
  written.map(([kind, some]) => [kind, new Map(Object.entries(some).map(([concept, words]) => [concept, phrases(words)]))]),
);
