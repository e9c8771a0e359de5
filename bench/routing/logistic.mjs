// The baseline: multinomial logistic regression over sparse or dense rows, with a ridge whose strength cross-validation chooses.

/** Fits by L-BFGS to convergence; rows are { at: indices, by: values }. Gives a function from a row to probabilities. */
function fitLogistic(rows, right, labels, size, strength) {
  const loss = (w, gradient) => {
    let sum = 0;
    for (let i = 0; i < labels * size; i++) {
      sum += w[i] * w[i];
      gradient[i] = w[i] / strength;
    }
    gradient.fill(0, labels * size);
    sum /= 2 * strength;
    const scores = new Float64Array(labels);
    for (const [n, row] of rows.entries()) {
      scoresOf(w, row, labels, size, scores);
      const most = Math.max(...scores);
      let all = 0;
      for (let k = 0; k < labels; k++) all += Math.exp(scores[k] - most);
      sum += Math.log(all) + most - scores[right[n]];
      for (let k = 0; k < labels; k++) {
        const over = Math.exp(scores[k] - most) / all - (k === right[n] ? 1 : 0);
        gradient[labels * size + k] += over;
        for (let i = 0; i < row.at.length; i++) gradient[row.at[i] * labels + k] += over * row.by[i];
      }
    }
    return sum;
  };
  const w = descend(loss, labels * (size + 1));
  return (row) => {
    const scores = new Float64Array(labels);
    scoresOf(w, row, labels, size, scores);
    const most = Math.max(...scores);
    const shares = Array.from(scores, (score) => Math.exp(score - most));
    const all = shares.reduce((a, b) => a + b, 0);
    return shares.map((share) => share / all);
  };
}

function scoresOf(w, { at, by }, labels, size, scores) {
  for (let k = 0; k < labels; k++) scores[k] = w[labels * size + k];
  for (let i = 0; i < at.length; i++) {
    const [from, value] = [at[i] * labels, by[i]];
    for (let k = 0; k < labels; k++) scores[k] += w[from + k] * value;
  }
}

/** L-BFGS with five pairs and a halving line search. */
function descend(loss, count) {
  const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);
  let at = new Float64Array(count);
  let gradient = new Float64Array(count);
  let value = loss(at, gradient);
  const pairs = [];
  for (let round = 0; round < 100; round++) {
    const direction = gradient.map((x) => -x);
    const shares = [];
    for (let p = pairs.length - 1; p >= 0; p--) {
      shares[p] = dot(pairs[p].step, direction) / pairs[p].curve;
      for (let i = 0; i < count; i++) direction[i] -= shares[p] * pairs[p].change[i];
    }
    const last = pairs.at(-1);
    if (last) {
      const scale = last.curve / dot(last.change, last.change);
      for (let i = 0; i < count; i++) direction[i] *= scale;
    }
    for (const [p, { step, change, curve }] of pairs.entries()) {
      const by = shares[p] - dot(change, direction) / curve;
      for (let i = 0; i < count; i++) direction[i] += by * step[i];
    }
    const promise = dot(direction, gradient);
    let length = last ? 1 : 1 / Math.max(1, Math.sqrt(-promise));
    let [there, next, reached] = [at, gradient, value];
    for (; length > 1e-10; length /= 2) {
      there = at.map((x, i) => x + length * direction[i]);
      next = new Float64Array(count);
      reached = loss(there, next);
      if (reached <= value + 1e-4 * length * promise) break;
    }
    if (!(reached < value)) break;
    const step = there.map((x, i) => x - at[i]);
    const change = next.map((x, i) => x - gradient[i]);
    const curve = dot(step, change);
    if (curve > 0) pairs.push({ step, change, curve });
    if (pairs.length > 5) pairs.shift();
    const gained = value - reached;
    [at, gradient, value] = [there, next, reached];
    if (gained < 1e-3 * value) break;
  }
  return at;
}

/** Fits with the strength that is right most often on a third held out. */
export function fitBest(rows, right, labels, size, strengths = [10, 30, 100]) {
  const [kept, held] = [rows.map((_, i) => i).filter((i) => i % 3), rows.map((_, i) => i).filter((i) => i % 3 === 0)];
  const rightOf = (strength) => {
    const tell = fitLogistic(
      kept.map((i) => rows[i]),
      kept.map((i) => right[i]),
      labels,
      size,
      strength,
    );
    return held.filter((i) => likeliest(tell(rows[i])) === right[i]).length;
  };
  const [best] = strengths.map((strength) => ({ strength, right: rightOf(strength) })).sort((a, b) => b.right - a.right);
  return { tell: fitLogistic(rows, right, labels, size, best.strength), strength: best.strength };
}

const likeliest = (shares) => shares.indexOf(Math.max(...shares));

export const dense = (vector) => ({ at: vector.map((_, i) => i), by: vector });

/** TF-IDF with sublinear counts and length 1, of words and pairs of them (`words`) or of three to five letters within words (`letters`). */
export function tfidf(texts, kind) {
  const termsOf = (text) => {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
    if (kind === "words") return [...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`)];
    return (text.toLowerCase().match(/\S+/g) ?? []).flatMap((word) => {
      const padded = ` ${word} `;
      return [3, 4, 5].flatMap((long) =>
        Array.from({ length: Math.max(0, padded.length - long + 1) }, (_, i) => padded.slice(i, i + long)),
      );
    });
  };
  const seenIn = new Map();
  for (const text of texts) for (const term of new Set(termsOf(text))) seenIn.set(term, (seenIn.get(term) ?? 0) + 1);
  const terms = new Map([...seenIn.keys()].map((term, i) => [term, i]));
  const rowOf = (text) => {
    const counts = new Map();
    for (const term of termsOf(text)) if (terms.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
    const at = [...counts.keys()].map((term) => terms.get(term));
    const by = [...counts].map(([term, count]) => (1 + Math.log(count)) * (1 + Math.log((1 + texts.length) / (1 + seenIn.get(term)))));
    const long = Math.hypot(...by) || 1;
    return { at, by: by.map((x) => x / long) };
  };
  return { rowOf, size: terms.size };
}
