import { fitCalibration, type Scored } from "@troupe/core";
import type { Breathe } from "../../../breather.js";
import { fitLinear, type Linear, scoresOf } from "./fit-linear.js";
import { squares } from "./squares.js";
import type { Head } from "./train-head.js";

/** The features of a text, and what each label was worth for it, in the labels' order. */
export interface Weighed {
  readonly features: Float32Array;
  readonly worth: readonly number[];
}

/** Parts that texts are held out in. */
const folds = 5;
/** What a text weighs. One text says very little of what another is worth; what those held out are told best under is taken. */
const strengths = [1 / 3, 1 / 10, 1 / 30, 1 / 100, 1 / 300] as const;
/** What is told of worth is a small part of how it varies, so that small gains count. */
const enough = 1e-6;

/**
 * Trains a head on what labels were worth: ridge regression of how much more or less than the others each is, which uses by how much one
 * is better, and that two are alike, where labels of the better one would not. How sure it is that a label is worth most is learned from
 * texts held out of which one is.
 */
export async function trainWorth(
  labels: readonly string[],
  texts: readonly Weighed[],
  data: string,
  breathe: Breathe,
  risk?: number,
): Promise<{ readonly head: Head; readonly held: readonly Scored[] }> {
  const all = texts.map(({ features, worth }, n) => {
    const mean = worth.reduce((sum, one) => sum + one, 0) / worth.length;
    return { features, leads: worth.map((one) => one - mean), part: n % folds };
  });
  const fit = (some: typeof all, strength: number, from?: Linear) =>
    fitLinear(
      some.map(({ features }) => features),
      squares(some.map(({ leads }) => leads)),
      { labels: labels.length, strength, from, enough, breathe },
    );
  const others: Linear[] = [];
  const told = async (strength: number) => {
    for (let part = 0; part < folds; part++) {
      const kept = all.filter((one) => one.part !== part);
      others[part] = await fit(kept, strength, others[part]);
    }
    const held = all.map(({ features, leads, part }) => ({ leads, scores: scoresOf(others[part]!, features) }));
    const off = held.reduce((sum, { leads, scores }) => sum + scores.reduce((square, score, k) => square + (score - leads[k]!) ** 2, 0), 0);
    return { strength, held, off };
  };
  let best = await told(strengths[0]);
  for (const strength of strengths.slice(1)) {
    const next = await told(strength);
    if (next.off < best.off) best = next;
  }
  const linear = await fit(all, best.strength);
  const held = best.held.flatMap(({ leads, scores }): Scored[] => {
    const most = Math.max(...leads);
    const right = leads.indexOf(most);
    return leads.lastIndexOf(most) === right ? [{ scores, right }] : [];
  });
  const calibration = fitCalibration(held, [], data, risk === undefined ? {} : { risk });
  return { head: { labels, linear, calibration }, held };
}
