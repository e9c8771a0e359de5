import { expect, it } from "vitest";
import { beamSearch } from "./beams.js";
import type { Decoder } from "./decoding.js";

// That whole searches are the reference's is held in parity.test.ts; here are places that few captions come to.
const end = 0;
const marks = { end, pad: 0 };
/** A decoder for which every row goes on alike. */
const always = (...logits: number[]): Decoder => ({ next: async (ids) => ids.map(() => Float32Array.from(logits)) });
const short = { beams: 2, maxLength: 4, minLength: 0, lengthPenalty: -10, repetitionPenalty: 1 };

it("ends no caption by an end that is not among the best, however much it would be worth", async () => {
  // The end is the third of four: with such a price on length, a caption of it alone would win.
  const [ids] = await beamSearch(always(1, 3, 2, 0), [9], 1, short, marks);
  expect(ids).toHaveLength(4);
  // As the second, it does.
  expect(await beamSearch(always(2, 3, 1, 0), [9], 1, short, marks)).toEqual([[9, end]]);
});

it("asks no more once nothing can be better, and goes on for the images that are not done", async () => {
  let steps = 0;
  const decoder: Decoder = {
    async next(ids, order) {
      steps++;
      expect(ids).toHaveLength(4);
      // Rows stay with their image.
      expect(order.map((row) => Math.floor(row / 2))).toEqual([0, 0, 1, 1]);
      return ids.map((_, row) => Float32Array.from(row < 2 || steps > 3 ? [9, 1, 0, 0] : [-9, 2, 1, 0]));
    },
  };
  const found = await beamSearch(decoder, [9], 2, { ...short, lengthPenalty: 1, maxLength: 20 }, marks);
  expect(found[0]).toEqual([9, end]);
  expect(found[1]!.at(-1)).toBe(end);
  expect(found[1]!.length).toBeGreaterThan(4);
  expect(steps).toBeLessThan(19);
});
