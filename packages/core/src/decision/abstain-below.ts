import { TroupeError } from "../error/error.js";

/** How sure an answer was, from 0 to 1, and whether it was right. */
export interface Sureness {
  readonly confidence: number;
  readonly right: boolean;
}

/** Above every confidence. */
export const nothing = 1.01;

/**
 * The confidence under which to abstain, so that of all further cases at most the share `risk` is answered and wrong: conformal risk
 * control (Angelopoulos, Bates, Fisch, Lei, Schuster 2022) with the loss "answered and wrong", which falls as the bar rises. It holds in
 * expectation, for cases that come as those given came. `nothing` where no confidence is enough.
 * @throws TroupeError `CALIBRATION_SMALL` where fewer than 1 / risk - 1 cases are given: so few cannot promise it.
 */
export function abstainBelow(cases: readonly Sureness[], risk: number): number {
  if ((cases.length + 1) * risk < 1) {
    const needed = Math.ceil(1 / risk) - 1;
    throw new TroupeError("CALIBRATION_SMALL", `${cases.length} cases cannot promise a risk of ${risk}, which takes ${needed} or more`, {
      hint: "Give more cases whose answer is known, or accept a larger risk.",
    });
  }
  const ranked = [...cases].sort((a, b) => b.confidence - a.confidence);
  let wrong = 0;
  let bar = nothing;
  for (const [i, { confidence, right }] of ranked.entries()) {
    if (!right) wrong++;
    // Cases of one confidence are answered together.
    if (ranked[i + 1]?.confidence === confidence) continue;
    if (wrong + 1 > risk * (cases.length + 1)) break;
    bar = confidence;
  }
  return bar;
}
