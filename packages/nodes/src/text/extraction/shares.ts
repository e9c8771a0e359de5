import type { Candidate } from "./candidate.js";
import { enough, sharpness } from "./weights.js";

/** The candidates whose likelihoods are weighed; the rest have little. */
const weighed = 40;

/**
 * Candidates, best first, with how likely each value is: their scores' exponentials, beside that of having just not enough. What is
 * `left` of one, from 0 to 1, is by how much it may be a field's at all.
 */
export function shares<R extends { readonly candidate: Candidate; readonly score: number }>(
  ranked: readonly R[],
  left: (candidate: Candidate) => number = () => 1,
): (R & { readonly share: number })[] {
  const most = Math.max(enough, ranked[0]?.score ?? 0);
  const likely = (score: number) => Math.exp(sharpness * (score - most));
  const values = new Map<Candidate["value"], number>();
  for (const { candidate, score } of ranked.slice(0, weighed))
    values.set(candidate.value, Math.max(values.get(candidate.value) ?? 0, left(candidate) * likely(score)));
  const all = [...values.values()].reduce((sum, one) => sum + one, likely(enough));
  return ranked.map((one) => ({ ...one, share: (values.get(one.candidate.value) ?? 0) / all }));
}
