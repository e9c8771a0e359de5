import type { Brief, Card } from "../brief.js";
import type { Slot } from "../slot.js";
import type { Acting } from "./acting.js";
import { type Clause, isTheirs } from "./clauses.js";
import { conceptsOf } from "./concepts.js";
import { memo } from "./memo.js";
import type { Missed } from "./missed.js";

/** What a request asks for and some members do not do. */
export interface Undone {
  /** The clauses that somebody else does better, each worth up to 1. */
  undone(cards: ReadonlySet<Card>): readonly Missed[];
  /** The clauses, of several, that none of these members answers. */
  unanswered(cards: ReadonlySet<Card>): readonly Missed[];
}

export function undoneOf(brief: Brief, clauses: readonly Clause[], { acts: actsIn, at }: Acting): Undone {
  /** Whether a clause only speaks of what a member has done before: `of the corrected text`. */
  const isSpokenOf = (card: Card, clause: Clause): boolean =>
    (clause.said[at(card, clause)]?.pointed ?? false) && clauses.slice(0, clauses.indexOf(clause)).some((one) => actsIn(card, one) >= 0.8);
  const asking = clauses
    .filter(({ part }) => !part.negated)
    .map((clause) => {
      const acts = memo((card: Card): number =>
        !clause.conditional && isTheirs(clause, at(card, clause)) ? 0 : actsIn(card, clause) * (isSpokenOf(card, clause) ? 0.3 : 1),
      );
      return {
        said: clause.part.text,
        asksFor: !clause.states && (clause.conditional || clause.theirs > 0),
        concepts: clause.said.map(({ concept }) => concept),
        acts,
        most: Math.max(0, ...brief.members.map(acts)),
      };
    });
  const words = (slots: Readonly<Record<string, Slot>>) =>
    Object.values(slots).flatMap(({ name, description }) => conceptsOf(`${name} ${description}`));
  const given = words(brief.given);
  /** Whether a clause only says what stands where: `with the job title as the subject line`. */
  const isPlaced = ({ concepts }: (typeof asking)[number], used: ReadonlySet<Card>): boolean => {
    const known = new Set([...given, ...[...used].flatMap(({ takes }) => words(takes))]);
    return concepts.length > 0 && concepts.every((one) => known.has(one));
  };
  /** What each member does best: elsewhere it does little, being at work there. */
  const best = memo((card: Card) => Math.max(0, ...asking.map(({ acts }) => acts(card))));

  return {
    undone: (used) =>
      asking.flatMap(({ said, acts, most }) => {
        if (most < 0.8) return [];
        const done = [...used].map((card) => acts(card) * (acts(card) < 0.9 * best(card) ? 0.5 : 1));
        const worth = most - Math.max(0, ...done);
        return worth > 0 ? [{ said, by: brief.members.filter((card) => acts(card) === most), worth }] : [];
      }),
    unanswered: (used) =>
      asking.length > 1
        ? asking
            .filter((one) => one.asksFor && [...used].every((card) => one.acts(card) === 0) && !isPlaced(one, used))
            .map(({ said }) => ({ said, by: [], worth: 1 }))
        : [],
  };
}
