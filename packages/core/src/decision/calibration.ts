import type { TroupeError } from "../error/error.js";
import { optionInvalid, refuseUnknown } from "../error/option-invalid.js";
import { abstainBelow, nothing, type Sureness } from "./abstain-below.js";
import { isShare } from "./check-answers.js";
import { checkList } from "./check-list.js";
import { fitScale, type Scored } from "./fit-scale.js";
import { type Scale, scaled } from "./scale.js";

/** What was learned of a decision model's answers to cases that are known. Plain data, to be kept as JSON. */
export interface Calibration {
  readonly version: 1;
  /** The id of the model whose answers they were, where it was named. */
  readonly model?: string;
  /** `sha256:` and the hash of what it was learned from. */
  readonly data: string;
  /** How many cases that were. */
  readonly cases: number;
  readonly scale: Scale;
  /** Of all cases at most this share is answered and wrong, where answers of a confidence under the threshold are not taken. */
  readonly risk?: number;
  readonly threshold?: number;
}

export interface CalibrationOptions {
  /** The share of all cases that may be answered and wrong. With it, a threshold is found. */
  readonly risk?: number;
  /** The share of cases in use for which no option is right. Default: as many as among the cases. */
  readonly outside?: number;
}

/**
 * Learns a scale from scores of known cases, and, for a risk, the threshold. `assumed` are cases for which no option is right that were
 * made up: they teach the scale. Known or made up, such cases raise the threshold where they would cross the risk in the share `outside`,
 * but never lower it.
 * @throws TroupeError `CALIBRATION_SMALL`; `OPTION_INVALID` for a risk or an outside that is no share, and for other options
 * @example
 * fitCalibration([{ scores: [3.1, 0.2], right: 0 }, …], [{ scores: [0.4, 0.2] }, …], "sha256:…", { risk: 0.05 });
 */
export function fitCalibration(
  cases: readonly Scored[],
  assumed: readonly Scored[],
  data: string,
  options: CalibrationOptions = {},
): Calibration {
  const hint = "Give a list of scores, each with the right one: [{ scores: [3.1, 0.2], right: 0 }, …].";
  checkList("fitCalibration", "cases", cases, hint);
  checkList("fitCalibration", "assumed", assumed, hint);
  refuseUnknown("calibrate", options, ["risk", "outside"]);
  const inside = cases.filter(({ right }) => right !== undefined);
  const known = cases.filter(({ right }) => right === undefined);
  const { risk, outside = known.length / (cases.length || 1) } = options;
  if (!isShare(outside)) throw noShare("outside", outside);
  // What is compared alone may be a text.
  if (risk !== undefined && !(isShare(risk) && risk > 0 && risk < 1)) throw noShare("risk", risk);
  const scale = fitScale([...cases, ...assumed], outside);
  const learned = { version: 1, data, cases: cases.length, scale } as const;
  if (risk === undefined) return learned;
  // By the scale in use: one fitted to fewer cases is less sure of all, and a threshold found under it would let too much pass.
  const [sure, unknown, made] = [inside, known, assumed].map((list) => list.map((one) => surenessOf(one, scale)));
  const bar = abstainBelow([...sure!, ...unknown!], risk);
  const strange = [...unknown!, ...made!].map(({ confidence }) => confidence);
  return { ...learned, risk, threshold: strange.length ? raised(bar, sure!, strange, risk, outside) : bar };
}

const noShare = (name: string, given: unknown): TroupeError =>
  optionInvalid("calibrate", name, `is ${given}, which is no share`, "Write a share between 0 and 1: 0.05 is five of a hundred.");

function surenessOf({ scores, right }: Scored, scale: Scale): Sureness {
  const { options } = scaled(scores, scale);
  const confidence = Math.max(...options);
  // Of two that are as likely, nobody knows which the model takes.
  return { confidence, right: options.indexOf(confidence) === right && options.lastIndexOf(confidence) === right };
}

/** The lowest bar from `bar` on at which cases and strange ones, mixed as `outside` says, are answered wrongly no more often than the risk. */
function raised(bar: number, sure: readonly Sureness[], strange: readonly number[], risk: number, outside: number): number {
  const wrong = ascending(sure.filter(({ right }) => !right).map(({ confidence }) => confidence));
  const unknown = ascending(strange);
  const bars = ascending([bar, ...sure.map(({ confidence }) => confidence), ...strange].filter((one) => one >= bar));
  let [w, u] = [0, 0];
  for (const one of bars) {
    while (w < wrong.length && wrong[w]! < one) w++;
    while (u < unknown.length && unknown[u]! < one) u++;
    // One strange case more, as in conformal control: a few that are unsure promise nothing of the next.
    const share = ((1 - outside) * (wrong.length - w)) / (sure.length || 1) + (outside * (unknown.length - u + 1)) / (unknown.length + 1);
    if (share <= risk) return one;
  }
  return nothing;
}

const ascending = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
