import type { Card } from "../brief.js";
import type { Evidence } from "./evidence.js";
import type { Work } from "./made.js";
import { amount, type Missed, namesOf, notTakenSaid } from "./missed.js";
import type { Reason } from "./reasons.js";
import { isUnsafe, type Weighed } from "./weighed.js";
import { safe } from "./weights.js";

/** Why those who act on the world do not in a plan, beside its open places, and what helps. */
export interface Hold {
  readonly why: string;
  /** Other words that would let them; undefined where the places in doubt may be settled. */
  readonly remedy?: string;
  readonly members: readonly string[];
}

/** Who does only a part of what is asked for, or is not told to, does not act on it; nor does anybody in a plan that `why` speaks against. */
export function heldIn(works: readonly Work[], settled: readonly Weighed[], why: readonly Reason[], evidence: Evidence): readonly Hold[] {
  const cards = new Set(works.map(({ card }) => card));
  const acting = [...cards].filter(({ effects }) => effects);
  if (acting.length === 0) return [];
  const members = acting.map(({ name }) => name);
  const undone = evidence.undone(cards);
  const parts = amount(undone) >= safe.undone ? undone : [];
  const isSaid = ({ said }: Missed) => !parts.some((one) => one.said === said);
  const idle = ({ by }: Missed): readonly Card[] => by.filter((card) => !cards.has(card));
  const left = [...evidence.unserved(cards), ...parts];
  const told = new Set([
    ...left.flatMap(idle).map(({ name }) => name),
    ...settled.filter((one) => one.acts && isUnsafe(one)).map(({ place }) => place),
  ]);
  const holds: Omit<Hold, "members">[] = [
    ...left.map((one) => ({
      why: idle(one).length > 0 ? `"${one.said}" speaks of ${notAtWork(idle(one))}` : `"${one.said}" asks for more than one task does`,
      remedy: `If that is not meant, say it without "${one.said}"; else say in a clause of its own what is to be done`,
    })),
    ...evidence
      .unanswered(cards)
      .filter(isSaid)
      .map(({ said }) => ({
        why: `nobody at work does what "${said}" asks for`,
        remedy: `Say "${said}" in the words of a member's name or sentence, or leave it out`,
      })),
    ...evidence.unsaid(works).map((one) => ({
      why: notTakenSaid(one),
      remedy: `Say in the clause of "${one.said}" what it is for, or leave it out`,
    })),
    ...acting
      .filter((card) => !evidence.told(card))
      .map(({ name }) => ({ why: `no clause tells ${name} to act`, remedy: `Begin a clause with what ${name} is to do` })),
    ...why.filter(({ of }) => of === undefined || !told.has(of)).map(({ said }) => ({ why: said })),
  ];
  const first = ({ why }: Omit<Hold, "members">, i: number) => holds.findIndex((one) => one.why === why) === i;
  return holds.filter(first).map((one) => ({ ...one, members }));
}

const notAtWork = (cards: readonly Card[]): string => `${namesOf(cards)}, ${cards.length > 1 ? "neither of them" : "which is not"} at work`;
