import { scaled } from "@troupe/core";
import { scoresOf } from "./fit-linear.js";
import type { Head } from "./train-head.js";

/**
 * What a head says of features: a probability each label asked for, if one of them is right, and how sure the likeliest is, which is the
 * chance that it is right at all.
 */
export function tell({ labels, linear, calibration }: Head, features: Float32Array, asked: readonly string[] = labels) {
  const scores = scoresOf(linear, features);
  const { options } = scaled(
    asked.map((label) => scores[labels.indexOf(label)]!),
    calibration.scale,
  );
  const known = options.reduce((sum, share) => sum + share, 0);
  return { probabilities: options.map((share) => share / known), confidence: Math.max(...options) };
}
