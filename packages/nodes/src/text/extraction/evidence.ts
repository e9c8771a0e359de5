import type { Candidate } from "./candidate.js";

const near = (a: number, b: number) => Math.abs(a - b) < 0.005;

/**
 * How much the other amounts speak for this one being what is paid, from 0 to 1: it recurs, it is the sum of what stands before
 * it, a net amount and a tax make it up, or it is what is left when the change is taken from the cash.
 */
export function totalEvidence(candidate: Candidate, all: readonly Candidate[]): number {
  const value = candidate.value as number;
  if (value <= 0) return 0;
  const others = all.filter((other) => other !== candidate).map((other) => other.value as number);
  const recurs = others.filter((other) => near(other, value)).length;
  const smaller = [...new Set(others.map(Math.abs))].filter((other) => other > 0.005 && other < value - 0.005);
  // A tax is at most three tenths of the net amount; sums of any two amounts would often hold by chance.
  const madeUp = smaller.some((net) => smaller.some((tax) => tax < net * 0.3 && near(net + tax, value)));
  const left = all.some((cash) =>
    all.some((change) => (cash.value as number) > value && near((cash.value as number) - Math.abs(change.value as number), value)),
  );
  let sum = 0;
  let count = 0;
  let summed = false;
  for (const { start, value } of all) {
    if (start >= candidate.start) break;
    sum += value as number;
    count++;
    summed ||= count > 1 && near(sum, candidate.value as number);
  }
  return Math.min(1, 0.25 * Math.min(recurs, 2) + (summed ? 0.5 : 0) + (madeUp ? 0.2 : 0) + (left ? 0.2 : 0));
}

/** How much the other amounts speak for this one being a tax, from 0 to 1: with a larger one it makes up a third. */
export function taxEvidence(candidate: Candidate, all: readonly Candidate[]): number {
  const value = candidate.value as number;
  const values = [...new Set(all.map((other) => other.value as number))];
  return value > 0 && values.some((net) => value < net * 0.3 && values.some((gross) => gross > net && near(net + value, gross))) ? 0.3 : 0;
}
