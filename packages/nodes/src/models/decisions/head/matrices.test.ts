import fc from "fast-check";
import { expect, test } from "vitest";
import { matrices } from "./matrices.js";

test("each row is multiplied with each, whatever their number and length", () => {
  const check = (rows: number, others: number, size: number, seed: number) => {
    const { made, multiply } = matrices([
      [rows, size],
      [others, size],
      [rows, others],
    ]);
    const [a, b, to] = made;
    const number = (row: number, i: number) => ((row * 31 + i * 17 + seed) % 23) - 11;
    for (const [matrix, shift] of [[a, 0] as const, [b, 5] as const])
      for (let row = 0; row < matrix.rows; row++)
        for (let i = 0; i < size; i++) matrix.values[row * matrix.stride + i] = number(row + shift, i);
    multiply(a, b, to);
    for (let row = 0; row < rows; row++)
      for (let other = 0; other < others; other++) {
        const products = Array.from({ length: size }, (_, i) => number(row, i) * number(other + 5, i));
        expect(to.values[row * to.stride + other]).toBe(products.reduce((sum, x) => sum + x, 0));
      }
    // What was multiplied is as it was.
    expect(a.values[0]).toBe(number(0, 0));
    expect(b.values[0]).toBe(number(5, 0));
  };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 19 }), fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 40 }), fc.nat(22), check),
  );
});
