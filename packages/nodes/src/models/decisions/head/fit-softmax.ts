import { minimise } from "./minimise.js";

/** Scores of labels: for each a weight a feature, one label after another, and an offset. */
export interface Softmax {
  readonly weights: Float32Array;
  readonly offsets: Float32Array;
}

/** A difference between said and right that moves nothing. */
const slight = 1e-5;

/**
 * Multinomial logistic regression with a ridge over the weights, by maximum likelihood. `right` are the examples' labels by number;
 * `strength` is what an example weighs against the pull of all weights towards 0.
 */
export function fitSoftmax(examples: readonly Float32Array[], right: readonly number[], labels: number, strength: number): Softmax {
  const size = examples[0]!.length;
  const over = examples.map(() => new Float64Array(labels));
  const loss = (at: Float64Array, gradient: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < labels * size; i++) {
      sum += at[i]! * at[i]!;
      gradient[i] = at[i]! / strength;
    }
    sum /= 2 * strength;
    const offsets = at.subarray(labels * size);
    for (const [n, example] of examples.entries()) {
      const shares = over[n]!;
      score(at, offsets, example, shares);
      const most = shares.reduce((a, b) => Math.max(a, b));
      const told = shares[right[n]!]! - most;
      let all = 0;
      for (let k = 0; k < labels; k++) all += shares[k] = Math.exp(shares[k]! - most);
      sum += Math.log(all) - told;
      for (let k = 0; k < labels; k++) shares[k]! /= all;
      shares[right[n]!]! -= 1;
    }
    for (let k = 0; k < labels; k++) gradient[labels * size + k] = collect(gradient.subarray(k * size, (k + 1) * size), examples, over, k);
    return sum;
  };
  const found = minimise(loss, new Float64Array(labels * (size + 1)));
  return { weights: Float32Array.from(found.subarray(0, labels * size)), offsets: Float32Array.from(found.subarray(labels * size)) };
}

/** A score for each label. */
export function scoresOf({ weights, offsets }: Softmax, features: Float32Array): number[] {
  const scores = new Float64Array(offsets.length);
  score(weights, offsets, features, scores);
  return [...scores];
}

type Numbers = Float32Array | Float64Array;

/** Four labels at a time: sums that do not wait for one another take a third of the time. */
function score(weights: Numbers, offsets: Numbers, features: Float32Array, scores: Float64Array): void {
  const size = features.length;
  const labels = offsets.length;
  let k = 0;
  for (; k + 4 <= labels; k += 4) {
    const [a, b, c, d] = [k * size, (k + 1) * size, (k + 2) * size, (k + 3) * size];
    let [w, x, y, z] = [0, 0, 0, 0];
    for (let i = 0; i < size; i++) {
      const feature = features[i]!;
      w += weights[a + i]! * feature;
      x += weights[b + i]! * feature;
      y += weights[c + i]! * feature;
      z += weights[d + i]! * feature;
    }
    scores[k] = w + offsets[k]!;
    scores[k + 1] = x + offsets[k + 1]!;
    scores[k + 2] = y + offsets[k + 2]!;
    scores[k + 3] = z + offsets[k + 3]!;
  }
  for (; k < labels; k++) {
    let w = 0;
    for (let i = 0; i < size; i++) w += weights[k * size + i]! * features[i]!;
    scores[k] = w + offsets[k]!;
  }
}

/** Adds to a label's gradient what each example moves it by, four examples at a time; gives the sum for its offset. */
function collect(gradient: Float64Array, examples: readonly Float32Array[], over: readonly Float64Array[], label: number): number {
  const moved = [...over.keys()].filter((n) => Math.abs(over[n]![label]!) >= slight);
  const by = moved.map((n) => over[n]![label]!);
  let m = 0;
  for (; m + 4 <= moved.length; m += 4) {
    const [a, b, c, d] = [examples[moved[m]!]!, examples[moved[m + 1]!]!, examples[moved[m + 2]!]!, examples[moved[m + 3]!]!];
    const [w, x, y, z] = [by[m]!, by[m + 1]!, by[m + 2]!, by[m + 3]!];
    for (let i = 0; i < gradient.length; i++) gradient[i]! += w * a[i]! + x * b[i]! + y * c[i]! + z * d[i]!;
  }
  for (; m < moved.length; m++) {
    const [example, w] = [examples[moved[m]!]!, by[m]!];
    for (let i = 0; i < gradient.length; i++) gradient[i]! += w * example[i]!;
  }
  return by.reduce((sum, x) => sum + x, 0);
}
