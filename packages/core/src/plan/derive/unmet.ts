import type { Brief, Card } from "../brief.js";
import type { Slot } from "../slot.js";
import { conceptsOf } from "./concepts.js";
import type { Made } from "./made.js";
import type { TermsOf } from "./terms.js";

/** Words of a wanted output that nothing which makes it speaks of, and how many of them speak of members that are not at work. */
export interface Unmet {
  readonly words: number;
  readonly elsewhere: number;
}

/** What the words of wanted outputs say that a plan does not: of the output where most is left. */
export function unmetOf(
  { members, given, wanted }: Brief,
  terms: TermsOf,
): (outputs: Readonly<Record<string, Made>>, used: ReadonlySet<Card>) => Unmet {
  const wordsOf = ({ name, description }: Slot) => conceptsOf(`${name} ${description}`);
  const words = (slots: Readonly<Record<string, Slot>>) => Object.values(slots).flatMap(wordsOf);
  return (outputs, used) => {
    const others = new Set(
      members.filter((card) => !used.has(card) && !card.effects).flatMap((card) => [...terms(card).all, ...words(card.gives)]),
    );
    const left = Object.entries(outputs).flatMap(([name, made]): Unmet[] => {
      const slot = wanted[name];
      if (!slot) return [];
      const known = new Set(Object.values(given).flatMap((input) => (made.inputs.has(input.name) ? wordsOf(input) : [])));
      for (const { card, args } of made.works.values()) {
        const { all, labels } = terms(card);
        for (const one of [...all, ...labels, ...words(card.gives), ...words(card.takes)]) known.add(one);
        for (const { from } of Object.values(args))
          if ("literal" in from) for (const one of conceptsOf(String(from.literal))) known.add(one);
      }
      const unsaid = [...new Set(wordsOf(slot))].filter((one) => !known.has(one));
      return [{ words: unsaid.length, elsewhere: unsaid.filter((one) => others.has(one)).length }];
    });
    return { words: Math.max(0, ...left.map(({ words }) => words)), elsewhere: Math.max(0, ...left.map(({ elsewhere }) => elsewhere)) };
  };
}
