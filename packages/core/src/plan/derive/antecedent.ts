import type { Card } from "../brief.js";
import type { Acting } from "./acting.js";
import type { Clause } from "./clauses.js";
import type { TermsOf } from "./terms.js";

/**
 * What a member's `it`, or where it is an `outcome` its `the result`, stands for: what the clauses before last named or the `others` made;
 * undefined where that is an input.
 */
export function antecedentOf(
  others: readonly Card[],
  outcome: boolean,
  past: readonly Clause[],
  terms: TermsOf,
  inputWords: ReadonlySet<string>,
  { acts, leads, at }: Acting,
): Card | undefined {
  for (const [i, one] of [...past.entries()].reverse()) {
    const leading = others.filter((card) => leads(card, one));
    // What comes out is of who acts there first, not of who is spoken of: `make the rhymed version singable`.
    const fresh = outcome ? leading.filter((card) => !past.slice(0, i).some((before) => leads(card, before))) : [];
    const makers = fresh.length > 0 ? fresh : leading;
    // Who asks something of `it` makes nothing that the next `it` could be.
    if (!outcome && one.part.question && one.part.back && !one.outcome) continue;
    for (const { concept, from } of [...one.said].reverse()) {
      if (!outcome && inputWords.has(concept) && !from) return undefined;
      const maker = makers.find((card) => terms(card).fields.some((field) => field.includes(concept)));
      if (maker) return maker;
    }
    // The head of what is made stands first: `a warning of the hazard`.
    const rank = (card: Card) => acts(card, one) - 0.001 * at(card, one);
    if (outcome && makers.length > 0) return makers.reduce((a, b) => (rank(b) > rank(a) ? b : a));
  }
  return undefined;
}
