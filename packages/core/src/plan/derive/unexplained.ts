import type { Brief } from "../brief.js";
import type { Slot } from "../slot.js";
import type { Clause } from "./clauses.js";
import { conceptsOf } from "./concepts.js";
import type { Work } from "./made.js";
import type { TermsOf } from "./terms.js";

/** Which share of what a request says is spoken of by nothing that is given or wanted, by no task, and by no value that one takes. */
export function unexplainedOf({ given, wanted }: Brief, clauses: readonly Clause[], terms: TermsOf): (works: Iterable<Work>) => number {
  const words = (slots: Readonly<Record<string, Slot>>) =>
    Object.values(slots).flatMap(({ name, description }) => conceptsOf(`${name} ${description}`));
  const said = new Set(
    clauses.filter(({ part, states }) => !part.negated && !states).flatMap((clause) => clause.said.map(({ concept }) => concept)),
  );
  return (works) => {
    if (said.size === 0) return 0;
    const known = new Set([...words(given), ...words(wanted)]);
    for (const { card, args } of works) {
      for (const one of [...terms(card).all, ...words(card.takes), ...words(card.gives)]) known.add(one);
      for (const { from } of Object.values(args)) if ("literal" in from) for (const one of conceptsOf(String(from.literal))) known.add(one);
    }
    return [...said].filter((one) => !known.has(one)).length / said.size;
  };
}
