import type { Brief, Card } from "../brief.js";
import { conceptsOf } from "./concepts.js";
import type { Derivation } from "./derivations.js";
import type { Made, Work } from "./made.js";
import { spoken } from "./words.js";

/** Whether nothing tells two members apart. */
export type Twins = (one: Card, other: Card) => boolean;

/** Members that take the same, give the same types and say the same of themselves, and of whose names and fields nobody says a word. */
export function twinsOf({ request, members, given, wanted }: Brief): Twins {
  const slots = [...Object.values(given), ...Object.values(wanted)].map(({ name, description }) => `${spoken(name)} ${description}`);
  const said = new Set(conceptsOf([request, ...slots].join(". ")));
  const kinds = new Map<Card, string>();
  const kindOf = (card: Card): string => {
    const takes = Object.values(card.takes).map(({ name, schema, required }) => [name, schema, required]);
    const gives = Object.values(card.gives).map(({ schema, required }) => [schema, required]);
    return JSON.stringify([takes, gives, card.effects, [...new Set(conceptsOf(card.does))].sort()]);
  };
  for (const card of members) {
    const own = conceptsOf([card.name, ...Object.keys(card.gives)].map(spoken).join(". "));
    const shared = new Set(conceptsOf(card.does));
    if (!own.some((one) => said.has(one) && !shared.has(one))) kinds.set(card, kindOf(card));
  }
  return (one, other) => one !== other && kinds.has(one) && kinds.get(one) === kinds.get(other);
}

/** Derivations without those in which one of two such members works on what the other gives, which nobody asked for; all, if there are no others. */
export function withoutDetours(all: readonly Derivation[], areTwins: Twins): readonly Derivation[] {
  const partsOf = (made: Made): readonly Made[] => ("list" in made.from ? made.from.list : [made]);
  const isDetour = ({ card, args }: Work): boolean =>
    Object.values(args)
      .flatMap(partsOf)
      .some(({ from }) => "work" in from && areTwins(card, from.work.card));
  const straight = all.filter(({ works }) => ![...works.values()].some(isDetour));
  return straight.length > 0 ? straight : all;
}
