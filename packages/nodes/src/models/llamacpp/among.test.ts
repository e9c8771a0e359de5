import fc from "fast-check";
import { expect, it } from "vitest";
import { among, letters } from "./among.js";

/** A model that weighs options by what they are, and by the place they stand in. */
const asks = (weights: ReadonlyMap<string, number>, lean = 0) => {
  const asked: (readonly string[])[] = [];
  const ask = async (listed: readonly string[]) => {
    asked.push(listed);
    const odds = listed.map((option, i) => weights.get(option)! * (i === 0 ? 1 + lean : 1));
    const sum = odds.reduce((a, b) => a + b, 0);
    return odds.map((weight) => weight / sum);
  };
  return { asked, ask };
};

const options = fc.uniqueArray(fc.tuple(fc.string(), fc.integer({ min: 1, max: 1000 })), {
  selector: ([name]) => name,
  minLength: 2,
  maxLength: 300,
});

it("gives any number of options probabilities that sum to 1, the likeliest that of the model's", async () => {
  await fc.assert(
    fc.asyncProperty(options, async (pairs) => {
      const { ask, asked } = asks(new Map(pairs));
      const odds = await among(
        pairs.map(([name]) => name),
        ask,
      );
      expect(odds.length).toBe(pairs.length);
      expect(odds.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      const best = Math.max(...pairs.map(([, weight]) => weight));
      expect(pairs[odds.indexOf(Math.max(...odds))]![1]).toBe(best);
      expect(Math.max(...asked.map((listed) => listed.length))).toBeLessThanOrEqual(letters.length);
    }),
  );
});

it("asks once where one option is far ahead, and both ways round where two are close", async () => {
  const sure = asks(
    new Map([
      ["a", 9],
      ["b", 1],
    ]),
  );
  expect(await among(["a", "b"], sure.ask)).toEqual([0.9, 0.1]);
  expect(sure.asked).toEqual([["a", "b"]]);
  // A model that leans to the first place alone has no preference left.
  const leaning = asks(
    new Map([
      ["a", 1],
      ["b", 1],
    ]),
    0.5,
  );
  const [a, b] = await among(["a", "b"], leaning.ask);
  expect(a).toBeCloseTo(b!, 9);
  expect(leaning.asked).toEqual([
    ["a", "b"],
    ["b", "a"],
  ]);
});
