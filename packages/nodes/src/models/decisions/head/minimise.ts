import type { Breathe } from "../../../breather.js";

/** A function of many numbers: gives its value, and writes its gradient. */
export type Slope = (at: Float64Array, gradient: Float64Array) => number;

/** Pairs of steps and changes of the gradient that are kept. */
const memory = 10;
const rounds = 200;
/** What of a step's promise it must keep (Armijo). */
const kept = 1e-4;

/**
 * Walks from `at` down to where a convex function is least, with L-BFGS (Nocedal 1980; Liu and Nocedal 1989), and gives that place. It
 * ends where a step gains less than the share `enough` of the value, or after 200 rounds.
 */
export async function minimise(slope: Slope, at: Float64Array, breathe: Breathe, { enough = 1e-3 } = {}): Promise<Float64Array> {
  let here: Float64Array = at.slice();
  let gradient: Float64Array = new Float64Array(here.length);
  let value = slope(here, gradient);
  const pairs: { readonly step: Float64Array; readonly change: Float64Array; readonly curve: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const direction = downwards(gradient, pairs);
    const promise = dot(direction, gradient);
    if (!(promise < 0)) break;
    let length = pairs.length ? 1 : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)));
    let there = here;
    let next: Float64Array = new Float64Array(gradient.length);
    let reached = value;
    do {
      await breathe();
      there = add(here.slice(), direction, length);
      reached = slope(there, next);
      if (reached <= value + kept * length * promise) break;
      length /= 2;
    } while (length > 1e-12);
    if (!(reached < value)) break;
    const gained = value - reached;
    const step = add(there.slice(), here, -1);
    const change = add(next.slice(), gradient, -1);
    const curve = dot(step, change);
    if (curve > 0) pairs.push({ step, change, curve });
    if (pairs.length > memory) pairs.shift();
    [here, gradient, value] = [there, next, reached];
    next = gradient;
    if (gained < enough * Math.abs(value)) break;
  }
  return here;
}

/** The gradient turned by what the last steps tell of the curvature, downwards. */
function downwards(gradient: Float64Array, pairs: readonly { step: Float64Array; change: Float64Array; curve: number }[]): Float64Array {
  const direction = gradient.map((x) => -x);
  const turns = pairs.toReversed().map((pair) => {
    const share = dot(pair.step, direction) / pair.curve;
    add(direction, pair.change, -share);
    return { ...pair, share };
  });
  const last = pairs.at(-1);
  const scale = last ? last.curve / dot(last.change, last.change) : 1;
  if (last) direction.set(direction.map((x) => x * scale));
  for (const { step, change, curve, share } of turns.reverse()) add(direction, step, share - dot(change, direction) / curve);
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function add(to: Float64Array, from: Float64Array, times: number): Float64Array {
  for (let i = 0; i < to.length; i++) to[i]! += times * from[i]!;
  return to;
}
