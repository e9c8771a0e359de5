import type { Cost } from "./fit-linear.js";

/** Multinomial logistic regression: how unlikely scores make what is right. `right` are the examples' labels by number. */
export const likelihood =
  (right: readonly number[]): Cost =>
  (n, scores) => {
    const own = right[n]!;
    const most = scores.reduce((a, b) => Math.max(a, b));
    const told = scores[own]! - most;
    let all = 0;
    for (let k = 0; k < scores.length; k++) all += scores[k] = Math.exp(scores[k]! - most);
    for (let k = 0; k < scores.length; k++) scores[k]! /= all;
    scores[own]! -= 1;
    return Math.log(all) - told;
  };
