import { dotsOver } from "./dots.js";

/** Rows of floats of 32 bits, all of a length. What is beyond `rows` and `columns` stays 0. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** All rows, one after another, each `stride` long. */
  readonly values: Float32Array;
  readonly stride: number;
}

const bytes = Float32Array.BYTES_PER_ELEMENT;
/** Rows are multiplied in fours, and so are their numbers. */
const inFours = (n: number): number => 4 * Math.ceil(n / 4);

/** Matrices of these rows and columns, and what multiplies them. */
export function matrices<const Shapes extends readonly (readonly [rows: number, columns: number])[]>(shapes: Shapes) {
  const sizes = shapes.map(([rows, columns]) => inFours(rows) * inFours(columns));
  const { buffer, dots } = dotsOver(bytes * sizes.reduce((sum, size) => sum + size, 0));
  let taken = 0;
  const made = shapes.map(([rows, columns]): Matrix => {
    const values = new Float32Array(buffer, taken * bytes, inFours(rows) * inFours(columns));
    taken += values.length;
    return { rows, columns, values, stride: inFours(columns) };
  });
  /** Writes to `to` the dot products of each row of `a` with each of `b`. */
  const multiply = (a: Matrix, b: Matrix, to: Matrix): void => {
    const long = bytes * a.stride;
    const wide = bytes * to.stride;
    for (let i = 0; i < a.rows; i += 2) {
      const row = a.values.byteOffset + i * long;
      const out = to.values.byteOffset + i * wide;
      for (let k = 0; k < b.rows; k += 4) {
        const at = b.values.byteOffset + k * long;
        const ones = out + k * bytes;
        dots(row, row + long, at, at + long, at + 2 * long, at + 3 * long, row + long, ones, ones + wide);
      }
    }
  };
  return { made: made as { readonly [I in keyof Shapes]: Matrix }, multiply };
}
