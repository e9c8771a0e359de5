import type { Signs } from "./weights.js";

/** A span of the source that a field's value could be. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  /** The span as it stands in the source. */
  readonly text: string;
  readonly value: string | number;
  /** What the span by itself shows of being what its kind is. */
  readonly signs: Signs;
}

/** Leaves out candidates that lie in, or overlap, an earlier one of the list; gives the others in the text's order. */
export function withoutOverlaps<C extends Pick<Candidate, "start" | "end">>(candidates: readonly C[]): C[] {
  const taken = new Uint8Array(candidates.reduce((most, { end }) => Math.max(most, end), 0));
  const kept = candidates.filter(({ start, end }) => {
    if (taken.subarray(start, end).includes(1)) return false;
    taken.fill(1, start, end);
    return true;
  });
  return kept.sort((a, b) => a.start - b.start);
}
