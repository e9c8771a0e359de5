/** How strongly weights are drawn to nothing, in units of their sign's spread. */
const drawn = 10;
const rounds = 20;

/**
 * The weight of each sign by a conditional logit, by Newton's method: of `cases`, each `signs` is a candidate's, `right` is which is meant,
 * -1 where none is. `any`, 1 everywhere, is what speaks for a candidate against none, and is not drawn to nothing.
 */
export function fitted(cases) {
  const all = cases.flatMap(({ signs }) => signs);
  const names = Object.keys(all[0]);
  const spread = names.map((name) => deviation(all.map((one) => one[name])) || 1);
  const scaled = cases.map(({ signs, right }) => ({ right, rows: signs.map((one) => names.map((name, i) => one[name] / spread[i])) }));
  const weights = names.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    const slope = names.map((name, i) => (name === "any" ? 0 : -drawn * weights[i]));
    const bend = names.map((name, i) => names.map((_, j) => (i === j && name !== "any" ? drawn : 0)));
    for (const { right, rows } of scaled) {
      const parts = rows.map((row) => Math.exp(row.reduce((sum, value, i) => sum + value * weights[i], 0)));
      const sum = parts.reduce((total, one) => total + one, 1);
      const mean = names.map((_, i) => rows.reduce((total, row, k) => total + (row[i] * parts[k]) / sum, 0));
      for (let i = 0; i < names.length; i++) {
        slope[i] += (rows[right]?.[i] ?? 0) - mean[i];
        for (let j = 0; j < names.length; j++)
          bend[i][j] += rows.reduce((total, row, k) => total + (row[i] * row[j] * parts[k]) / sum, 0) - mean[i] * mean[j];
      }
    }
    for (const [i, step] of solved(bend, slope).entries()) weights[i] += step;
  }
  return Object.fromEntries(names.map((name, i) => [name, weights[i] / spread[i]]));
}

/** The solution of a symmetric system of equations, by elimination. */
export function solved(matrix, right) {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  for (let i = 0; i < rows.length; i++) {
    const most = rows.slice(i).reduce((best, row, k) => (Math.abs(row[i]) > Math.abs(rows[best][i]) ? i + k : best), i);
    [rows[i], rows[most]] = [rows[most], rows[i]];
    for (const [k, row] of rows.entries()) {
      const times = k === i ? 0 : row[i] / rows[i][i];
      if (times !== 0) for (let j = i; j < row.length; j++) row[j] -= times * rows[i][j];
    }
  }
  return rows.map((row, i) => row.at(-1) / row[i]);
}

const mean = (all) => all.reduce((sum, one) => sum + one, 0) / (all.length || 1);
const deviation = (all) => Math.sqrt(mean(all.map((one) => (one - mean(all)) ** 2)));
