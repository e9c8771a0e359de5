import type { Candidate } from "./candidate.js";
import { outer } from "./outer.js";
import type { Survey } from "./survey.js";
import type { Signs } from "./weights.js";

export const cents = (amount: number) => Math.round(amount * 100);

/** The most by which a total is rounded, in hundredths. */
const mostRounded = 5;

/** The most amounts of cash, and of change, that are weighed. */
const most = 20;
/** How surely an amount must read as the cash or the change. */
const sure = 0.6;

/**
 * What the other amounts show of one of them being what is paid: it recurs, it is the sum of what stands before it, a net amount and a
 * tax make it up, another differs by a rounding, or it is what was paid with, less the change.
 */
export function totalEvidence({ candidates: all, meant }: Survey): (candidate: Candidate) => Signs {
  const amounts = all.flatMap((candidate) => (candidate.signs.faint ? [] : [{ candidate, value: cents(candidate.value as number) }]));
  const values = amounts.map(({ value }) => value);
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  const sizes = new Set(values.map(Math.abs));
  const parts = [...sizes];
  /** Where the amounts from the first on, two or more, first come to a sum. */
  const summedAt = new Map<number, number>();
  let sum = 0;
  for (const [i, { candidate, value }] of amounts.entries()) {
    sum += value;
    if (i > 0 && !summedAt.has(sum)) summedAt.set(sum, candidate.end);
  }
  const called = (concept: string) =>
    amounts.flatMap(({ candidate, value }) => {
      const means = meant(candidate);
      const much = means.get(concept) ?? 0;
      return much >= sure && [...means.values()].every((other) => other <= much) ? [{ size: Math.abs(value), at: candidate.start }] : [];
    });
  const [cash, change] = [outer(called("cash"), most), outer(called("change"), most)];
  const back = change.length ? [...new Set(change.map(({ size }) => size))] : [0];
  const left = new Set(cash.flatMap(({ size }) => back.map((change) => size - change)));
  const paidAt = change.at(-1)?.at ?? Number.POSITIVE_INFINITY;
  const rounded = roundings(values);
  return (candidate) => {
    const whole = cents(candidate.value as number);
    if (candidate.signs.faint) return {};
    if (whole <= 0) return { nothing: 1 };
    return {
      recurs: Math.min((times.get(whole) ?? 1) - 1, 2),
      summed: (summedAt.get(whole) ?? Number.POSITIVE_INFINITY) <= candidate.start ? 1 : 0,
      // A tax is at most three tenths of the net amount; sums of any two amounts would often hold by chance.
      madeUp: parts.some((net) => net < whole && whole - net < net * 0.3 && sizes.has(whole - net)) ? 1 : 0,
      behindPaid: candidate.start > paidAt ? 1 : 0,
      paidLessChange: left.has(whole) ? 1 : 0,
      roundedTo: rounded.to.has(whole) ? 1 : 0,
      roundedFrom: rounded.from.has(whole) && !rounded.to.has(whole) ? 1 : 0,
    };
  };
}

/** Amounts that stand for others a rounding away: `177.22`, `-0.02`, `177.20`. The rounding itself may not have been recognised. */
function roundings(values: readonly number[]) {
  const [from, to] = [new Set<number>(), new Set<number>()];
  for (const [i, value] of values.entries()) {
    for (const later of values.slice(i + 1, i + 4)) {
      const by = Math.abs(later - value);
      if (value > 0 && by > 0 && by < mostRounded && later % mostRounded === 0) {
        from.add(value);
        to.add(later);
      }
    }
  }
  return { from, to };
}
