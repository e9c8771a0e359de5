import { bareName } from "./class-of.js";
import type { Place, Source } from "./edges.js";

/** From 0 to 1: how much the name of a source, or of its member, says for it at a place; `several`: more than one value may stand there. */
export function namedAlike(
  { card, slot }: Place,
  source: Source,
  several: boolean,
  likeIn: (a: string, b: string) => number,
  thingOf: (name: string) => string,
): number {
  // Who gives what it takes under one name has changed it: the name is no reason to go through it.
  const changed = card !== undefined && source.card !== undefined && Object.hasOwn(source.card.takes, source.slot.name);
  if ((bareName.test(slot.name) && source.card && card && !several) || changed) return 0;
  const same = likeIn(slot.name, source.slot.name);
  if (same === 1) return 1;
  // In other words or another language: `photo` and `foto`.
  const kin = thingOf(slot.name) !== "" && thingOf(slot.name) === thingOf(source.slot.name);
  const ofMember = source.card !== undefined && likeIn(slot.name, source.card.name) === 1;
  return Math.max(kin ? 0.8 : 0, 0.5 * same, ofMember ? 0.6 : 0);
}
