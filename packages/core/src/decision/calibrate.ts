import { sha256 } from "#platform/sha256";
import { TroupeError } from "../error/error.js";
import { optionInvalid } from "../error/option-invalid.js";
import { say } from "../schema/say.js";
import { type Calibration, type CalibrationOptions, fitCalibration } from "./calibration.js";
import { distributed } from "./check-answers.js";
import { checkList } from "./check-list.js";
import type { Scored } from "./fit-scale.js";

/** What a decision model said of a case, and what is right. */
export interface Judged {
  /** The probabilities of its answer, by label. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** The right label; null where none of them is. */
  readonly label: string | null;
}

export interface CalibrateOptions extends CalibrationOptions {
  /** The id of the model that answered: `calibrated` then takes no other. */
  readonly model?: string;
}

/** Of servers that round: a probability of 0 is one of less than this. */
export const least = 1e-6;

/**
 * Learns from known cases how sure a decision model's choices are: a temperature, the chance that no label is right, and, for a risk
 * the caller names, the confidence under which to abstain (see `abstainBelow`). The cases may have labels of their own each. Where a
 * share `outside` is named and none of them lacks a right label, each is taken once more without it, which is what a case that belongs to
 * no label looks like.
 *
 * @throws TroupeError `CALIBRATION_SMALL`; `CALIBRATION_INVALID`, which names the case, for a label without a probability, and for probabilities
 * that are no distribution over two labels or more; `OPTION_INVALID`.
 * @example
 * const model = decisions("llamacpp:smollm2-135m+decisions");
 * const surer = calibrated(model, calibrate(judged, { risk: 0.02, model: model.id }));
 */
export function calibrate(judged: readonly Judged[], given: CalibrateOptions = {}): Calibration {
  const { model, ...options } = Object(given) as CalibrateOptions;
  checkList("calibrate", "judged", judged, "Give a list of what a model answered and what is right: [{ probabilities, label }, …].");
  if (judged.length === 0)
    throw new TroupeError("CALIBRATION_SMALL", "There are no cases to learn from", { hint: "Give cases whose answer is known." });
  if (model !== undefined && typeof model !== "string")
    throw optionInvalid("calibrate", "model", `is ${say(model)}`, "Give the model's id: model: model.id.");
  const cases = judged.map(scoredOf);
  const known = !options.outside || cases.some(({ right }) => right === undefined);
  const assumed = known ? [] : cases.map(withoutRight).filter(({ scores }) => scores.length > 0);
  const learned = fitCalibration(cases, assumed, hashOf(judged), options);
  return model === undefined ? learned : { ...learned, model };
}

function scoredOf(judged: Judged, place: number): Scored {
  const { probabilities, label } = Object(judged) as Judged;
  const shares = Object(probabilities) as Judged["probabilities"];
  const labels = Object.keys(shares);
  const invalid = (what: string, hint: string) =>
    new TroupeError("CALIBRATION_INVALID", `judged[${place}] has ${what}`, { field: `judged[${place}]`, hint });
  // What is no answer teaches nothing, and would do so without a word.
  const wrong = labels.length < 2 ? `probabilities of ${labels.length ? "one label" : "nothing"}` : distributed(labels, probabilities);
  if (wrong !== undefined)
    throw invalid(
      wrong,
      'Give what the model answered as it is, of each label a probability: { probabilities: { billing: 0.9, bug: 0.1 }, label: "billing" }.',
    );
  if (label !== null && !labels.includes(label))
    throw invalid(
      `the label ${label}, of which no probability is given`,
      "Give each label's probability; of a case that none fits, the label is null.",
    );
  const scores = Object.values(shares).map((share) => Math.log(Math.max(share, least)));
  return label === null ? { scores } : { scores, right: labels.indexOf(label) };
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
