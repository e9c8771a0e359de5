import type { Card } from "../brief.js";

/** Something that a request says and a plan leaves out. */
export interface Missed {
  /** What is said, in the words of the request. */
  readonly said: string;
  /** The members that it speaks of, none where it is of nobody. */
  readonly by: readonly Card[];
  readonly worth: number;
}

/** What all that a plan leaves out is worth together. */
export const amount = (all: readonly Missed[]): number => all.reduce((sum, { worth }) => sum + worth, 0);

/** A value that is said and stands nowhere, in words. */
export const notTakenSaid = ({ said, by }: Missed): string => `no task takes the "${said}" that is said, though ${namesOf(by)} could`;

export const namesOf = (cards: readonly Card[]): string => [...new Set(cards.map(({ name }) => name))].join(" or ");
