// How likely a value must be for `extract` to take it: what core's `fitCalibration` learns from some texts, and what comes of it on others.
// node bench/extract/sure.mjs --learn FILE … --judge FILE … [--risk 0.02] [--half even]
//   Files in the form of `--texts`; of those that judge --half takes one half, by hash of id. Prints the scale and the threshold for the risk
//   (fields answered and wrong, of all), then, for thresholds, how many fields the patterns would take on the judging texts, and how many
//   of these are wrong.
import { parseArgs } from "node:util";
import { fitCalibration } from "@troupe/core";
import { createJiti } from "jiti";
import { halfOf, recordsOf, squeezed } from "./records.mjs";

const { values } = parseArgs({
  options: {
    learn: { type: "string", multiple: true, default: [] },
    judge: { type: "string", multiple: true, default: [] },
    risk: { type: "string", default: "0.02" },
    half: { type: "string" },
  },
});
const source = new URL("../../packages/nodes/src/text/extraction/", import.meta.url);
const from = (path) => createJiti(import.meta.url).import(new URL(path, source).href);
const [{ surveyOf }, { soughtFor }, { rank }] = await Promise.all(["survey.ts", "sought.ts", "rank.ts"].map(from));

const written = new Set(["text", "organisation", "person"]);

/** What patterns think of a field: how likely each value is, and which is right. */
function judgedOf({ text, fields, expected }, name) {
  const sought = soughtFor(name, fields);
  const probabilities = {};
  for (const { candidate, share } of rank(surveyOf(sought.kind, text), sought)) probabilities[candidate.value] ??= share;
  const is = (value) => (written.has(sought.kind) ? squeezed(value) === squeezed(expected[name]) : value === String(expected[name]));
  const label = expected[name] === null ? null : (Object.keys(probabilities).find(is) ?? null);
  return { probabilities, label };
}

const casesOf = async (files, half) =>
  (await Promise.all(files.map(recordsOf)))
    .flat()
    .filter((record) => !half || halfOf(record) === half)
    .flatMap((record) => Object.keys(record.fields).map((name) => judgedOf(record, name)))
    .filter(({ probabilities }) => Object.keys(probabilities).length);

const learnt = await casesOf(values.learn);
/** Shares of values that are no whole distribution: what is left of it is that none is right, and a value may stand there twice. */
const scored = learnt.map(({ probabilities, label }) => {
  const scores = Object.values(probabilities).map((share) => Math.log(Math.max(share, 1e-6)));
  return label === null ? { scores } : { scores, right: Object.keys(probabilities).indexOf(label) };
});
const { scale, threshold } = fitCalibration(scored, [], "bench", { risk: Number(values.risk) });
console.log(`${learnt.length} fields:`, scale, `at a risk of ${values.risk} a value is taken from ${threshold.toFixed(3)} on, as scaled`);

const judging = (await casesOf(values.judge, values.half)).map(({ probabilities, label }) => {
  const [value, share] = Object.entries(probabilities).sort((a, b) => b[1] - a[1])[0];
  return { share, right: value === label };
});
const bars = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99];
console.log(`${judging.length} fields judge`);
console.table(
  Object.fromEntries(
    bars.map((bar) => {
      const taken = judging.filter(({ share }) => share >= bar);
      return [bar, { taken: taken.length, wrong: taken.filter(({ right }) => !right).length }];
    }),
  ),
);
