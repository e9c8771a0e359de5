import type { Breathe } from "../../../breather.js";
import { matrices } from "./matrices.js";
import { minimise } from "./minimise.js";

/** Scores of labels: for each a weight a feature, one label after another, and an offset. */
export interface Linear {
  readonly weights: Float32Array;
  readonly offsets: Float32Array;
}

/** What the scores of an example cost, by its number; puts in place of each score how much more it costs as the score rises. */
export type Cost = (example: number, scores: Float64Array) => number;

export interface Fit {
  readonly labels: number;
  /** What an example weighs against the pull of all weights towards `towards`. */
  readonly strength: number;
  /** The weights that are best where no example says otherwise; default: 0. */
  readonly towards?: Float32Array;
  /** Where the search begins; default: at `towards`. */
  readonly from?: Linear | undefined;
  /** The share of the cost that a step must gain for another to be taken. */
  readonly enough?: number;
  readonly breathe: Breathe;
}

/** The scores under which examples cost least, with a ridge over the weights; the cost is convex. */
export async function fitLinear(
  examples: readonly Float32Array[],
  cost: Cost,
  { labels, strength, enough, breathe, ...given }: Fit,
): Promise<Linear> {
  const count = examples.length;
  const size = examples[0]!.length;
  const { towards = new Float32Array(labels * size) } = given;
  const { from = { weights: towards, offsets: new Float32Array(labels) } } = given;
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
    example.forEach((x, i) => {
      columns.values[i * columns.stride + n] = x;
    });
  }
  const whole = (at: Float64Array, gradient: Float64Array): number => {
    for (let k = 0; k < labels; k++) weights.values.set(at.subarray(k * size, (k + 1) * size), k * weights.stride);
    const offsets = at.subarray(labels * size);
    const shifts = gradient.subarray(labels * size).fill(0);
    multiply(rows, weights, scores);
    let sum = 0;
    const told = new Float64Array(labels);
    for (let n = 0; n < count; n++) {
      for (let k = 0; k < labels; k++) told[k] = scores.values[n * scores.stride + k]! + offsets[k]!;
      sum += cost(n, told);
      for (let k = 0; k < labels; k++) {
        const off = told[k]!;
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
  const found = await minimise(whole, start, breathe, { enough });
  return { weights: Float32Array.from(found.subarray(0, labels * size)), offsets: Float32Array.from(found.subarray(labels * size)) };
}

/** A score for each label. */
export function scoresOf({ weights, offsets }: Linear, features: Float32Array): number[] {
  const size = features.length;
  return Array.from(offsets, (offset, k) => {
    let score = offset;
    for (let i = 0; i < size; i++) score += weights[k * size + i]! * features[i]!;
    return score;
  });
}
