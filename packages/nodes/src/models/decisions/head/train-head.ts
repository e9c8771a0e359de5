import { type Calibration, type CalibrationOptions, fitCalibration, type Scored, scaled } from "@troupe/core";
import { fitSoftmax, type Softmax, scoresOf } from "./fit-softmax.js";

/** What tells labels apart, and how sure it is. */
export interface Head {
  readonly labels: readonly string[];
  readonly softmax: Softmax;
  readonly calibration: Calibration;
}

/** A label with the features of its description and of its examples. */
export interface Shown {
  readonly label: string;
  readonly described: Float32Array;
  readonly examples: readonly Float32Array[];
}

/** The share of texts in use that belong to no label, where nothing is said of it. */
const usual = 0.05;
/** Parts that examples are held out in. */
const folds = 5;
/**
 * What an example weighs: ten where labels can be told apart, as intents can; little where they hardly can, as whether a prompt is hard.
 * What a first part held out is likeliest under is taken.
 */
const strengths = [10, 1, 0.1];
/** Parts that labels are left out in. */
const unheard = 3;

/**
 * Trains a head: multinomial logistic regression over the labels' examples and descriptions. How sure it is, is learned from examples
 * that were held out in turn; what belongs to no label is learned from `outside`, or, where that is empty, from the same examples put to
 * heads that never heard of their label. A risk is held on examples that were held out too: by heads that saw a little less than this one, so
 * that it holds in practice and is no theorem.
 * @throws TroupeError `CALIBRATION_SMALL`
 */
export function trainHead(
  shown: readonly Shown[],
  outside: readonly Float32Array[],
  data: string,
  { risk, outside: share = usual }: CalibrationOptions = {},
): { readonly head: Head; readonly held: readonly Scored[] } {
  const labels = shown.map(({ label }) => label);
  const known = shown.flatMap(({ examples }, right) => examples.map((features, i) => ({ features, right, i })));
  const fit = (some: typeof known, strength: number, kept = [...labels.keys()]): Softmax =>
    fitSoftmax(
      [...kept.map((k) => shown[k]!.described), ...some.map(({ features }) => features)],
      [...kept.keys(), ...some.map(({ right }) => kept.indexOf(right))],
      kept.length,
      strength,
    );
  const parts = Math.min(folds, Math.max(...shown.map(({ examples }) => examples.length)));
  // One example a label has no part of its own to be held out in: every second label's is.
  const partOf = ({ right, i }: { right: number; i: number }) => (parts < 2 ? right % 2 : i % parts);
  const heldIn = (part: number, strength: number) => {
    const others = fit(
      known.filter((one) => partOf(one) !== part),
      strength,
    );
    return known
      .filter((one) => partOf(one) === part)
      .map(({ features, right }): Scored & { right: number } => ({ scores: scoresOf(others, features), right }));
  };
  const tried = strengths.map((strength) => ({ strength, first: heldIn(0, strength) }));
  const best = tried.reduce((a, b) => (lossOf(b.first) < lossOf(a.first) ? b : a));
  const held = [best.first, ...Array.from({ length: Math.max(2, parts) - 1 }, (_, i) => heldIn(i + 1, best.strength))].flat();
  const softmax = fit(known, best.strength);
  const strange = outside.map((features): Scored => ({ scores: scoresOf(softmax, features) }));
  const apart = Math.min(unheard, labels.length);
  // Of two labels none can be left out.
  const assumed = Array.from({ length: strange.length || labels.length < 3 ? 0 : apart }, (_, part) => {
    const kept = [...labels.keys()].filter((k) => k % apart !== part);
    const others = fit(
      known.filter(({ right }) => right % apart !== part),
      best.strength,
      kept,
    );
    return known.filter(({ right }) => right % apart === part).map(({ features }): Scored => ({ scores: scoresOf(others, features) }));
  }).flat();
  const calibration = fitCalibration([...held, ...strange], assumed, data, { outside: share, ...(risk === undefined ? {} : { risk }) });
  return {
    head: { labels, softmax, calibration },
    held,
  };
}

/** How unlikely what is right is, on average, once scores have their temperature. */
function lossOf(held: readonly (Scored & { readonly right: number })[]): number {
  const scale = { ...fitCalibration(held, [], "").scale, none: Number.NEGATIVE_INFINITY };
  return held.reduce((sum, { scores, right }) => sum - Math.log(scaled(scores, scale).options[right] || Number.MIN_VALUE), 0) / held.length;
}
