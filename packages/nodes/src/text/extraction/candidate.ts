/** A span of the source that a field's value could be. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  /** The span as it stands in the source. */
  readonly text: string;
  readonly value: string | number;
  /** How much the span by itself looks like what its kind is, from -1 to 1. */
  readonly prior: number;
}

/** Leaves out candidates that lie in, or overlap, an earlier one of the list. */
export function withoutOverlaps<C extends Candidate>(candidates: readonly C[]): C[] {
  const kept: C[] = [];
  for (const one of candidates) if (!kept.some((other) => one.start < other.end && other.start < one.end)) kept.push(one);
  return kept.sort((a, b) => a.start - b.start);
}
