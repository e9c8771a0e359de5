import type { Brief, Card } from "../brief.js";
import type { Acting } from "./acting.js";
import { type Clause, isTheirs } from "./clauses.js";
import { conceptsOf } from "./concepts.js";
import type { Terms, TermsOf } from "./terms.js";
import { least } from "./weights.js";

/** The likeliest member of each clause; one that acts on the world beside named outputs only where its name begins the clause. */
export function goalsOf(
  brief: Brief,
  clauses: readonly Clause[],
  terms: TermsOf,
  { acts: actsIn, at, optionIn }: Acting,
): (all: boolean) => readonly Card[] {
  const inputWords = new Set(Object.values(brief.given).flatMap(({ name }) => conceptsOf(name)));
  /** Whether a clause says more of a member than what is given. */
  const speaksOf = (card: Card, clause: Clause): boolean => {
    const { all, labels } = terms(card);
    return (
      isOrdered(terms(card), clause) ||
      optionIn(card, clause) ||
      clause.said.some(({ concept }) => !inputWords.has(concept) && (all.has(concept) || labels.includes(concept)))
    );
  };

  return (all) => {
    const asked = new Set<Card>();
    for (const clause of clauses) {
      if (clause.part.negated) continue;
      const found = brief.members
        .map((card) => ({ card, acts: speaksOf(card, clause) && !isTheirs(clause, at(card, clause)) ? actsIn(card, clause) : 0 }))
        // Of two that are named the one that was not asked for yet: `translate the digest`.
        .sort((a, b) => b.acts - a.acts || Number(asked.has(a.card)) - Number(asked.has(b.card)));
      const [best] = found;
      const ordered = found.filter(({ card, acts }) => card.effects && acts >= least.goal && isOrdered(terms(card), clause));
      for (const { card } of ordered.length || !all || !best || best.acts < least.goal ? ordered.slice(0, 1) : [best]) asked.add(card);
    }
    return [...asked];
  };
}

/** Whether a clause begins with a word of a member: it is told to act. */
const isOrdered = ({ name, does }: Terms, { opens, wonders }: Clause): boolean => !wonders && [...name, ...does].includes(opens);
