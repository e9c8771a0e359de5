import { abstainBelow } from "./abstain-below.js";
import { fitScale, type Scored } from "./fit-scale.js";
import { type Scale, scaled } from "./scale.js";

/** What was learned of a decision model's answers to cases that are known. Plain data, to be kept as JSON. */
export interface Calibration {
  readonly version: 1;
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
  /** The share of cases in use for which no option is right. Default: 0.05. */
  readonly outside?: number;
}

/**
 * Learns a scale from scores of known cases, and, for a risk, the threshold. `assumed` are cases for which no option is right that were
 * made up; they teach the scale and do not count for the risk. The threshold is found with each half of the cases scaled by what the
 * other half teaches.
 * @throws TroupeError `CALIBRATION_SMALL`
 * @example
 * fitCalibration([{ scores: [3.1, 0.2], right: 0 }, …], [{ scores: [0.4, 0.2] }, …], "sha256:…", { risk: 0.05 });
 */
export function fitCalibration(
  cases: readonly Scored[],
  assumed: readonly Scored[],
  data: string,
  { risk, outside = 0.05 }: CalibrationOptions,
): Calibration {
  const scale = fitScale([...cases, ...assumed], outside);
  const learned = { version: 1, data, cases: cases.length, scale } as const;
  if (risk === undefined) return learned;
  const half = (list: readonly Scored[], which: number) => list.filter((_, i) => i % 2 === which);
  const sure = [0, 1].flatMap((which) => {
    const other = fitScale([...half(cases, 1 - which), ...half(assumed, 1 - which)], outside);
    return half(cases, which).map(({ scores, right }) => {
      const { options } = scaled(scores, other);
      const confidence = Math.max(...options);
      return { confidence, right: options.indexOf(confidence) === right };
    });
  });
  return { ...learned, risk, threshold: abstainBelow(sure, risk) };
}
