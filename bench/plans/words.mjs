// Plans from a request alone: which members it asks for, and which feeds which, beside two baselines; and what is declined.
import { readFileSync } from "node:fs";
import { fromWords } from "@troupe/core";
import { bestByPart, byBm25 } from "./baselines.mjs";
import { briefOf, cardOfFunction, cardOfTool } from "./tools.mjs";
import { vectorsOf } from "./vectors-of.mjs";

const lines = (path) =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line));
const own = () => lines(new URL("./words.jsonl", import.meta.url));
const mean = (all) => all.reduce((sum, one) => sum + one, 0) / (all.length || 1);

/** F1 of multisets; 1 where both are empty. */
function f1(found, gold) {
  const left = [...gold];
  let hits = 0;
  for (const one of found) {
    const at = left.indexOf(one);
    if (at < 0) continue;
    left.splice(at, 1);
    hits++;
  }
  return found.length + gold.length === 0 ? 1 : (2 * hits) / (found.length + gold.length);
}

/** The calls that are right, without the last, which only names the results; and producer and consumer of each ref in them. */
function goldOf({ calls }) {
  const tools = calls.filter(({ name }) => name !== "var_result");
  const made = new Map(tools.map(({ label, name }) => [label, name]));
  const refs = (value) =>
    [...JSON.stringify(value ?? null).matchAll(/\$(\w+?)[.$[]/g)].map(([, label]) => label).filter((label) => made.has(label));
  return {
    members: tools.map(({ name }) => name),
    edges: tools.flatMap((call) =>
      Object.values(call.arguments ?? {})
        .flatMap(refs)
        .map((label) => `${made.get(label)} > ${call.name}`),
    ),
  };
}

const refsIn = (value) =>
  typeof value !== "object" || value === null ? [] : typeof value.ref === "string" ? [value.ref] : Object.values(value).flatMap(refsIn);

function foundIn({ tasks }) {
  const made = new Map(tasks.map(({ id, member }) => [id, member]));
  const sources = (args) =>
    refsIn(args)
      .map((ref) => made.get(ref.split(".")[0]))
      .filter(Boolean);
  return {
    members: tasks.map(({ member }) => member),
    edges: tasks.flatMap(({ member, args }) => sources(args).map((from) => `${from} > ${member}`)),
  };
}

/** Members one after the other, as baselines have them. */
const chained = (members) => ({ members, edges: members.slice(1).map((member, i) => `${members[i]} > ${member}`) });

async function requests(file, catalogue, embed) {
  const tools = [...new Map(catalogue.map((tool) => [tool.name, tool])).values()].map(cardOfTool);
  const rows = { ours: [], parts: [], bm25: [] };
  const kinds = { open: 0, declined: 0, partly: 0 };
  const spent = [];
  await fromWords(briefOf(file[0].request, tools), embed);
  for (const one of file) {
    const gold = goldOf(one);
    const brief = briefOf(one.request, tools);
    await fromWords(brief, embed);
    const before = process.cpuUsage();
    const { plan, asked, open, notes } = await fromWords(brief, embed);
    const { user, system } = process.cpuUsage(before);
    spent.push((user + system) / 1000);
    kinds.partly += notes.some((note) => note.includes("no member does this"));
    kinds.open += open.length > 0;
    kinds.declined += asked.length === 0;
    const score = ({ members, edges }) => ({ members: f1(members, gold.members), edges: f1(edges, gold.edges), source: one.source });
    rows.ours.push(score(foundIn(plan)));
    rows.parts.push(score(chained(await bestByPart(one.request, tools, embed))));
    rows.bm25.push(score(chained(byBm25(one.request, tools, gold.members.length))));
  }
  console.log(`${file.length} requests, ${tools.length} tools                      members  edges (F1)`);
  const show = (name, all) =>
    console.log(`${name.padEnd(48)} ${mean(all.map((row) => row.members)).toFixed(3)}    ${mean(all.map((row) => row.edges)).toFixed(3)}`);
  show("from words", rows.ours);
  for (const source of new Set(rows.ours.map((row) => row.source)))
    if (source)
      show(
        `  ${source}`,
        rows.ours.filter((row) => row.source === source),
      );
  show("parts at punctuation and 'and', likeliest at 0.3", rows.parts);
  show("BM25, told how many", rows.bm25);
  console.log(
    `declined ${kinds.declined}; with an argument that the request leaves open ${kinds.open}; with a part that is said to be left out ${kinds.partly}; ms of the processor a plan, vectors at hand: ${mean(spent).toFixed(0)}, at the most ${Math.max(...spent).toFixed(0)}`,
  );
}

async function irrelevance(cases, embed) {
  const count = { irrelevant: { cases: 0, declined: 0, lacking: 0 }, others: { cases: 0, declined: 0, lacking: 0 } };
  for (const { category, messages, functions } of cases) {
    const { asked, open } = await fromWords(briefOf(messages.at(-1).content, functions.map(cardOfFunction)), embed);
    const row = count[/irrelevan/.test(category) ? "irrelevant" : "others"];
    row.cases++;
    if (asked.length === 0) row.declined++;
    else if (open.length > 0) row.lacking++;
  }
  for (const [name, row] of Object.entries(count))
    console.log(
      `${name.padEnd(11)} ${row.cases}: declined since no member does it ${row.declined}, since an argument is not to be had ${row.lacking}`,
    );
}

/** @param {{ words?: string, catalogue?: string, irrelevance?: string, embeddings?: string }} options */
export async function words({ words: file, catalogue, irrelevance: cases, embeddings: name = "llamacpp:minilm" }) {
  const embed = await vectorsOf(name);
  const small = !file && !cases;
  if (file || small)
    await requests(
      ...(small ? [own().filter(({ calls }) => calls), own().filter(({ output }) => output)] : [lines(file), lines(catalogue)]),
      embed,
    );
  if (cases || small) await irrelevance(small ? own().filter(({ functions }) => functions) : lines(cases), embed);
}
