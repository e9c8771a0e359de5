/** A step on the way of a value, and what came before it. */
export interface Way {
  readonly step: string;
  readonly from?: Way;
}

/**
 * What is known of a value, each with the way by which it came about. The bottom, `{}`, is public and trusted; labels are joined by having
 * what either has (Denning, "A lattice model of secure information flow", 1976).
 */
export interface Label {
  readonly private?: Way;
  readonly untrusted?: Way;
}

/** Labels by field. */
export type Labels = Readonly<Record<string, Label>>;

export const labelOf = (secret: Way | undefined, untrusted: Way | undefined): Label => ({
  ...(secret ? { private: secret } : {}),
  ...(untrusted ? { untrusted } : {}),
});

/** The label of what is made from several values. */
export function joined(labels: Iterable<Label>): Label {
  let secret: Way | undefined;
  let untrusted: Way | undefined;
  for (const label of labels) {
    secret ??= label.private;
    untrusted ??= label.untrusted;
  }
  return labelOf(secret, untrusted);
}

/** The way of something private among labels. */
export function secretIn(labels: Labels): Way | undefined {
  for (const field in labels) if (labels[field]?.private) return labels[field].private;
  return undefined;
}

/** A way that goes on. */
export const onward = (from: Way | undefined, step: string): Way | undefined => from && { step, from };

/** A way as its steps, the source first. */
export function stepsOf(way: Way): readonly string[] {
  const steps: string[] = [];
  for (let at: Way | undefined = way; at; at = at.from) steps.unshift(at.step);
  return steps;
}
