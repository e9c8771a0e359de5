import { sha256 } from "#platform/sha256";
import { TroupeError } from "../error/error.js";
import { type Calibration, type CalibrationOptions, fitCalibration } from "./calibration.js";
import { isShare } from "./check-answers.js";
import { checkList } from "./check-list.js";
import type { Scored } from "./fit-scale.js";

/** What a decision model said of a case, and what is right. */
export interface Judged {
  /** The probabilities of its answer, by label. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** The right label; null where none of them is. */
  readonly label: string | null;
}

/** Of servers that round: a probability of 0 is one of less than this. */
export const least = 1e-6;

/**
 * Learns from known cases how sure a decision model's choices are: a temperature, the chance that no label is right, and, for a risk
 * the caller names, the confidence under which to abstain (see `abstainBelow`). The cases may have labels of their own each. Where a
 * share `outside` is named and none of them lacks a right label, each is taken once more without it, which is what a case that belongs to
 * no label looks like.
 *
 * @throws TroupeError `CALIBRATION_SMALL`; `CALIBRATION_INVALID` for a label without a probability, and for what is none;
 * `OPTION_INVALID`.
 * @example
 * const learned = calibrate(judged, { risk: 0.02 });
 * const surer = calibrated(decisions("llamacpp:smollm2-135m+decisions"), learned);
 */
export function calibrate(judged: readonly Judged[], options: CalibrationOptions = {}): Calibration {
  checkList("calibrate", "judged", judged, "Give a list of what a model answered and what is right: [{ probabilities, label }, …].");
  if (judged.length === 0)
    throw new TroupeError("CALIBRATION_SMALL", "There are no cases to learn from", { hint: "Give cases whose answer is known." });
  const cases = judged.map(scoredOf);
  const known = !options.outside || cases.some(({ right }) => right === undefined);
  const assumed = known ? [] : cases.map(withoutRight).filter(({ scores }) => scores.length > 0);
  return fitCalibration(cases, assumed, hashOf(judged), options);
}

function scoredOf(judged: Judged): Scored {
  const { probabilities = {}, label } = Object(judged) as Judged;
  const shares = Object.values(Object(probabilities) as Judged["probabilities"]);
  const strange = shares.findIndex((share) => !isShare(share));
  if (strange >= 0 || shares.length === 0) {
    const what = shares.length ? `${shares[strange]} for ${Object.keys(probabilities)[strange]}` : "nothing";
    throw new TroupeError("CALIBRATION_INVALID", `A case has ${what} in place of a probability from 0 to 1`, {
      hint: 'Give what the model answered as it is: { probabilities: { billing: 0.9, bug: 0.1 }, label: "billing" }.',
    });
  }
  const scores = shares.map((share) => Math.log(Math.max(share, least)));
  if (label === null) return { scores };
  const right = Object.keys(probabilities).indexOf(label);
  if (right >= 0) return { scores, right };
  throw new TroupeError("CALIBRATION_INVALID", `A case has the label ${label}, of which no probability is given`, {
    hint: "Give each label's probability; of a case that none fits, the label is null.",
  });
}

/** The case as a model answers it that is not shown its right label: what is left has all the probability. */
function withoutRight({ scores, right }: Scored): Scored {
  const left = scores.filter((_, i) => i !== right);
  const all = Math.log(left.reduce((sum, score) => sum + Math.exp(score), 0));
  return { scores: left.map((score) => score - all) };
}

/** The same for the same cases, however their keys are ordered. */
function hashOf(judged: readonly Judged[]): string {
  const plain = judged.map(({ probabilities, label }) => [label, Object.entries(probabilities).sort(([a], [b]) => (a < b ? -1 : 1))]);
  return `sha256:${sha256(JSON.stringify(plain))}`;
}
