import type { Candidate } from "./candidate.js";
import { outer } from "./outer.js";

const cents = (amount: number) => Math.round(amount * 100);
const near = (a: number, b: number) => cents(a) === cents(b);

/**
 * How much the other amounts speak for one of them being what is paid, from 0 to 1: it recurs, it is the sum of what stands before
 * it, a net amount and a tax make it up, or it is what is left when the change is taken from the cash.
 */
export function totalEvidence(all: readonly Candidate[]): (candidate: Candidate) => number {
  const inOrder = [...all].sort((a, b) => a.start - b.start);
  const values = inOrder.map(({ value }) => value as number);
  const times = new Map<number, number>();
  for (const value of values) times.set(cents(value), (times.get(cents(value)) ?? 0) + 1);
  const sizes = new Set(values.map((value) => cents(Math.abs(value))));
  const parts = [...sizes];
  /** Where the amounts from the first on, two or more, first come to a sum. */
  const summedAt = new Map<number, number>();
  let sum = 0;
  for (const [i, { end }] of inOrder.entries()) {
    sum += values[i]!;
    if (i > 0 && !summedAt.has(cents(sum))) summedAt.set(cents(sum), end);
  }
  const paid = [...times.keys()];
  return (candidate) => {
    const value = candidate.value as number;
    if (value <= 0) return 0;
    const whole = cents(value);
    const recurs = times.get(whole)! - 1;
    const summed = (summedAt.get(whole) ?? Number.POSITIVE_INFINITY) <= candidate.start;
    // A tax is at most three tenths of the net amount; sums of any two amounts would often hold by chance.
    const madeUp = parts.some((net) => net < whole && whole - net < net * 0.3 && sizes.has(whole - net));
    const left = paid.some((cash) => cash > whole && sizes.has(cash - whole));
    return Math.min(1, 0.25 * Math.min(recurs, 2) + (summed ? 0.5 : 0) + (madeUp ? 0.2 : 0) + (left ? 0.2 : 0));
  };
}

/**
 * How much the amounts and the rates of a text (`19 %`) speak for one of them being the tax, from -0.4 to 1.4: a net amount and
 * it make up a gross one, it is a rate's share of the net, or it is the sum of such shares. A net amount speaks against itself.
 */
export function taxEvidence(all: readonly Candidate[], text: string): (candidate: Candidate) => number {
  const values = [...new Set(all.map((other) => other.value as number))].filter((other) => other > 0);
  const written = [...text.matchAll(/(?<![\d.,])(\d{1,2}(?:[.,]\d{1,2})?)\s?%/g)].map(([, rate]) => Number(rate!.replace(",", ".")));
  const rates = outer([...new Set(written)], 40);
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
