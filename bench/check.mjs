// What a graph's size costs before it runs: the processor's time for `check`, for `compile` after it and until the first node has started,
// and the memory that took; with the exponents by which they grow with the nodes (1 is linear). Every case has a process of its own.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { append, check, compile, defineGraph, END, specialist, use } from "@troupe/core";
import { z } from "zod";

const sizes = [100, 1_000, 10_000];
const range = (count) => Array.from({ length: count }, (_, i) => i);
const record = (count, of) => Object.fromEntries(range(count).map((i) => [`n${i}`, of(i)]));
const numbers = (count, name) => Object.fromEntries(range(count).map((i) => [`${name}${i}`, z.number()]));
const step = specialist({
  name: "step",
  does: "Adds one",
  input: z.object({ n: z.number() }),
  output: z.object({ n: z.number() }),
  run: ({ n }) => ({ n: n + 1 }),
});
const joining = (fields) =>
  specialist({ name: "join", does: "Joins", input: z.object(fields), output: z.object({ end: z.number() }), run: () => ({ end: 1 }) });

const chain = (count, fields) => ({
  state: { f: z.number(), ...numbers(fields ? count : 0, "f") },
  input: ["f"],
  output: [fields ? `f${count - 1}` : "f"],
  nodes: record(count, (i) =>
    use(step, fields ? { read: { n: i ? `f${i - 1}` : "f" }, write: { n: `f${i}` } } : { read: { n: "f" }, write: { n: "f" } }),
  ),
  start: "n0",
  edges: record(count, (i) => (i + 1 < count ? `n${i + 1}` : END)),
});

const fan = (count, fields) => ({
  state: { given: z.number(), start: z.number(), end: z.number(), all: append(z.number()), ...numbers(fields ? count : 0, "f") },
  input: ["given"],
  output: ["end"],
  nodes: {
    first: use(step, { read: { n: "given" }, write: { n: "start" } }),
    ...record(count, (i) => use(step, { read: { n: "start" }, write: { n: fields ? `f${i}` : "all" } })),
    join: fields ? joining(numbers(count, "f")) : joining({ all: z.array(z.number()) }),
  },
  start: "first",
  edges: { first: range(count).map((i) => `n${i}`), ...record(count, () => "join"), join: END },
});

const shapes = {
  "chain, one field": (count) => chain(count, false),
  "chain, a field a node": (count) => chain(count, true),
  "fan, one field": (count) => fan(count, false),
  "fan, a field a node": (count) => fan(count, true),
};

const time = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const memory = () => process.resourceUsage().maxRSS / 1024;

async function measure(shape, count) {
  // What is loaded and compiled once is not the graph's.
  for (const of of Object.values(shapes)) check(defineGraph({ name: "warm", ...of(30) }));
  const graph = defineGraph({ name: "large", ...shapes[shape](count) });
  const before = memory();
  const [input] = graph.input;
  const times = [time()];
  const issues = check(graph);
  times.push(time());
  if (issues.length) throw new Error(issues[0].message);
  const app = compile(graph);
  times.push(time());
  for await (const { kind } of app.events({ [input]: 0 })) if (kind === "started") break;
  times.push(time());
  const [checked, compiled, started] = times.slice(1).map((at, i) => at - times[i]);
  return { checked, compiled, started, memory: memory() - before };
}

if (process.argv[2]) console.log(JSON.stringify(await measure(process.argv[2], Number(process.argv[3]))));
else {
  const alone = (shape, count) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), shape, count], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  };
  const table = {};
  for (const shape of Object.keys(shapes)) {
    const rows = sizes.map((count) => alone(shape, count));
    for (const [i, row] of rows.entries()) {
      const exponent = (what) => (i ? ` (${Math.log10(row[what] / rows[i - 1][what]).toFixed(2)})` : "");
      table[`${shape}, ${sizes[i].toLocaleString("en")} nodes`] = {
        "check (ms)": `${row.checked.toFixed(0)}${exponent("checked")}`,
        "compile (ms)": `${row.compiled.toFixed(0)}${exponent("compiled")}`,
        "first start (ms)": `${row.started.toFixed(0)}${exponent("started")}`,
        "memory (MB)": row.memory.toFixed(0),
      };
    }
  }
  console.log("In brackets: the exponent by which it grew since ten times fewer nodes.");
  console.table(table);
}
