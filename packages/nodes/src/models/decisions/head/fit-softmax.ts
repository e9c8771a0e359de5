import type { Breathe } from "./breather.js";
import { matrices } from "./matrices.js";
import { minimise } from "./minimise.js";

/** Scores of labels: for each a weight a feature, one label after another, and an offset. */
export interface Softmax {
  readonly weights: Float32Array;
  readonly offsets: Float32Array;
}

export interface Fit {
  readonly labels: number;
  /** What an example weighs against the pull of all weights towards `towards`. */
  readonly strength: number;
  /** The weights that are best where no example says otherwise. */
  readonly towards: Float32Array;
  /** Where the search begins; default: at `towards`. */
  readonly from?: Softmax | undefined;
  readonly breathe: Breathe;
}

/** Multinomial logistic regression with a ridge, by maximum likelihood. `right` are the examples' labels by number. */
export async function fitSoftmax(
  examples: readonly Float32Array[],
  right: readonly number[],
  { labels, strength, towards, from = { weights: towards, offsets: new Float32Array(labels) }, breathe }: Fit,
): Promise<Softmax> {
  const count = examples.length;
  const size = examples[0]!.length;
  const { made, multiply } = matrices([
    [count, size],
    [size, count],
    [labels, size],
    [labels, size],
    [count, labels],
    [labels, count],
  ]);
  const [rows, columns, weights, moved, scores, over] = made;
  for (const [n, example] of examples.entries()) {
    rows.values.set(example, n * rows.stride);
    for (let i = 0; i < size; i++) columns.values[i * columns.stride + n] = example[i]!;
  }
  const loss = (at: Float64Array, gradient: Float64Array): number => {
    for (let k = 0; k < labels; k++) weights.values.set(at.subarray(k * size, (k + 1) * size), k * weights.stride);
    const offsets = at.subarray(labels * size);
    const shifts = gradient.subarray(labels * size).fill(0);
    multiply(rows, weights, scores);
    let sum = 0;
    const shares = new Float64Array(labels);
    for (let n = 0; n < count; n++) {
      for (let k = 0; k < labels; k++) shares[k] = scores.values[n * scores.stride + k]! + offsets[k]!;
      const most = shares.reduce((a, b) => Math.max(a, b));
      const told = shares[right[n]!]! - most;
      let all = 0;
      for (let k = 0; k < labels; k++) all += shares[k] = Math.exp(shares[k]! - most);
      sum += Math.log(all) - told;
      for (let k = 0; k < labels; k++) {
        const off = shares[k]! / all - (k === right[n] ? 1 : 0);
        over.values[k * over.stride + n] = off;
        shifts[k]! += off;
      }
    }
    multiply(over, columns, moved);
    let pulled = 0;
    for (let k = 0; k < labels; k++) {
      for (let i = 0; i < size; i++) {
        const off = at[k * size + i]! - towards[k * size + i]!;
        pulled += off * off;
        gradient[k * size + i] = moved.values[k * moved.stride + i]! + off / strength;
      }
    }
    return sum + pulled / (2 * strength);
  };
  const start = new Float64Array(labels * (size + 1));
  start.set(from.weights);
  start.set(from.offsets, labels * size);
  const found = await minimise(loss, start, breathe);
  return { weights: Float32Array.from(found.subarray(0, labels * size)), offsets: Float32Array.from(found.subarray(labels * size)) };
}

/** A score for each label. */
export function scoresOf({ weights, offsets }: Softmax, features: Float32Array): number[] {
  const size = features.length;
  return Array.from(offsets, (offset, k) => {
    let score = offset;
    for (let i = 0; i < size; i++) score += weights[k * size + i]! * features[i]!;
    return score;
  });
}
