import { expect, test } from "vitest";
import { medianDifference, quantile, shareDifference, tells } from "./paired.js";

/** Numbers that look random, the same each time (Park and Miller). */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

test("five cases have a difference and no interval, none have neither", () => {
  expect(shareDifference([...Array(5)].map(() => [false, true]))).toEqual({ value: 1 });
  expect(medianDifference([1, 2, 3, 4, 5])).toEqual({ value: 3 });
  expect(shareDifference([])).toBeUndefined();
  expect(medianDifference([])).toBeUndefined();
});

test("cases that both got right tell nothing, however many; those that one of them alone got right do", () => {
  const same = shareDifference([...Array(100)].map(() => [true, true]))!;
  expect(same.value).toBe(0);
  expect(tells(same)).toBe(false);
  const better = shareDifference([...Array(40)].map((_, i) => [i < 10, true]))!;
  expect(better.value).toBe(0.75);
  expect(tells(better)).toBe(true);
});

test("the interval of six differences is all of them, and of twenty what a sign test leaves", () => {
  expect(medianDifference([5, 1, 3, 2, 4, 6])!.interval).toEqual([1, 6]);
  // Tables of the binomial distribution: of 20, the 6th from either end.
  expect(medianDifference([...Array(20)].map((_, i) => i + 1))!.interval).toEqual([6, 15]);
});

test("of a thousand comparisons, the intervals hold what is true in about 950 or more", () => {
  const chance = random(7);
  let [shares, medians] = [0, 0];
  for (let run = 0; run < 1000; run++) {
    // One is right in 0.7 of the cases, the other in 0.5, on cases that are harder and easier for both.
    const pairs = [...Array(24)].map(() => {
      const hard = chance() < 0.5 ? 0.2 : -0.2;
      return [chance() < 0.5 + hard, chance() < 0.7 + hard] as const;
    });
    const [low, high] = shareDifference(pairs)!.interval!;
    if (low <= 0.2 && 0.2 <= high) shares++;
    // The median of what is drawn is 0.5.
    const [from, to] = medianDifference([...Array(15)].map(() => chance() ** 2 * 2))!.interval!;
    if (from <= 0.5 && 0.5 <= to) medians++;
  }
  expect(shares).toBeGreaterThan(935);
  expect(medians).toBeGreaterThan(935);
});

test("a median of an even number is between the two in the middle, and the 90th percentile a value that was there", () => {
  expect(quantile([1, 2, 3, 10], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(9);
  expect(quantile([4], 0.9)).toBe(4);
});
