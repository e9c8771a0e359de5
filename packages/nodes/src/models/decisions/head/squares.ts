import type { Cost } from "./fit-linear.js";

/** Least squares: half of how far scores are from what they should be, squared. */
export const squares =
  (targets: readonly (readonly number[])[]): Cost =>
  (n, scores) => {
    const target = targets[n]!;
    let sum = 0;
    for (let k = 0; k < scores.length; k++) {
      const off = scores[k]! - target[k]!;
      scores[k] = off;
      sum += off * off;
    }
    return sum / 2;
  };
