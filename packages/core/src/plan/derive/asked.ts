import type { Brief, Card } from "../brief.js";
import type { Acting } from "./acting.js";
import { type Clause, isNegated, isTheirs } from "./clauses.js";
import { isTakingAway } from "./concepts.js";
import { memo } from "./memo.js";
import type { TermsOf } from "./terms.js";
import { least } from "./weights.js";

/** These bound something, and forbid nobody: `no longer than a page`. */
const bound =
  /(?<![\p{L}\d])(?:no|not|nicht|keine?|no) (?:more|longer|later|less|fewer|over|mehr|länger|später|weniger|über|más|menos)(?![\p{L}\d])/iu;

/** Whether a request asks for what a member does: from 0 to 1, -1 where it forbids it. */
export function askedOf(brief: Brief, clauses: readonly Clause[], terms: TermsOf, { acts, at }: Acting): (card: Card) => number {
  /** Who takes something away is asked for by what denies it: `without names`. */
  const takesAway = (card: Card): boolean => isTakingAway(terms(card).all);
  /** Whether a member that changes nothing in the world is only spoken of as what is not to be done: `no loot yet`. */
  const isForbidden = (card: Card): boolean => {
    const own = terms(card).name.filter((one) => brief.members.every((other) => other === card || !terms(other).name.includes(one)));
    const spoken = clauses.filter(({ said }) => said.some(({ concept }) => own.includes(concept)));
    // Of several the one that is spoken of first: `don't translate the summary`.
    const denied = (clause: Clause): boolean =>
      isNegated(clause, at(card, clause)) &&
      !bound.test(clause.part.text) &&
      brief.members.every((one) => one === card || acts(one, clause) < least.goal || at(one, clause) > at(card, clause));
    return spoken.length > 0 && spoken.every(denied) && !takesAway(card) && !isLone(card, brief);
  };

  return memo((card) => {
    const found = clauses.map(
      (clause) =>
        acts(card, clause) * (card.effects && (isTheirs(clause, at(card, clause)) || isNegated(clause, at(card, clause))) ? -1 : 1),
    );
    return Math.min(...found, 0) < -0.5 || isForbidden(card) ? -1 : Math.max(0, ...found);
  });
}

/** Whether a member alone gives what is wanted by its name. */
const isLone = (card: Card, { wanted, members }: Brief): boolean =>
  Object.keys(wanted).some(
    (name) => Object.hasOwn(card.gives, name) && !members.some((one) => one !== card && Object.hasOwn(one.gives, name)),
  );
