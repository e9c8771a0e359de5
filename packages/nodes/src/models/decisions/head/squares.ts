import type { Cost } from "./fit-linear.js";

/** Least squares: half of how far scores are from what they should be, squared. */
export const squares =
  (targets: readonly (readonly number[])[]): Cost =>
  (n, scores) => {
    let sum = 0;
    for (let k = 0; k < scores.length; k++) {
      scores[k]! -= targets[n]![k]!;
      sum += scores[k]! * scores[k]!;
    }
    return sum / 2;
  };
