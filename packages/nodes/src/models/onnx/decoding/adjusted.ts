import type { Decoding, Marks } from "./decoding.js";

/** Scores of what may follow a row of ids, with its penalties; in place. */
export function adjusted(
  scores: Float32Array,
  row: readonly number[],
  { minLength, repetitionPenalty }: Decoding,
  { end }: Marks,
): Float32Array {
  if (repetitionPenalty !== 1)
    for (const id of new Set(row)) {
      const score = scores[id]!;
      scores[id] = score < 0 ? score * repetitionPenalty : score / repetitionPenalty;
    }
  if (row.length < minLength) scores[end] = Number.NEGATIVE_INFINITY;
  return scores;
}
