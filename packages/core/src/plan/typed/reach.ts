import { compatible } from "../../check/compatible.js";
import type { JsonSchema } from "../../graph/json.js";
import type { Brief, Card } from "../brief.js";
import { itemOf, type Slot } from "../slot.js";
import { literalFor } from "./literal.js";

/** What the inputs lead to, by types alone. */
export interface Reach {
  /** Tasks on the shortest way from the inputs to a member's answer; members that no way leads to are missing. */
  readonly rank: ReadonlyMap<string, number>;
  fits(from: JsonSchema, to: JsonSchema): boolean;
}

/** Forward from the inputs: which members can be fed at all, and how soon. */
export function reachOf(brief: Brief): Reach {
  const known = new Map<JsonSchema, Map<JsonSchema, boolean>>();
  const fits = (from: JsonSchema, to: JsonSchema): boolean => {
    let row = known.get(from);
    if (!row) known.set(from, (row = new Map()));
    let fit = row.get(to);
    if (fit === undefined) row.set(to, (fit = compatible(from, to) === undefined));
    return fit;
  };
  const rank = new Map<string, number>();
  const inputs = Object.values(brief.given);
  const soonest = (schema: JsonSchema): number => {
    if (inputs.some((slot) => fits(slot.schema, schema))) return 0;
    const made = brief.members.flatMap((card) => {
      const at = rank.get(card.name);
      return at !== undefined && Object.values(card.gives).some((slot) => slot.required && fits(slot.schema, schema)) ? [at] : [];
    });
    return Math.min(...made);
  };
  const feed = (slot: Slot): number => {
    const item = itemOf(slot.schema);
    const literal = literalFor(slot, brief, "") === undefined ? Number.POSITIVE_INFINITY : 0;
    return Math.min(literal, soonest(slot.schema), item ? soonest(item) : Number.POSITIVE_INFINITY);
  };
  const needs = (card: Card) => Object.values(card.takes).filter(({ required }) => required);
  // One round a rank: a member's sources all have lower ranks, so that following ranks down always ends.
  for (let round = 1; round <= brief.members.length; round++) {
    const reached = brief.members.filter((card) => !rank.has(card.name) && needs(card).every((slot) => feed(slot) < round));
    if (reached.length === 0) break;
    for (const { name } of reached) rank.set(name, round);
  }
  return { rank, fits };
}
