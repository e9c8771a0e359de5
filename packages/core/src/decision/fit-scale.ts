import { type Scale, scaled } from "./scale.js";

/** Scores of one case's options, and which of them is right; none is where `right` is absent. */
export interface Scored {
  readonly scores: readonly number[];
  readonly right?: number;
}

/** Of Newton's method, which needs about ten. */
const rounds = 100;
const close = 1e-9;
/** Temperatures outside are no scale but a model that knows nothing, or cases too few to tell. */
const temperatures = { least: 0.01, most: 100 };

/**
 * Fits a temperature (Guo et al. 2017) and the score of "none of these" by maximum likelihood, which is convex in both. Targets are
 * smoothed as Platt (1999) does, so that a few cases, all of them right, promise no certainty. `outside` is the share of cases in use of
 * which no option is right: those without a right one weigh as much together, whatever their number here.
 */
export function fitScale(cases: readonly Scored[], outside: number): Scale {
  const inside = cases.filter(({ right }) => right !== undefined).length;
  const others = cases.length - inside;
  const share = others === 0 ? 0 : inside === 0 ? 1 : outside;
  const weighed = cases.map(({ scores, right = scores.length }) => ({
    scores,
    right,
    weight: right < scores.length ? (1 - share) / inside : share / others,
    doubt: 1 / ((right < scores.length ? inside : others) + 2),
  }));
  let [slope, none] = [1, 0];
  let loss = measured(weighed, slope, none);
  for (let round = 0; round < rounds; round++) {
    const { gs, gn, ss, sn, nn } = loss;
    const det = ss * nn - sn * sn;
    if (!(det > 0)) break;
    let [ds, dn] = [(gs * nn - gn * sn) / det, (gn * ss - gs * sn) / det];
    // At a bound that it would cross, the slope stands still, and the other goes its own way.
    if (bounded(slope - ds) === slope) [ds, dn] = [0, gn / nn];
    let step = 1;
    let next = loss;
    do {
      next = measured(weighed, bounded(slope - step * ds), none - step * dn);
      if (next.value <= loss.value) break;
      step /= 2;
    } while (step > close);
    if (next.value > loss.value) break;
    const gained = loss.value - next.value;
    [slope, none, loss] = [bounded(slope - step * ds), none - step * dn, next];
    if (gained < close) break;
  }
  return { temperature: 1 / slope, none };
}

const bounded = (slope: number): number => Math.min(1 / temperatures.least, Math.max(1 / temperatures.most, slope));

interface Weighed {
  readonly scores: readonly number[];
  readonly right: number;
  readonly weight: number;
  /** What of its target is left to the options that are wrong. */
  readonly doubt: number;
}

/** Loss, gradient and second derivatives by the slope (1 / temperature) and the score of none; a hair of ridge keeps them definite. */
function measured(cases: readonly Weighed[], slope: number, none: number) {
  const ridge = 1e-6;
  const sum = { value: (ridge * (slope * slope + none * none)) / 2, gs: ridge * slope, gn: ridge * none, ss: ridge, sn: 0, nn: ridge };
  for (const { scores, right, weight, doubt } of cases) {
    const { options, none: unknown } = scaled(scores, { temperature: 1 / slope, none });
    const target = (i: number) => (i === right ? 1 - doubt : doubt / scores.length);
    let [expected, square, aimed] = [0, 0, 0];
    for (let i = 0; i < scores.length; i++) {
      expected += options[i]! * scores[i]!;
      square += options[i]! * scores[i]! * scores[i]!;
      aimed += target(i) * scores[i]!;
      sum.value -= weight * target(i) * Math.log(options[i]! || Number.MIN_VALUE);
    }
    sum.value -= weight * target(scores.length) * Math.log(unknown || Number.MIN_VALUE);
    sum.gs += weight * (expected - aimed);
    sum.gn += weight * (unknown - target(scores.length));
    sum.ss += weight * (square - expected * expected);
    sum.sn -= weight * expected * unknown;
    sum.nn += weight * unknown * (1 - unknown);
  }
  return sum;
}
