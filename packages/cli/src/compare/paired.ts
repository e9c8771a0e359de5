/** A difference of two on the same cases, with an interval that holds the true one in 19 of 20 such comparisons, where there are cases enough for any. */
export interface Difference {
  readonly value: number;
  /** Undefined where there are too few cases for one. */
  readonly interval?: readonly [number, number];
}

/** Under it, no interval of the median is sure enough: 1 - 2 / 2^5 is less than 0.95. */
const fewest = 6;
/** Of the normal distribution, 0.975. */
const z = 1.959964;

/**
 * Of two who were right or wrong on the same cases: how much larger the share of the second is. Undefined without a case.
 *
 * Source: Bonett and Price, Adjusted Wald confidence interval for a difference of binomial proportions based on paired data, 2012.
 */
export function shareDifference(pairs: readonly (readonly [boolean, boolean])[]): Difference | undefined {
  const n = pairs.length;
  if (n === 0) return undefined;
  const first = pairs.filter(([a, b]) => a && !b).length;
  const second = pairs.filter(([a, b]) => b && !a).length;
  const value = (second - first) / n;
  if (n < fewest) return { value };
  const [p, q] = [(first + 1) / (n + 2), (second + 1) / (n + 2)];
  const wide = z * Math.sqrt((p + q - (q - p) ** 2) / (n + 2));
  return { value, interval: [Math.max(-1, q - p - wide), Math.min(1, q - p + wide)] };
}

/**
 * Of differences case by case: their median, whatever their distribution, with the interval between those in their order that a sign test
 * does not refuse. Undefined without a case.
 *
 * Source: Conover, Practical Nonparametric Statistics, quantiles by order statistics.
 */
export function medianDifference(differences: readonly number[]): Difference | undefined {
  const n = differences.length;
  if (n === 0) return undefined;
  const ordered = [...differences].sort((a, b) => a - b);
  const value = quantile(ordered, 0.5);
  if (n < fewest) return { value };
  // The k-th from either end, while both tails together stay under 0.05.
  let [k, tail, chance] = [0, 0, 0.5 ** n];
  while (2 * (tail + chance) <= 0.05) {
    tail += chance;
    k++;
    chance *= (n - k + 1) / k;
  }
  return { value, interval: [ordered[k - 1]!, ordered[n - k]!] };
}

/** Of values in order: the middle one, or the mean of the two in the middle; for other shares the nearest rank. */
export function quantile(ordered: readonly number[], share: number): number {
  const n = ordered.length;
  if (share === 0.5 && n % 2 === 0) return (ordered[n / 2 - 1]! + ordered[n / 2]!) / 2;
  return ordered[Math.min(n - 1, Math.ceil(share * n) - 1)]!;
}

/** Whether cases tell two apart: there is an interval, and it lies on one side. */
export const tells = ({ interval }: Difference): boolean => interval !== undefined && (interval[0] > 0 || interval[1] < 0);
