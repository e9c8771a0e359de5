import fc from "fast-check";
import { expect, test } from "vitest";
import { breather } from "../../../breather.js";
import { fitLinear, scoresOf } from "./fit-linear.js";
import { likelihood } from "./likelihood.js";

const task = fc
  .record({ labels: fc.integer({ min: 2, max: 9 }), size: fc.integer({ min: 1, max: 7 }), count: fc.integer({ min: 1, max: 30 }) })
  .chain(({ labels, size, count }) =>
    fc.record({
      labels: fc.constant(labels),
      examples: fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size, maxLength: size }), {
        minLength: count,
        maxLength: count,
      }),
      right: fc.array(fc.nat(labels - 1), { minLength: count, maxLength: count }),
    }),
  );

/** What is made least, written out plainly: the loss of all examples and a tenth of half the squared weights. */
function lossOf(
  weights: readonly number[],
  offsets: readonly number[],
  examples: readonly Float32Array[],
  right: readonly number[],
): number {
  const ridge = weights.reduce((sum, weight) => sum + weight * weight, 0) / 20;
  return examples.reduce((sum, example, n) => {
    const scores = offsets.map((offset, k) => example.reduce((score, x, i) => score + x * weights[k * example.length + i]!, offset));
    return sum + Math.log(scores.reduce((all, score) => all + Math.exp(score), 0)) - scores[right[n]!]!;
  }, ridge);
}

// What ends a search is how little its last step gained, which alone does not say how far the least is.
test("no step in any direction lowers the loss by a hundredth, where a step of a ten thousandth is still taken", async () => {
  const check = async ({ labels, examples, right }: { labels: number; examples: number[][]; right: number[] }, seed: number[]) => {
    const rows = examples.map((row) => Float32Array.from(row));
    const towards = new Float32Array(labels * rows[0]!.length);
    const { weights, offsets } = await fitLinear(rows, likelihood(right), {
      labels,
      strength: 10,
      towards,
      enough: 1e-4,
      breathe: breather(),
    });
    const least = lossOf([...weights], [...offsets], rows, right);
    const moved = (all: Float32Array, by: number) => [...all].map((x, i) => x + by * seed[i % seed.length]!);
    for (const by of [-0.5, -0.1, 0.1, 0.5])
      expect(lossOf(moved(weights, by), moved(offsets, by), rows, right)).toBeGreaterThan(least - 0.01 * Math.abs(least) - 1e-6);
  };
  const direction = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 5, maxLength: 11 });
  await fc.assert(fc.asyncProperty(task, direction, check), { numRuns: 100 });
});

test("scores are those of the weights, however many labels there are", () => {
  const check = (labels: number, size: number) => {
    const weights = Float32Array.from({ length: labels * size }, (_, i) => ((i * 7) % 11) - 5);
    const offsets = Float32Array.from({ length: labels }, (_, k) => k);
    const features = Float32Array.from({ length: size }, (_, i) => (i % 3) - 1);
    const plain = [...offsets].map((offset, k) => features.reduce((sum, x, i) => sum + x * weights[k * size + i]!, offset));
    expect(scoresOf({ weights, offsets }, features)).toEqual(plain);
  };
  fc.assert(fc.property(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 20 }), check));
});
