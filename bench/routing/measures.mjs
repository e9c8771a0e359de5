/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How far confidence is from the share that is right, on average over bins. */
export function calibrationError(answers, bins = 15) {
  const off = new Float64Array(bins);
  for (const { confidence, right } of answers) off[Math.min(bins - 1, Math.floor(confidence * bins))] += confidence - right;
  return off.reduce((sum, one) => sum + Math.abs(one), 0) / answers.length;
}

/** The chance that a text that belongs to a label is given more confidence than one that belongs to none. */
export function auroc(inside, outside) {
  const all = [...inside.map((value) => ({ value, is: 1 })), ...outside.map((value) => ({ value, is: 0 }))].sort(
    (a, b) => a.value - b.value,
  );
  let ranks = 0;
  for (let i = 0; i < all.length; ) {
    let j = i;
    while (j < all.length && all[j].value === all[i].value) j++;
    for (let k = i; k < j; k++) if (all[k].is) ranks += (i + j + 1) / 2;
    i = j;
  }
  return (ranks - (inside.length * (inside.length + 1)) / 2) / (inside.length * outside.length);
}

/** The share that is wrong among the surest, at a coverage. */
export function riskAt(answers, coverage) {
  const surest = [...answers].sort((a, b) => b.confidence - a.confidence).slice(0, Math.round(coverage * answers.length));
  return mean(surest.map(({ right }) => 1 - right));
}

/** Where the middle 95% of values begins and ends. */
export function middle(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return [sorted[Math.floor(0.025 * sorted.length)], sorted[Math.ceil(0.975 * sorted.length) - 1]];
}

/** Middle 95% of a figure over draws of the cases, with replacement. */
export function interval(count, figure, draws = 2000) {
  const random = numbers(1);
  return middle(Array.from({ length: draws }, () => figure(Array.from({ length: count }, () => Math.floor(random() * count)))));
}
