import { scaled } from "@troupe/core";
import { scoresOf } from "./fit-linear.js";
import type { Head } from "./train-head.js";

/**
 * What a head says of features: a probability each label asked for, if one of them is right, and how sure the likeliest is, which is the
 * chance that it is right at all, and no other label of the head's.
 */
export function tell({ labels, linear, calibration }: Head, features: Float32Array, asked: readonly string[] = labels) {
  const scores = scoresOf(linear, features);
  const at = asked.map((label) => labels.indexOf(label));
  const among = scaled(
    at.map((i) => scores[i]!),
    { ...calibration.scale, none: Number.NEGATIVE_INFINITY },
  );
  const chances = scaled(scores, calibration.scale).options;
  return { probabilities: among.options, confidence: Math.max(...at.map((i) => chances[i]!)) };
}
