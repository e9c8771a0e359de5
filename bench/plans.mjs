// How far plans that models wrote get: as written, after repair, with the typed plan behind them.
//   node bench/plans.mjs [folder] [--embeddings provider:name]
// The folder holds TaskBench's tools (taskbench-*-catalogue.jsonl) and plans recorded from models (taskbench-recorded-plans.jsonl),
// in the shape of plans.jsonl beside this file, which is taken where none is given.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { checkPlan, derive, readPlan, repair } from "@troupe/core";

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { embeddings: { type: "string" } } });
const [folder] = positionals;
const lines = (path) =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const own = folder ? [] : lines(new URL("./plans.jsonl", import.meta.url));
const domains = folder ? ["huggingface", "multimedia"] : [...new Set(own.map(({ domain }) => domain))];
const tools = Object.fromEntries(
  domains.map((domain) => [
    domain,
    folder ? lines(`${folder}/taskbench-${domain}-catalogue.jsonl`) : own.filter((one) => one.domain === domain && one.desc),
  ]),
);
const recorded = folder ? lines(`${folder}/taskbench-recorded-plans.jsonl`) : own.filter(({ plan }) => plan);

const schemaOf = (type) => (/^(text|url)$/i.test(type) ? { type: "string" } : { "x-media": type.toLowerCase() });
const slot = (name, schema, description = "", required = true) => ({ name, schema, required, description });
const slots = (types) =>
  Object.fromEntries(
    types.map((type, i) => {
      const earlier = types.slice(0, i).filter((one) => one === type).length;
      const name = `${type.toLowerCase()}${earlier ? earlier + 1 : ""}`;
      return [name, slot(name, schemaOf(type))];
    }),
  );
const cards = Object.fromEntries(
  domains.map((domain) => [
    domain,
    tools[domain].map((tool) => ({
      name: tool.id,
      does: tool.desc,
      takes: slots(tool["input-type"]),
      gives: slots(tool["output-type"].length ? tool["output-type"] : ["text"]),
      effects: false,
    })),
  ]),
);

const kinds = { jpg: "image", jpeg: "image", png: "image", wav: "audio", mp3: "audio", mp4: "video", avi: "video", mov: "video" };
const files = (text) => [...new Set(text.match(/\b[\w-]+\.(?:jpe?g|png|wav|mp3|mp4|avi|mov)\b/gi) ?? [])];

/** The steps that no other waits for, by refs or by links: what the plan was made to give. */
function sinksOf({ task_nodes: nodes, task_links: links = [] }) {
  const read = JSON.stringify(nodes.map((node) => node.arguments ?? []));
  return nodes
    .map((node, i) => ({ ...node, i }))
    .filter(({ task, i }) => !read.includes(`node-${i}`) && !links.some(({ source, target }) => source === task && target !== task));
}

/** What the plan's own model was given and was to give: the files of the request, and the types that the plan's last tools give. */
function briefOf({ request, domain, plan }) {
  const members = cards[domain];
  const given = Object.fromEntries(
    files(request).map((file) => [inputOf(file), slot(inputOf(file), schemaOf(kinds[file.split(".").at(-1).toLowerCase()]))]),
  );
  given.request = slot("request", { type: "string" });
  const wanted = sinksOf(plan).flatMap(({ task, i }) => {
    const card = members.find(({ name }) => name === task);
    return card ? [[`result${i}`, slot(`result${i}`, Object.values(card.gives)[0].schema)]] : [];
  });
  if (wanted.length === 0) return undefined;
  return { request, members, given, wanted: Object.fromEntries(wanted), spare: Object.keys(given), shown: {} };
}
const inputOf = (file) => file.replace(/\W/g, "_");

