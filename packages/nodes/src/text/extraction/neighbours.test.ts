import { expect, test } from "vitest";
import { neighbours } from "./neighbours.js";

const at = (start: number, end: number) => ({ start, end });

test("each goes with the next one in the text, unless they overlap or stand too far apart", () => {
  const [one, two, over, far] = [at(0, 3), at(5, 9), at(7, 12), at(40, 42)] as const;
  expect(neighbours([two, one], 10)).toEqual([[one, two]]);
  expect(neighbours([one, two, over], 10)).toEqual([[one, two]]);
  expect(neighbours([one, far], 10)).toEqual([]);
  expect(neighbours([one], 10)).toEqual([]);
});
