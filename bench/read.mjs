// What reading, checking and repairing a plan costs, over many that were mutated at random: milliseconds of the processor a plan.
//   node bench/read.mjs [COUNT] [--gold FILE …] [--seed N]
// Right plans (the files that bench/plans.mjs takes as --gold, or its own sample) are written out, and one to four edits are done to
// each: tokens dropped, doubled, exchanged, replaced, texts cut, repeated or run together. The baseline is JSON.parse of the same texts.
import { parseArgs } from "node:util";
import { planIn, repair } from "@troupe/core";
import { goldOf, lines } from "./plans/cases.mjs";
import { chanceOf } from "./plans/chance.mjs";
import { damages } from "./plans/damages.mjs";
import { spellings } from "./plans/spellings.mjs";
import { recordedPlans } from "./plans/taskbench.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { gold: { type: "string", multiple: true, default: [] }, seed: { type: "string", default: "1" } },
});
const count = Number(positionals[0] ?? 1000);
const own = () =>
  recordedPlans("", lines(new URL("plans.jsonl", import.meta.url))).flatMap(({ brief, gold }) => (gold ? [{ brief, plan: gold }] : []));
const cases = values.gold.length > 0 ? values.gold.flatMap(goldOf) : own();
const ways = [...Object.values(spellings), ...Object.values(damages)];

const chance = chanceOf(Number(values.seed));
const pick = (list) => list[Math.floor(chance() * list.length)];
const odd = [
  "null",
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  '"',
  '"input"',
  '"t1"',
  '{"ref":"t1.text"}',
  "1e999",
  '"{{',
  "$1",
  "<node-0>",
  "#E1",
  "[TOOL_CALLS]",
  "<tool_call>",
  "```",
  "- ",
  "\\",
  '"constructor"',
  '"__proto__"',
];

/** A text with some of its tokens dropped, doubled, exchanged or replaced, or with a stretch of it gone or repeated. */
function mutate(text) {
  let tokens = text.match(/"(?:[^"\\]|\\.){0,200}"|[{}[\],:]|\s+|[^\s{}[\],:"]+|"/g) ?? [];
  for (let left = 1 + Math.floor(chance() * 4); left > 0 && tokens.length > 0; left--) {
    const i = Math.floor(chance() * tokens.length);
    const kind = Math.floor(chance() * 7);
    if (kind === 0) tokens.splice(i, 1);
    if (kind === 1) tokens.splice(i, 0, tokens[i]);
    if (kind === 2) tokens[i] = pick(tokens);
    if (kind === 3) tokens[i] = pick(odd);
    if (kind === 4) tokens = tokens.slice(0, i);
    if (kind === 5) tokens.splice(i, 0, ...tokens.slice(Math.max(0, i - 40), i));
    if (kind === 6) tokens.splice(i, 0, pick(odd).repeat(1 + Math.floor(chance() * 500)));
  }
  return tokens.join("");
}

/** A plan without one of its arguments. */
const without = (plan, args, name) => ({
  ...plan,
  tasks: plan.tasks.map((task) =>
    task.args === args ? { ...task, args: Object.fromEntries(Object.entries(args).filter(([key]) => key !== name)) } : task,
  ),
});

const spent = (start) => {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
};
// What is loaded when it is first used is loaded before.
for (const text of ["{'a': 1", "a:\n- b", JSON.stringify(cases[0].plan)]) await planIn(text);
// The names of languages and countries, which Intl tells, for what a request states.
for (const { plan, brief } of cases.slice(0, 20))
  for (const { args } of plan.tasks) for (const name of Object.keys(args)) repair(without(plan, args, name), brief);
const times = [];
const baseline = [];
const kinds = { none: 0, asked: 0, runs: 0 };
/** More than this is looked at again: what the same text costs once more, without the collector's or the compiler's turn. */
const most = 50;
const over = [];
for (let i = 0; i < count; i++) {
  const { brief, plan } = pick(cases);
  const damaged = pick(ways)(structuredClone(plan), brief, chance) ?? plan;
  const text = mutate(typeof damaged === "string" ? damaged : JSON.stringify(damaged));
  let start = process.cpuUsage();
  try {
    JSON.parse(text);
  } catch {
    // Most are none.
  }
  baseline.push(spent(start));
  start = process.cpuUsage();
  const read = await planIn(text, brief);
  const mended = read && repair(read.plan, brief);
  times.push(spent(start));
  if (times.at(-1) > most) {
    start = process.cpuUsage();
    const again = await planIn(text, brief);
    if (again) repair(again.plan, brief);
    over.push({ first: times.at(-1), again: spent(start), text });
  }
  kinds[!read ? "none" : mended.issues.length + read.issues.length > 0 ? "asked" : "runs"]++;
}
const row = (name, list) => {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(2).padStart(8);
  console.log(`${name.padEnd(26)}${at(0.5)}${at(0.9)}${at(0.99)}${at(0.999)}${at(1)}`);
};
console.log(`${count} mutated plans: ${kinds.runs} run, ${kinds.asked} are asked about, ${kinds.none} are none; no crash`);
console.log(`${"ms of CPU".padEnd(26)}     50%     90%     99%   99.9%     max`);
row("read, check, repair", times);
row("JSON.parse", baseline);
for (const { first, again, text } of over)
  console.log(`over ${most} ms: ${first.toFixed(0)}, the same text again ${again.toFixed(1)}: ${text.slice(0, 200)}`);
