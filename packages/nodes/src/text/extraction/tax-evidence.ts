import type { Candidate } from "./candidate.js";
import { outer } from "./outer.js";
import { cents } from "./total-evidence.js";

const near = (a: number, b: number) => cents(a) === cents(b);

/**
 * How much the amounts and the rates of a text (`19 %`) show of one of them being the tax, from -0.4 to 1.4: a net amount and
 * it make up a gross one, it is a rate's share of the net, or it is the sum of such shares. A net amount speaks against itself.
 */
export function taxEvidence(all: readonly Candidate[], text: string): (candidate: Candidate) => number {
  const values = [...new Set(all.map((other) => other.value as number))].filter((other) => other > 0);
  const written = [...text.matchAll(/(?<![\d.,])(\d{1,2}(?:[.,]\d{1,2})?)\s?%/g)].map(([, rate = ""]) => Number(rate.replace(",", ".")));
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
    return values.some((net) => madeUp(net, value)) ? 0.15 : 0;
  };
}
