import type { Candidate } from "./candidate.js";

const cents = (amount: number) => Math.round(amount * 100);
const near = (a: number, b: number) => cents(a) === cents(b);

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
  const parts = new Set(smaller.map(cents));
  const madeUp = smaller.some((net) => value - net < net * 0.3 && parts.has(cents(value) - cents(net)));
  const sizes = new Set(all.map((change) => cents(Math.abs(change.value as number))));
  const left = all.some((cash) => (cash.value as number) > value && sizes.has(cents(cash.value as number) - cents(value)));
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

/**
 * How much the amounts and the rates of a text (`19 %`) speak for one of them being the tax, from -0.4 to 1.4: a net amount and
 * it make up a gross one, it is a rate's share of the net, or it is the sum of such shares. A net amount speaks against itself.
 */
export function taxEvidence(all: readonly Candidate[], text: string): (candidate: Candidate) => number {
  const values = [...new Set(all.map((other) => other.value as number))].filter((other) => other > 0);
  const rates = [...text.matchAll(/(?<![\d.,])(\d{1,2}(?:[.,]\d{1,2})?)\s?%/g)].map(([, rate]) => Number(rate!.replace(",", ".")));
  const known = new Set(values.map(cents));
  const madeUp = (net: number, tax: number) => tax < net * 0.3 && known.has(cents(net) + cents(tax));
  const rated = (net: number, tax: number) => madeUp(net, tax) && rates.some((rate) => Math.abs((net * rate) / 100 - tax) < 0.015);
  const shares = values.filter((tax) => values.some((net) => rated(net, tax)));
  return (candidate) => {
    const value = candidate.value as number;
    if (value <= 0) return 0;
    const others = shares.filter((other) => !near(other, value));
    const sum = others.reduce((sum, other) => sum + other, 0);
    if (others.length > 1 && near(sum, value)) return 1.4;
    if (shares.includes(value)) return shares.length > 1 ? 0.5 : 0.7;
    if (values.some((tax) => rated(value, tax))) return -0.4;
    return values.some((net) => madeUp(net, value)) ? 0.3 : 0;
  };
}
