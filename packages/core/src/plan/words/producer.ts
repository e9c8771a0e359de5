import { compatible } from "../../schema/compatible.js";
import type { Card } from "../brief.js";
import { wordsOf } from "../derive/words.js";
import type { Slot } from "../slot.js";
import { type Field, fieldsOf } from "./fields.js";
import { isId } from "./identifies.js";
import { matching } from "./matching.js";

/** A member that finds what an id stands for. */
export interface Producer {
  readonly card: Card;
  readonly field: Field;
  /** What tells two such ids of one member apart: `origin` of `originId`. */
  readonly of: string;
}

const finding = /(?<![\p{L}\d])(?:search|find|look|get|lookup|list|query|retrieve)/iu;
/** How well a field's name must match, and how much more must speak for its member than against it. */
const nearly = 0.85;
const enough = 0.6;

/**
 * Who gives what an id stands for: the member whose field's name matches, the sooner where the id's description speaks of it, where
 * its name is like the asking member's, where it looks things up and asks for little, no id above all. None that acts on the world.
 */
export function producerOf(slot: Slot, whose: Card, members: readonly Card[], path: readonly Card[]): Producer | undefined {
  const told = new Set(wordsOf(slot.description));
  const family = new Set(named(whose));
  let best: (Producer & { readonly score: number }) | undefined;
  for (const card of members) {
    if (path.includes(card) || card.effects) continue;
    const words = named(card);
    const share = (of: ReadonlySet<string>) => words.filter((word) => of.has(word)).length / Math.max(1, words.length);
    const asks = Object.values(card.takes).filter(({ required }) => required);
    const fitness = share(told) + share(family) + (finding.test(`${card.name.replace(/[_.]/g, " ")} ${card.does}`) ? 0.2 : 0);
    const effort = 0.6 * asks.filter(isId).length + 0.02 * asks.length;
    for (const field of fieldsOf(card)) {
      const match = matching(slot, field);
      if (match < nearly || compatible(field.schema, slot.schema) !== undefined) continue;
      const score = match + fitness - effort - 0.05 * field.path.split(".").length;
      const own = wordsOf(slot.name);
      if (!best || score > best.score)
        best = { card, field, score, of: own.slice(0, Math.max(0, own.length - field.words.length)).join(" ") };
    }
  }
  return best && best.score > enough ? best : undefined;
}

const named = (card: Card) => wordsOf(card.name.replace(/[_.]/g, " "));
