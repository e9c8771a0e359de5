import type { Breathe } from "../../breather.js";

/** Red, green and blue bytes, pixel by pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const channels = 3;
/** Weights are whole numbers of so many bits after the point, as Pillow has them. */
const bits = 22;
const one = 1 << bits;
const half = 1 << (bits - 1);
/** Pixels to each side that the curve looks at, before it widens for a picture that shrinks. */
const support = 2;

/**
 * A picture of another size, its bytes those of Pillow's `resize` with `BICUBIC`: Keys's cubic with a = -0.5, as much wider as the picture
 * shrinks, columns first, each pass rounded to bytes.
 */
export async function bicubic(picture: Picture, width: number, height: number, breathe: Breathe): Promise<Picture> {
  const narrowed = width === picture.width ? picture : await acrossRows(picture, width, breathe);
  return height === picture.height ? narrowed : await downColumns(narrowed, height, breathe);
}

async function acrossRows({ width: from, height, data }: Picture, width: number, breathe: Breathe): Promise<Picture> {
  const { starts, counts, weights, most } = weightsFor(from, width);
  const made = new Uint8Array(width * height * channels);
  for (let y = 0, at = 0; y < height; y++) {
    const row = y * from;
    for (let x = 0; x < width; x++) {
      let [red, green, blue] = [half, half, half];
      let pixel = (row + starts[x]!) * channels;
      for (let i = x * most, end = i + counts[x]!; i < end; i++, pixel += channels) {
        const weight = weights[i]!;
        red += data[pixel]! * weight;
        green += data[pixel + 1]! * weight;
        blue += data[pixel + 2]! * weight;
      }
      made[at++] = byte(red);
      made[at++] = byte(green);
      made[at++] = byte(blue);
    }
    await breathe();
  }
  return { width, height, data: made };
}

async function downColumns({ width, height: from, data }: Picture, height: number, breathe: Breathe): Promise<Picture> {
  const { starts, counts, weights, most } = weightsFor(from, height);
  const stride = width * channels;
  const made = new Uint8Array(stride * height);
  let at = 0;
  for (const [y, start] of starts.entries()) {
    for (let x = 0; x < stride; x++) {
      let sum = half;
      let pixel = start * stride + x;
      for (let i = y * most, end = i + counts[y]!; i < end; i++, pixel += stride) sum += data[pixel]! * weights[i]!;
      made[at++] = byte(sum);
    }
    await breathe();
  }
  return { width, height, data: made };
}

const byte = (sum: number): number => Math.min(255, Math.max(0, sum >> bits));

/** For each of the new pixels of a line: the first old one that it is made of, how many, and their weights, `most` apart. */
function weightsFor(from: number, to: number) {
  const scale = from / to;
  const wider = Math.max(1, scale);
  const reach = support * wider;
  const most = Math.ceil(reach) * 2 + 1;
  const starts = new Int32Array(to);
  const counts = new Int32Array(to);
  const weights = new Int32Array(to * most);
  for (let x = 0; x < to; x++) {
    const center = (x + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - reach + 0.5));
    const count = Math.min(from, Math.trunc(center + reach + 0.5)) - start;
    const exact = Array.from({ length: count }, (_, i) => cubic((i + start - center + 0.5) / wider));
    const sum = exact.reduce((all, weight) => all + weight, 0);
    starts[x] = start;
    counts[x] = count;
    for (const [i, weight] of exact.entries()) weights[x * most + i] = Math.trunc((weight / sum) * one + (weight / sum < 0 ? -0.5 : 0.5));
  }
  return { starts, counts, weights, most };
}

/** Keys 1981, with a = -0.5. */
function cubic(distance: number): number {
  const a = -0.5;
  const x = Math.abs(distance);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}
