interface Span {
  readonly start: number;
  readonly end: number;
}

/** Spans of a text, each with the next one, where they don't overlap and stand no farther apart than that. */
export function neighbours<S extends Span>(spans: readonly S[], farthest: number): (readonly [S, S])[] {
  const found: (readonly [S, S])[] = [];
  let first: S | undefined;
  for (const second of [...spans].sort((a, b) => a.start - b.start)) {
    if (first && second.start > first.end && second.start - first.end <= farthest) found.push([first, second]);
    first = second;
  }
  return found;
}
