import type { Candidate } from "./candidate.js";

const linked =
  /^\s*(?:Uhr|h|hrs?|klo|kl\.?)?\s*(?:[-–—~〜～]|to|until|till|and|bis(?: zum)?|à|a|al|alle|às|as|até|hasta|y|tot|til|do|až|i|la|până la|ile|до|по|έως|μέχρι|至|到|から|より|부터|إلى|حتى|से)\s*(?:las?|le|las|the|zum|下午|上午|午後|午前|오전|오후|kl\.?|ca\.?|etwa|about|approx\.?|около|der|den|il|o)?\s*$/iu;

/** How far two values of a range stand apart at most. */
const farthest = 24;

/** Which end of a range each candidate is: 1 the first, -1 the second. */
export function rangeEnds(text: string, candidates: readonly Candidate[]): ReadonlyMap<Candidate, 1 | -1> {
  const ends = new Map<Candidate, 1 | -1>();
  const inOrder = [...candidates].sort((a, b) => a.start - b.start);
  for (const [i, first] of inOrder.entries()) {
    const second = inOrder[i + 1];
    if (!second || second.start - first.end > farthest || second.start <= first.end) continue;
    if (!linked.test(text.slice(first.end, second.start))) continue;
    ends.set(first, 1).set(second, -1);
  }
  return ends;
}
