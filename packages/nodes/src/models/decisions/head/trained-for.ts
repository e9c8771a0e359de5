import type { DecisionModel } from "@troupe/core";

/** What a loaded head offers beside LangChain's interface. */
export interface Trained {
  /** All labels that it was trained to tell apart. */
  readonly labels: readonly string[];
}

/** The labels that a decision model was trained for, where it is a head. */
export const trainedFor = (loaded: object): readonly string[] | undefined => (loaded as Partial<Trained>).labels;

/** Whether a decision model is a head, which answers for its own labels only. */
export const isHead = ({ id }: DecisionModel): boolean => id.startsWith("head:");