/** A recorded plan in Troupe's words: positions become argument names, `<node-2>` a ref. */
function draftOf({ plan, request }, { members }) {
  const known = new Set(files(request));
  const fieldOf = (task) => Object.keys(members.find(({ name }) => name === task)?.gives ?? { text: 1 })[0];
  const value = (said) => {
    if (typeof said !== "string") return said;
    const node = /^<?node-(\d+)>?$/.exec(said.trim());
    if (node) return { ref: `n${node[1]}.${fieldOf(plan.task_nodes[Number(node[1])]?.task)}` };
    return known.has(said) ? { ref: `input.${inputOf(said)}` } : said;
  };
  const tasks = plan.task_nodes.map(({ task, arguments: given = [] }, i) => {
    const names = Object.keys(members.find(({ name }) => name === task)?.takes ?? {});
    const args = (Array.isArray(given) ? given : [given]).map((one, j) =>
      one && typeof one === "object" && "name" in one ? [String(one.name), value(one.value)] : [names[j] ?? `argument${j + 1}`, value(one)],
    );
    return { id: `n${i}`, member: String(task), args: Object.fromEntries(args) };
  });
  const output = sinksOf(plan).map(({ task, i }) => [`result${i}`, { ref: `n${i}.${fieldOf(task)}` }]);
  return { tasks, output: Object.fromEntries(output) };
}

let embed;
if (options.embeddings) {
  const { embeddings } = await import("@troupe/nodes");
  const loaded = await embeddings(options.embeddings).load();
  const vectors = new Map();
  embed = async (texts) => {
    const open = texts.filter((text) => !vectors.has(text));
    for (const [i, vector] of (await loaded.embedDocuments(open)).entries()) vectors.set(open[i], vector);
    return texts.map((text) => vectors.get(text));
  };
}

const count = { plans: 0, asWritten: 0, repaired: 0, kept: 0, typed: 0, either: 0, overlap: 0, compared: 0 };
const codes = {};
let slowest = 0;
for (const record of recorded) {
  const brief = briefOf(record);
  if (!brief) continue;
  count.plans++;
  const { plan } = readPlan(draftOf(record, brief)) ?? { plan: { tasks: [], output: {} } };
  const good = checkPlan(plan, brief).length === 0;
  const started = performance.now();
  const mended = repair(plan, brief);
  slowest = Math.max(slowest, performance.now() - started);
  const fits = mended.issues.length === 0;
  for (const { code } of mended.issues) codes[code] = (codes[code] ?? 0) + 1;
  const typed = await derive(brief, embed);
  const found = typed.issues.length === 0;
  count.asWritten += good;
  count.repaired += fits;
  count.kept += fits && mended.plan.tasks.length >= plan.tasks.length;
  count.typed += found;
  count.either += fits || found;
  // A plan that keeps all its tasks is one its model meant: how many of its members does the typed plan choose?
  if (fits && found && mended.plan.tasks.length >= plan.tasks.length) {
    const wanted = new Set(mended.plan.tasks.map(({ member }) => member));
    const taken = new Set(typed.plan.tasks.map(({ member }) => member));
    count.compared++;
    count.overlap += (2 * [...taken].filter((name) => wanted.has(name)).length) / (wanted.size + taken.size);
  }
}
const part = (n) => `${n} of ${count.plans} (${Math.round((100 * n) / count.plans)}%)`;
console.log(`recorded plans that check as written   ${part(count.asWritten)}`);
console.log(`that check after repair                ${part(count.repaired)}, ${count.kept} of them with all their tasks`);
console.log(`where the typed planner finds a plan   ${part(count.typed)}`);
console.log(`that end in a plan, one or the other   ${part(count.either)}`);
console.log(
  `members the typed plan shares (F1)     ${(count.overlap / count.compared).toFixed(2)} over ${count.compared} plans that kept all their tasks`,
);
console.log(`slowest repair                         ${slowest.toFixed(1)} ms`);
console.log(
  `issues left after repair               ${
    Object.entries(codes)
      .map(([code, n]) => `${code} ${n}`)
      .join(", ") || "none"
  }`,
);
