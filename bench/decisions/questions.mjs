// Closed questions of a file, put to each decision model, beside a rule that counts words.
import { median } from "./median.mjs";

/**
 * A line of JSON each: { kind?, part?, state, question, options, answer, ordered? }. `options` is a list of labels, or labels and what they
 * mean; `["yes", "no"]` is a yes-or-no question, and with `ordered` they are levels. Prints by kind and part what is right and the mean log
 * loss, the calibration error of the likeliest option's probability, and milliseconds a question.
 */
export async function questions(cases, models) {
  const kinds = [...new Set(cases.map(kindOf))];
  const widths = [52, ...kinds.map((kind) => Math.max(12, kind.length + 2)), 6, 5];
  const row = (cells) =>
    console.log(cells.map((cell, i) => (i ? String(cell).padStart(widths[i]) : String(cell).padEnd(widths[i]))).join(" "));
  row(["right", ...kinds.map((kind) => `${kind}`), "ECE", "ms"]);
  const report = (name, outcomes) => {
    const share = (kind) => {
      const own = outcomes.filter((outcome) => outcome?.kind === kind);
      const asked = cases.filter((one) => kindOf(one) === kind).length;
      const loss = own.every((one) => one.loss !== undefined) ? ` ${mean(own.map((one) => one.loss)).toFixed(2)}` : "";
      return own.length ? `${own.filter(({ right }) => right).length}/${asked}${loss}` : "–";
    };
    const told = outcomes.filter((outcome) => outcome?.sure !== undefined);
    const ms = outcomes.flatMap((outcome) => (outcome?.ms === undefined ? [] : [outcome.ms]));
    row([name, ...kinds.map(share), told.length ? calibrationError(told).toFixed(2) : "", ms.length ? median(ms).toFixed(0) : ""]);
  };
  report(
    "the option that shares most words, else the first",
    cases.map((one) => ({ kind: kindOf(one), right: byWords(one) === one.answer })),
  );
  report(
    "the first option, all of them alike",
    cases.map((one) => ({ kind: kindOf(one), right: labelsOf(one)[0] === one.answer, loss: Math.log(labelsOf(one).length) })),
  );
  for (const model of models) {
    const decider = await model.load();
    const outcomes = [];
    for (const one of cases) outcomes.push(await asked(decider, one));
    report(model.id, outcomes);
  }
}

const kindOf = ({ kind = "all", part }) => (part === undefined ? kind : `${kind}, ${part}`);

const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;

const labelsOf = ({ options }) => (Array.isArray(options) ? options : Object.keys(options));

/** A question as decision models take it, and the options by the answers' probabilities. */
function closed({ question: instructions, options, ordered }) {
  const labels = labelsOf({ options });
  if (labels.join() === "yes,no") return { type: "noul", instructions };
  if (ordered) return { type: "score", instructions, criteria: labels };
  return {
    type: "choice",
    instructions,
    criteria: Array.isArray(options) ? Object.fromEntries(labels.map((label) => [label, null])) : options,
  };
}

/** Undefined where the model does not take such questions. */
async function asked(decider, one) {
  const start = performance.now();
  const response = await decider.invoke({ state: one.state, questions: { q: closed(one) } }).catch((error) => {
    if (error.code === "QUESTION_UNSUPPORTED") return undefined;
    throw error;
  });
  if (!response) return undefined;
  const ms = performance.now() - start;
  const { q } = response.answers;
  const labels = labelsOf(one);
  const shares =
    q.type === "noul"
      ? [q.noul, 1 - q.noul]
      : q.type === "score"
        ? labels.map((_, i) => q.probabilities[i])
        : labels.map((label) => q.probabilities[label]);
  const sure = Math.max(...shares);
  const loss = -Math.log(Math.max(shares[labels.indexOf(one.answer)], 1e-9));
  return { kind: kindOf(one), right: labels[shares.indexOf(sure)] === one.answer, sure, loss, ms };
}

function byWords({ state, options }) {
  const words = new Set(
    String(typeof state === "string" ? state : JSON.stringify(state))
      .toLowerCase()
      .match(/\p{L}{3,}/gu),
  );
  const scored = (Array.isArray(options) ? options.map((label) => [label, label]) : Object.entries(options)).map(([label, means]) => {
    const own = `${label} ${means ?? ""}`.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
    return { label, shared: own.filter((word) => words.has(word)).length };
  });
  return scored.reduce((best, one) => (one.shared > best.shared ? one : best)).label;
}

/** Over 15 bins. */
function calibrationError(outcomes) {
  const bins = Array.from({ length: 15 }, () => []);
  for (const outcome of outcomes) bins[Math.min(14, Math.floor(outcome.sure * 15))].push(outcome);
  return bins
    .filter((bin) => bin.length)
    .reduce(
      (sum, bin) =>
        sum + (bin.length / outcomes.length) * Math.abs(mean(bin.map(({ sure }) => sure)) - mean(bin.map(({ right }) => Number(right)))),
      0,
    );
}
