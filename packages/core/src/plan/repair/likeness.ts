import { stem, wordsOf } from "../derive/words.js";
import type { Slot } from "../slot.js";
import type { Source } from "./sources.js";
import { same } from "./step.js";

/** Names that say no more than a type does. */
const general = new Set(
  "text content string data input value item result output image picture audio file page id name number query type".split(" ").map(stem),
);

/** What a place and a source are worth to one another by their names: one name, a part of the other, the source's member, a word in common. */
export const likeness = { none: 0, word: 1, member: 1.5, part: 2, same: 3 } as const;

/** How near the name of a place is to that of a source, or of the member that gives it; more words in common count more. */
export function nameLikeness(slot: Slot, { field }: Source, member: string | undefined): number {
  if (same(slot.name, field.name)) return likeness.same;
  const place = wordsOf(slot.name);
  const source = wordsOf(field.name);
  const shared = source.filter((word) => place.includes(word));
  const telling = shared.some((word) => !general.has(word));
  const part = telling && shared.length === Math.min(place.length, source.length) ? likeness.part : likeness.none;
  const work = member === undefined ? [] : wordsOf(member);
  const done = place.filter((word) => !general.has(word) && work.some((other) => begin(word, other)));
  const maker = done.length > 0 ? likeness.member + (0.4 * done.length) / place.length : likeness.none;
  return Math.max(part, maker, telling ? likeness.word : likeness.none);
}

/** Whether a name says more than a type does: an argument called `text` says nothing. */
export const isTelling = (name: string): boolean => wordsOf(name).some((word) => !general.has(word));

/** Words of one root: `converted` and `convert`, `flights` and `flight`. */
const begin = (a: string, b: string): boolean => a === b || (Math.min(a.length, b.length) >= 4 && (a.startsWith(b) || b.startsWith(a)));
