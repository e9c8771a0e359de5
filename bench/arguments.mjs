// How many requests are made into the right calls: by a model asked through node-llama-cpp alone, and by `calls`.
//   node bench/arguments.mjs [cases.jsonl] [--model NAME] [--raw NAME] [--only CATEGORY,…] [--half look|other] [--candidates 20] [--engines raw,calls,guess] [--cache FOLDER] [--closed DECISIONS]
// raw: asked alone; calls: what is not said is asked for; guess: the same, guesses allowed. `--model` plays the role `calls` (default llamacpp:smollm2-135m+calls-fields); `--raw` is asked alone (default its base, smollm2-135m).
// With --cache, answers are kept, so that a run that ended goes on. --closed asks a decision model for labels and yes or no, beside `calls`.
// A case a line, as the Berkeley Function Calling Leaderboard has them (github.com/ShishirPatil/gorilla, Apache-2.0): { id, category,
// messages, functions, accepted: [{ function: { argument: [values] } }], missing? }; one without `accepted` is to be declined.
// `missing` names required arguments that the request does not say. Without a file: arguments.jsonl, made for this bench.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { compile, defineGraph, END } from "@troupe/core";
import { calls, embeddings, model } from "@troupe/nodes";
import { z } from "zod";
import { askedAlone } from "./arguments/asked-alone.mjs";
import { closed } from "./arguments/closed.mjs";
import { functionOf } from "./arguments/function-of.mjs";
import { rightCalls, rightFunctions } from "./arguments/score.mjs";
import { keptAnswers } from "./kept-answers.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: "string", default: "llamacpp:smollm2-135m+calls-fields" },
    raw: { type: "string", default: "smollm2-135m" },
    only: { type: "string" },
    half: { type: "string" },
    candidates: { type: "string", default: "0" },
    engines: { type: "string", default: "raw,calls,guess" },
    cache: { type: "string" },
    closed: { type: "string" },
  },
});
const file = positionals[0] ?? new URL("arguments.jsonl", import.meta.url);
const whole = readFileSync(file, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));
const md5 = (text) => createHash("md5").update(text).digest("hex");
/** The half that was looked at while `calls` was built, by the id's hash; the other was only measured. */
const looked = ({ id }) => createHash("sha256").update(id).digest()[0] % 2 === 0;
const cases = whole.filter(
  (one) =>
    (!options.only || options.only.split(",").includes(one.category)) && (!options.half || (options.half === "look") === looked(one)),
);
const every = [...new Map(whole.flatMap(({ functions }) => functions).map((one) => [one.name, one])).values()];

/** A case's own functions and so many of others, always the same ones. */
function candidatesOf({ id, functions }) {
  const names = new Set(functions.map(({ name }) => name));
  const others = every.filter(({ name }) => !names.has(name)).sort((a, b) => (md5(id + a.name) < md5(id + b.name) ? -1 : 1));
  return [...functions, ...others.slice(0, Math.max(0, Number(options.candidates) - functions.length))].map(functionOf);
}
const requestOf = ({ messages }) =>
  messages
    .filter(({ role }) => role === "user")
    .map(({ content }) => content)
    .join("\n");

const minilm = embeddings("llamacpp:minilm");
const chosen = model(options.model);
function callsOf(unsure) {
  return async (request, functions) => {
    const it = calls({ functions, unsure });
    const graph = defineGraph({
      name: "arguments",
      state: { request: z.string(), calls: z.any(), missing: z.any(), unused: z.any() },
      input: ["request"],
      output: ["calls", "missing", "unused"],
      nodes: { it },
      start: "it",
      edges: { it: END },
    });
    return await compile(graph, { models: { calls: chosen, embeddings: minilm } }).invoke({ request });
  };
}
/** Asks, and takes an error as an answer without calls. */
function settling(ask) {
  return (request, functions) =>
    ask(request, functions).catch((error) => ({ calls: [], missing: [], failed: error.code ?? error.message }));
}
if (options.cache) mkdirSync(options.cache, { recursive: true });
const kept = (ask, ...about) => ask && keptAnswers(settling(ask), options.cache, about);
const engines = {
  raw: kept(await askedAlone(options.raw, options.engines.includes("raw")), "raw", options.raw),
  calls: kept(callsOf("ask"), "calls", options.model),
  guess: kept(callsOf("guess"), "guess", options.model),
};

const rows = {};
for (const name of options.engines.split(",")) {
  const failures = {};
  let ms = 0;
  for (const one of cases) {
    const started = performance.now();
    const out = await engines[name](requestOf(one), candidatesOf(one));
    ms += out.ms ?? performance.now() - started;
    if (out.failed) failures[out.failed] = (failures[out.failed] ?? 0) + 1;
    const row = (rows[`${one.category}: ${name}`] ??= {
      right: 0,
      of: 0,
      "functions right": 0,
      asked: 0,
      declined: 0,
      "with a guess": 0,
      "asked for the right": 0,
      "right, some unused": 0,
      wrong: 0,
      "wrong, some unused": 0,
    });
    row.of++;
    const said = one.accepted ?? [];
    const isRight = said.length ? rightCalls(one.functions, out.calls, said) : out.calls.length === 0;
    const leaves = (out.unused ?? []).length > 0;
    if (isRight) row.right++;
    if (isRight && out.calls.length && leaves) row["right, some unused"]++;
    // Nothing tells that these are wrong, but for what no call takes.
    if (!isRight && out.calls.length && !(out.missing ?? []).length) {
      row.wrong++;
      if (leaves) row["wrong, some unused"]++;
    }
    if (
      said.length &&
      rightFunctions(
        [...new Set([...out.calls, ...out.missing].map((call) => call.name))].map((name) => ({ name })),
        distinctNames(said),
      )
    )
      row["functions right"]++;
    if (one.missing && Object.entries(one.missing).some(([name, all]) => all.every((key) => asksFor(out, name, key))))
      row["asked for the right"]++;
    if (out.calls.length === 0) row[out.missing.length ? "asked" : "declined"]++;
    if (out.calls.some(({ guesses = [] }) => guesses.length)) row["with a guess"]++;
  }
  console.log(`${name}: ${(ms / cases.length / 1000).toFixed(1)} s a case`, failures);
}
console.table(rows);
const sum = (name, part) =>
  cases.length &&
  Object.entries(rows).reduce(
    (all, [key, row]) => (part.test(key) && key.endsWith(`: ${name}`) ? [all[0] + row.right, all[1] + row.of] : all),
    [0, 0],
  );
for (const name of options.engines.split(",")) {
  const [right, of] = sum(name, /^(?:simple|multiple)/);
  console.log(`${name}: simple and multiple together ${right} of ${of}`);
}
if (options.closed)
  console.table(await closed(cases, (one) => engines.calls(requestOf(one), candidatesOf(one)), requestOf, options.closed));
process.exit(0);

function asksFor({ missing }, name, key) {
  return missing.some((one) => one.name === name && one.arguments.includes(key));
}

function distinctNames(accepted) {
  return [...new Set(accepted.map((one) => Object.keys(one)[0]))].map((name) => ({ [name]: {} }));
}
