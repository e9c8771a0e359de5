import type { Brief, Card } from "../brief.js";
import type { Acting } from "./acting.js";
import { mayTell } from "./canceller.js";
import { type Clause, isNegated, isTheirs } from "./clauses.js";
import { isOnlySpokenOf } from "./only-spoken-of.js";

/**
 * Whether some clause may tell a member to act on the world, and no other such member rather; so may no request at all. Beside a question
 * only what speaks of the member tells it: `Do they have it in red? Never mind the size` tells nobody. Nor is anybody told where what they do is
 * only spoken of.
 */
export const toldOf =
  (brief: Brief, clauses: readonly Clause[], { acts, at }: Acting) =>
  (card: Card): boolean =>
    clauses.length === 0 ||
    (!isOnlySpokenOf(card, clauses) &&
      clauses.some(
        (clause) =>
          !clause.wonders &&
          mayTell(clause, card) &&
          (at(card, clause) >= 0 || (!clause.part.negated && clauses.every(({ wonders }) => !wonders))) &&
          !isNegated(clause, at(card, clause)) &&
          !isTheirs(clause, at(card, clause)) &&
          brief.members.every((one) => !one.effects || acts(one, clause) <= acts(card, clause)),
      ));
