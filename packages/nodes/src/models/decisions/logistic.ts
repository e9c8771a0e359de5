/** A probability that rises with `x`: `1 / (1 + exp(-(slope * x + offset)))`. */
export interface Logistic {
  readonly slope: number;
  readonly offset: number;
}

export const probability = ({ slope, offset }: Logistic, x: number): number => 1 / (1 + Math.exp(-(slope * x + offset)));

/**
 * Fits a logistic curve to what was right and what was not, both groups of the same weight (Platt scaling: Platt 1999, by Newton's
 * method with a little ridge so that groups that do not overlap give no cliff).
 */
export function fitLogistic(right: readonly number[], wrong: readonly number[]): Logistic {
  const samples = [...right.map((x) => [x, 1, 1 / right.length] as const), ...wrong.map((x) => [x, 0, 1 / wrong.length] as const)];
  let slope = 0;
  let offset = 0;
  for (let round = 0; round < 50; round++) {
    let [gs, go, ss, so, oo] = [0.002 * slope, 0, 0.002, 0, 1e-6];
    for (const [x, y, weight] of samples) {
      const p = probability({ slope, offset }, x);
      const w = weight * p * (1 - p);
      gs += weight * (p - y) * x;
      go += weight * (p - y);
      ss += w * x * x;
      so += w * x;
      oo += w;
    }
    const det = ss * oo - so * so;
    if (Math.abs(det) < 1e-12) break;
    const ds = (gs * oo - go * so) / det;
    const dO = (go * ss - gs * so) / det;
    slope -= ds;
    offset -= dO;
    if (Math.abs(ds) + Math.abs(dO) < 1e-8) break;
  }
  return { slope, offset };
}
