// Whether a head learnt from examples knows which prompts a small model gets right, and which need the large one.
//   node bench/cascade.mjs [cascade-routellm.jsonl] [cascade-llmrouter.jsonl] [--embeddings provider:name]
// One prompt a line: { id, prompt, small, large } with what each model's answer is worth, or { id, prompt, scores: { model: worth } }, of
// which two pairs are taken; a line's `set`, where there is one, parts the file. The public sets are RouteLLM's (lm-sys/RouteLLM, Apache-2.0)
// and LLMRouter's (ulab-uiuc/LLMRouter, MIT). Each half, by the hash of the id, is learnt on and the other judged.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { embeddings, headDecisions, train, writeHead } from "@troupe/nodes";
import { interval, middle, numbers } from "./routing/measures.mjs";
import { cachedVectors } from "./routing/vectors.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { embeddings: { type: "string", default: "llamacpp:minilm" }, cache: { type: "string" } },
});
const files = positionals.length ? positionals : [new URL("cascade.jsonl", import.meta.url)];
/** Small and large, of LLMRouter's nine. */
const pairs = [
  ["mistral-7b-instruct-v0.3", "llama-3.1-nemotron-51b-instruct"],
  ["codegemma-7b", "qwen2.5-7b-instruct"],
];
const rows = files.flatMap((file) =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line)),
);
const tasks = {};
for (const { id, prompt, set = "all", small, large, scores } of rows) {
  const add = (name, small, large) => (tasks[name] ??= []).push({ id, prompt, small: Number(small), large: Number(large) });
  if (scores) for (const [a, b] of pairs) add(`${a}, ${b}`, scores[a], scores[b]);
  else add(set, small, large);
}

const vectors = cachedVectors(embeddings(options.embeddings), options.cache);
const halfOf = ({ id }) => Number.parseInt(createHash("sha256").update(id).digest("hex").slice(0, 8), 16) % 2;
const folder = mkdtempSync(join(tmpdir(), "cascade-"));

/** Area between quality against the share of large calls, the prompts ranked by need, and a straight line, which is random mixing. */
function areaOf(cases) {
  const ranked = [...cases].sort((a, b) => b.need - a.need);
  const whole = ranked.reduce((sum, { small, large }) => sum + large - small, 0) / ranked.length;
  let [gained, area] = [0, 0];
  for (const [i, { small, large }] of ranked.entries()) {
    const before = gained - (whole * i) / ranked.length;
    gained += (large - small) / ranked.length;
    area += (before + gained - (whole * (i + 1)) / ranked.length) / (2 * ranked.length);
  }
  return area;
}

/** How much more likely the large model is to be better than the small one, by a head that learnt what the answers of both were worth. */
async function needsOf(learnt, judged) {
  const head = await train(
    learnt.map(({ prompt, small, large }) => ({ text: prompt, worth: { small, large } })),
    { embeddings: vectors },
  );
  const file = join(folder, "head.json");
  writeFileSync(file, writeHead(head));
  const model = await headDecisions(file, () => vectors).load();
  const question = {
    need: { type: "choice", instructions: "Which model?", criteria: Object.fromEntries(head.labels.map((one) => [one, null])) },
  };
  const needs = [];
  for (const { prompt } of judged) {
    const { probabilities } = (await model.invoke({ state: prompt, questions: question })).answers.need;
    needs.push(probabilities.large - probabilities.small);
  }
  return needs;
}

const table = {};
for (const [name, cases] of Object.entries(tasks)) {
  const halves = [];
  for (const learntHalf of [0, 1]) {
    const [learnt, judged] = [cases.filter((one) => halfOf(one) === learntHalf), cases.filter((one) => halfOf(one) !== learntHalf)];
    const needs = await needsOf(learnt, judged);
    halves.push(judged.map((one, i) => ({ ...one, need: needs[i] })));
    const ways = { head: (_, i) => needs[i], "prompt length": ({ prompt }) => prompt.length };
    for (const [way, needOf] of Object.entries(ways)) {
      const ranked = judged.map((one, i) => ({ ...one, need: needOf(one, i) }));
      const [low, high] = interval(ranked.length, (drawn) => areaOf(drawn.map((i) => ranked[i])), 1000);
      const quality = (share) => {
        const called = new Set([...ranked].sort((a, b) => b.need - a.need).slice(0, Math.round(share * ranked.length)));
        return (ranked.reduce((sum, one) => sum + (called.has(one) ? one.large : one.small), 0) / ranked.length).toFixed(3);
      };
      const shares = Object.fromEntries([0, 0.25, 0.5, 0.75, 1].map((share) => [`${100 * share}% large`, quality(share)]));
      table[`${name}, half ${2 - learntHalf}, by ${way}`] = {
        judged: judged.length,
        ...shares,
        area: areaOf(ranked).toFixed(4),
        "95%": `${low.toFixed(4)} to ${high.toFixed(4)}`,
      };
    }
  }
  // Each half is ranked by itself, since needs that two heads give are not to be compared.
  const both = (draw) => halves.reduce((sum, half) => sum + (half.length / cases.length) * areaOf(draw(half)), 0);
  const random = numbers(2);
  const [low, high] = middle(Array.from({ length: 1000 }, () => both((half) => half.map(() => half[Math.floor(random() * half.length)]))));
  table[`${name}, both halves, by head`] = {
    judged: cases.length,
    area: both((half) => half).toFixed(4),
    "95%": `${low.toFixed(4)} to ${high.toFixed(4)}`,
  };
}
console.log("Quality by the share of large calls, and the area above random mixing");
console.table(table);
rmSync(folder, { recursive: true });
process.exit(0);
