import type { Tensor } from "./write-gguf.fixture.js";

/** A matrix of weights, all 0 but those named: `[to, from, weight]`. */
export function matrix(from: number, to: number, weights: readonly (readonly [to: number, from: number, weight: number])[] = []): Tensor {
  const data = new Float32Array(from * to);
  for (const [row, column, weight] of weights) data[row * from + column] = weight;
  return { shape: [from, to], data };
}

/** A vector of weights, all `rest` but those named. */
export function vector(length: number, weights: Readonly<Record<number, number>> = {}, rest = 0): Tensor {
  const data = new Float32Array(length).fill(rest);
  for (const [at, weight] of Object.entries(weights)) data[Number(at)] = weight;
  return { shape: [length], data };
}
