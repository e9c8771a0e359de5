import type { Brief, Card } from "../brief.js";
import type { Slot } from "../slot.js";
import { wordsOf } from "./words.js";

export const textOf = (slot: Slot): string => `${slot.name} ${slot.description}`.trim();
export const textOfCard = (card: Card): string => `${card.name}: ${card.does}`;

/** Every text whose likeness to another counts. */
export function textsOf(brief: Brief): string[] {
  const slots = [brief.given, brief.wanted, ...brief.members.flatMap(({ takes, gives }) => [takes, gives])];
  return [brief.request, ...brief.members.map(textOfCard), ...slots.flatMap((one) => Object.values(one).map(textOf))];
}

/** Whether a text names an input. */
export function mentions(text: string, name: string): boolean {
  const said = new Set(wordsOf(text));
  const words = wordsOf(name);
  return words.length > 0 && words.every((word) => said.has(word));
}
