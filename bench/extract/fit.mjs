// Fits the weights of `extract` (packages/nodes/src/text/extraction/weights.ts) to texts again, from where they are, and prints what changes.
// node bench/extract/fit.mjs [FILE …] [--near 40] [--half odd|even]
//   Files in the form of `--texts`; without one, the texts of this folder. It makes the right value, or none, of a field's candidates as
//   likely as it can, as patterns see them, less --near times half of how far weights go from what they are, squared. --half fits to one
//   half of the texts, by hash of id; what is said of the other half is then of texts that the fit has not seen.
import { parseArgs } from "node:util";
import { createJiti } from "jiti";
import { halfOf, recordsOf, squeezed } from "./records.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { near: { type: "string", default: "40" }, half: { type: "string" } },
});
const near = Number(values.near);
const source = new URL("../../packages/nodes/src/", import.meta.url);
const from = (path) => createJiti(import.meta.url).import(new URL(path, source).href);
const [{ surveyOf }, { soughtFor }, { rank }, { weights, ofKind, enough, sharpness }, { minimise }] = await Promise.all([
  from("text/extraction/survey.ts"),
  from("text/extraction/sought.ts"),
  from("text/extraction/rank.ts"),
  from("text/extraction/weights.ts"),
  from("models/decisions/head/minimise.ts"),
]);

/** Signs that only receipts and the heads of documents show; these texts have too few of them. */
const kept = new Set(
  `recurs summed madeUp paidLessChange behindPaid nothing roundedTo roundedFrom taxed head legal trade online again domain address furniture
  garbled digits marks personal small dotted long soleTrade within similar`.split(/\s+/),
);
const signs = Object.keys(weights).filter((sign) => !kept.has(sign));
const kinds = Object.keys(ofKind);
const start = Float64Array.from([...signs.map((sign) => weights[sign]), ...kinds.map((kind) => ofKind[kind])]);

/** A field's candidates: how much of each thing that is fitted they have, what else they score, and whether they are the right value. */
function fieldOf(text, name, { fields, expected }) {
  const sought = soughtFor(name, fields);
  const survey = surveyOf(sought.kind, text);
  const [wanted, kind] = [expected[name], signs.length + kinds.indexOf(sought.kind)];
  const isWritten = ["text", "organisation", "person"].includes(sought.kind);
  const isRight = (value) => wanted !== null && (isWritten ? squeezed(value) === squeezed(wanted) : value === wanted);
  return rank(survey, sought).map(({ candidate, score, signs: has }) => {
    const parts = [...signs.flatMap((sign, i) => (has[sign] ? [[i, has[sign]]] : [])), [kind, 1]];
    return { parts, rest: score - parts.reduce((sum, [i, much]) => sum + start[i] * much, 0), right: isRight(candidate.value) };
  });
}

/** How likely each candidate is by some weights, and none of them. */
function sharesOf(candidates, at) {
  const scores = candidates.map(({ parts, rest }) => parts.reduce((sum, [i, much]) => sum + at[i] * much, rest));
  const most = Math.max(enough, ...scores);
  const likely = [...scores, enough].map((score) => Math.exp(sharpness * (score - most)));
  const all = likely.reduce((sum, one) => sum + one, 0);
  return likely.map((one) => one / all);
}

/** How unlikely what is right is; adds to the gradient, where there is one. */
function lossOf(candidates, at, gradient) {
  const shares = sharesOf(candidates, at);
  const some = candidates.some(({ right }) => right);
  const isRight = (i) => (some ? candidates[i]?.right === true : i === candidates.length);
  const right = shares.reduce((sum, share, i) => sum + (isRight(i) ? share : 0), 0);
  if (gradient)
    for (const [i, { parts }] of candidates.entries())
      for (const [sign, much] of parts) gradient[sign] += sharpness * much * (shares[i] - (isRight(i) ? shares[i] / right : 0));
  return -Math.log(right);
}

const files = positionals.length
  ? positionals
  : ["texts", "later-texts", "more-texts"].map((name) => new URL(`${name}.jsonl`, import.meta.url));
const records = (await Promise.all(files.map(recordsOf))).flat();
const fieldsOf = (some) => some.flatMap((record) => Object.keys(record.fields).map((name) => fieldOf(record.text, name, record)));
const [learnt, others] = [true, false].map((is) =>
  fieldsOf(records.filter((record) => (!values.half || halfOf(record) === values.half) === is)),
);

const slope = (at, gradient) => {
  let loss = 0;
  gradient.set(at.map((weight, i) => near * (weight - start[i])));
  for (const candidates of learnt) loss += lossOf(candidates, at, gradient);
  return loss + (near / 2) * at.reduce((sum, weight, i) => sum + (weight - start[i]) ** 2, 0);
};
const fitted = await minimise(slope, start, async () => {}, { enough: 1e-6 });
const mean = (some, at) => (some.reduce((sum, candidates) => sum + lossOf(candidates, at), 0) / some.length).toFixed(3);
for (const [name, some] of Object.entries({ "fitted to": learnt, others }))
  if (some.length)
    console.log(`${name}: ${some.length} fields, how unlikely what is right is ${mean(some, start)}, then ${mean(some, fitted)}`);
const rows = [...signs, ...kinds.map((kind) => `of the kind ${kind}`)].map((name, i) => [
  name,
  { is: start[i], fitted: fitted[i].toFixed(2) },
]);
console.table(Object.fromEntries(rows.filter(([, { is, fitted }]) => Math.abs(is - fitted) >= 0.01)));
