import { type Calibration, type CalibrationOptions, fitCalibration, type Scored, scaled } from "@troupe/core";
import type { Breathe } from "../../../breather.js";
import { type Fit, fitLinear, type Linear, scoresOf } from "./fit-linear.js";
import { likelihood } from "./likelihood.js";

/** What tells labels apart, and how sure it is. */
export interface Head {
  readonly labels: readonly string[];
  readonly linear: Linear;
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
const strengths = [10, 1, 0.1] as const;
/**
 * How much a label's weights are drawn to the mean of what was shown of it, divided by the number of examples a label: few examples say
 * what a label is like, and only many say what else matters. What is like none of the means is then like no label.
 */
const drawn = 10;
/** Parts that labels are left out in. */
const unheard = 3;

/** An example, or a description, and the number of its label. */
interface Known {
  readonly features: Float32Array;
  readonly right: number;
  /** Its place among its label's examples; a description has none. */
  readonly i?: number;
}

/**
 * Trains a head: multinomial logistic regression over the labels' examples and descriptions. How sure it is, is learned from examples
 * that were held out in turn; what belongs to no label is learned from `outside`, or, where that is empty, from the same examples put to
 * heads that never heard of their label. A risk is held on examples that were held out too: by heads that saw a little less than this one, so
 * that it holds in practice and is no theorem.
 * @throws TroupeError `CALIBRATION_SMALL`
 */
export async function trainHead(
  shown: readonly Shown[],
  outside: readonly Float32Array[],
  data: string,
  breathe: Breathe,
  { risk, outside: share = usual }: CalibrationOptions = {},
): Promise<{ readonly head: Head; readonly held: readonly Scored[] }> {
  const labels = shown.map(({ label }) => label);
  const known = shown.flatMap(({ described, examples }, right): Known[] => [
    { features: described, right },
    ...examples.map((features, i) => ({ features, right, i })),
  ]);
  const parts = Math.min(folds, Math.max(...shown.map(({ examples }) => examples.length)));
  // One example a label has no part of its own to be held out in: every second label's is.
  const isHeld = ({ right, i }: Known, part: number) => i !== undefined && (parts < 2 ? right % 2 : i % parts) === part;
  const heldIn = async (part: number, strength: number, from?: Linear) => {
    const others = await fit(
      known.filter((one) => !isHeld(one, part)),
      { labels: labels.length, strength, from, breathe },
    );
    const held = known.filter((one) => isHeld(one, part)).map(({ features, right }) => ({ scores: scoresOf(others, features), right }));
    return { strength, others, held };
  };
  // What is pulled harder is not far from what is pulled less.
  let best = await heldIn(0, strengths[0]);
  let last = best;
  for (const strength of strengths.slice(1)) {
    last = await heldIn(0, strength, last.others);
    if (lossOf(last.held) < lossOf(best.held)) best = last;
  }
  const { strength } = best;
  const held = best.held;
  for (let part = 1; part < Math.max(2, parts); part++) held.push(...(await heldIn(part, strength)).held);

  const linear = await fit(known, { labels: labels.length, strength, breathe });
  const strange = outside.map((features): Scored => ({ scores: scoresOf(linear, features) }));
  const assumed: Scored[] = [];
  const apart = Math.min(unheard, labels.length);
  // Of two labels none can be left out.
  for (let part = 0; part < (strange.length || labels.length < 3 ? 0 : apart); part++) {
    const kept = [...labels.keys()].filter((k) => k % apart !== part);
    const told = known.filter(({ right }) => kept.includes(right)).map((one) => ({ ...one, right: kept.indexOf(one.right) }));
    const others = await fit(told, { labels: kept.length, strength, breathe });
    const left = known.filter(({ right, i }) => i !== undefined && !kept.includes(right));
    assumed.push(...left.map(({ features }) => ({ scores: scoresOf(others, features) })));
  }
  const calibration = fitCalibration([...held, ...strange], assumed, data, { outside: share, ...(risk === undefined ? {} : { risk }) });
  return { head: { labels, linear, calibration }, held };
}

function fit(some: readonly Known[], how: Omit<Fit, "towards">): Promise<Linear> {
  const examples = some.map(({ features }) => features);
  const right = some.map((one) => one.right);
  return fitLinear(examples, likelihood(right), { ...how, towards: means(some, how.labels) });
}

/** How unlikely what is right is, on average, once scores have their temperature. */
function lossOf(held: readonly (Scored & { readonly right: number })[]): number {
  const scale = { ...fitCalibration(held, [], "").scale, none: Number.NEGATIVE_INFINITY };
  return held.reduce((sum, { scores, right }) => sum - Math.log(scaled(scores, scale).options[right] || Number.MIN_VALUE), 0) / held.length;
}

/** Of each label the direction that what is shown of it has in the mean, but for its length, as long as it is drawn there. */
function means(known: readonly Known[], labels: number): Float32Array {
  const size = known[0]!.features.length;
  const weights = new Float32Array(labels * size);
  for (const { features, right } of known) {
    const of = weights.subarray(right * size, (right + 1) * size - 1);
    of.set(of.map((x, i) => x + features[i]!));
  }
  for (let k = 0; k < labels; k++) {
    const of = weights.subarray(k * size, (k + 1) * size);
    const times = (drawn * labels) / known.length / (Math.hypot(...of) || 1);
    of.set(of.map((x) => x * times));
  }
  return weights;
}
