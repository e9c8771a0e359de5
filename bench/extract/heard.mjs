// What the word of a chat model on a text's fields is to count beside what the reader finds (`named`, `declined`, `unfound` and `besideWord`
// in packages/nodes/src/text/extraction/weights.ts): a conditional logit over the candidates of each field and none of them.
// node bench/extract/heard.mjs [FILE …] [--model llamacpp:qwen2.5-coder-1.5b] [--cache FOLDER]
//   Files in the form of `--texts`; without one, the texts of this folder. With --cache what the model says is kept, so that a run that ended
//   goes on. Prints the weights, and for bars how many values would be right, wrong and missed in fifths of the texts, each told by a fit to
//   the others.
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { generate } from "@troupe/core";
import { embeddings, model } from "@troupe/nodes";
import { createJiti } from "jiti";
import { keptAnswers } from "../kept-answers.mjs";
import { recordsOf, squeezed } from "./records.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { model: { type: "string", default: "llamacpp:qwen2.5-coder-1.5b" }, cache: { type: "string" } },
});
const source = new URL("../../packages/nodes/src/text/extraction/", import.meta.url);
const from = (path) => createJiti(import.meta.url).import(new URL(path, source).href);
const [
  { readingOf },
  { soughtFor },
  { similarities },
  { surveyOf },
  { rank },
  { grounded },
  { namedBy },
  { weights, enough, sharpness },
  { minimise },
] = await Promise.all(
  [
    ...["reading.ts", "sought.ts", "similarities.ts", "survey.ts", "rank.ts", "grounded.ts", "named-by.ts", "weights.ts"],
    "../../models/decisions/head/minimise.ts",
  ].map(from),
);

const chat = model(options.model);
const vectors = await embeddings("llamacpp:minilm").load();
const host = { signal: new AbortController().signal, config: {}, token() {}, used() {} };
const ctx = { model: () => chat, progress() {}, generate: ({ model: _, ...request }) => generate(chat, request, host) };
if (options.cache) mkdirSync(options.cache, { recursive: true });
const ask = keptAnswers(async (fields, text) => ({ said: [...(await namedBy(chat, ctx, fields, text))] }), options.cache, [options.model]);

const written = new Set(["text", "organisation", "person"]);
const bars = [0.4, 0.5, 0.6, 0.7, 0.8];
/** What a value needs that the model does not name. */
const unnamed = 0.85;

/** The fields of a text: of each candidate its signs, and which is right. */
async function fieldsOf({ id, text, fields, expected }) {
  const sought = Object.fromEntries(Object.keys(fields).map((field) => [field, soughtFor(field, fields)]));
  const reading = readingOf(text, sought);
  const several = reading.inDoubt().filter((field) => reading.best(field).length);
  const similar = several.length ? await similarities(several, reading, sought, (texts) => vectors.embedDocuments([...texts])) : {};
  const { said } = await ask(fields, text);
  return said.flatMap(([field, word]) => {
    const before = reading.survey(field);
    const meant = grounded(word, before);
    if (meant === undefined) return [];
    const found = meant && !before.candidates.includes(meant) ? [meant] : [];
    const survey = found.length ? surveyOf(before.kind, text, undefined, undefined, [...before.candidates, ...found]) : before;
    const is = (value) => {
      if (expected[field] === null) return false;
      if (written.has(before.kind)) return squeezed(value) === squeezed(expected[field]);
      return (sought[field].unsigned ? Math.abs(value) : value) === expected[field];
    };
    const best = new Map();
    for (const one of rank(survey, sought[field], similar[field])) if (!best.has(one.candidate.value)) best.set(one.candidate.value, one);
    const all = [...best.values()].map(({ candidate: { value }, score, signs: { unfound = 0 } }) => {
      const named = Number(meant !== null && meant.value === value);
      const much = [
        score - unfound * weights.unfound - enough,
        named,
        named * Number(before.kind === "text"),
        unfound,
        Number(meant === null),
      ];
      return { right: is(value), named, much };
    });
    const fold = createHash("sha256").update(id).digest()[0] % 5;
    return all.length ? [{ fold, right: all.findIndex((one) => one.right), isThere: expected[field] !== null, all }] : [];
  });
}

const files = positionals.length
  ? positionals
  : ["texts", "later-texts", "more-texts", "everyday-texts", "fresh-texts", "written-texts"].map(
      (name) => new URL(`${name}.jsonl`, import.meta.url),
    );
const fields = [];
for (const file of files) for (const record of await recordsOf(file)) fields.push(...(await fieldsOf(record)));

/** How likely each candidate of a field is, and none of them last. */
function sharesOf({ all }, at) {
  const logs = [...all.map(({ much }) => sharpness * much.reduce((sum, one, i) => sum + one * at[i], 0)), 0];
  const most = Math.max(...logs);
  const parts = logs.map((log) => Math.exp(log - most));
  const sum = parts.reduce((total, one) => total + one, 0);
  return parts.map((one) => one / sum);
}
const rightOf = ({ right, all }) => (right < 0 ? all.length : right);

/** The weights that make what is right likeliest, drawn a little to nothing. */
const fitted = (some) =>
  minimise(
    (at, gradient) => {
      gradient.set(at);
      let loss = at.reduce((sum, one) => sum + one ** 2, 0) / 2;
      for (const field of some) {
        const shares = sharesOf(field, at);
        loss -= Math.log(shares[rightOf(field)]);
        for (const [i, { much }] of field.all.entries())
          for (const [j, one] of much.entries()) gradient[j] += sharpness * one * (shares[i] - Number(i === rightOf(field)));
      }
      return loss;
    },
    new Float64Array(5),
    async () => {},
    { enough: 1e-6 },
  );

const [besideWord, named, ofText, unfound, declined] = [...(await fitted(fields))].map((one) => Number(one.toFixed(2)));
console.log(`${fields.length} fields`, { besideWord, named, "named, of text": named + ofText, unfound: unfound / besideWord, declined });

const counts = Object.fromEntries(bars.map((bar) => [bar, { right: 0, wrong: 0, missed: 0 }]));
let loss = 0;
for (let fold = 0; fold < 5; fold++) {
  const at = await fitted(fields.filter((one) => one.fold !== fold));
  for (const field of fields.filter((one) => one.fold === fold)) {
    const shares = sharesOf(field, at);
    loss -= Math.log(shares[rightOf(field)]) / fields.length;
    const first = shares.indexOf(Math.max(...shares.slice(0, -1)));
    for (const bar of bars) {
      const isTaken = shares[first] >= (field.all[first].named ? bar : unnamed);
      counts[bar][isTaken ? (first === field.right ? "right" : "wrong") : field.isThere ? "missed" : "right"]++;
    }
  }
}
console.log(`log loss ${loss.toFixed(3)}, each fifth told by the others`);
console.table(counts);
process.exit(0);
