import { standsIn } from "../../marks/stands-in.js";
import type { Json } from "../../schema/json.js";
import { isMarked } from "../../schema/mark.js";
import type { Brief } from "../brief.js";
import type { Place, Source } from "./edges.js";
import type { Made } from "./made.js";

const takesTrusted = ({ card, slot }: Place): boolean =>
  card ? (card.passage?.takes[slot.name]?.trusted ?? false) : isMarked(slot.schema, "trusted");

/** Whether a source may stand at a place as far as trust goes: where only what is trusted may, inputs and fields that are. */
export function trustedFor(place: Place, { card, slot }: Source, { labels = {} }: Pick<Brief, "labels">): boolean {
  if (!takesTrusted(place)) return true;
  return card ? (card.passage?.gives[slot.name]?.trusted ?? false) : !labels[slot.name]?.untrusted;
}

/** Whether a literal of the request may stand at a place: where only what is trusted may, if it is said in words that are. */
export const literalFits = (place: Place, literal: Json, { vouched = "" }: Brief): boolean =>
  !takesTrusted(place) || standsIn(vouched, literal);

/** Whether what a way has made may stand at a place as far as it is private. */
export function publicFor({ card, slot }: Place, made: Pick<Made, "private">): boolean {
  if (!made.private) return true;
  const taken = card?.passage?.takes[slot.name];
  return card ? !taken?.public && !taken?.reaches : !isMarked(slot.schema, "public");
}
