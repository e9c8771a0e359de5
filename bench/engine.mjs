// What the engine costs a node, beside LangGraph and plain promises in the same run. The nodes do nothing, so all of the time is the
// runtime's own. The three take turns, and the median of the rounds is shown.
import { Annotation, END as LG_END, START, StateGraph } from "@langchain/langgraph";
import { append, compile, defineGraph, END, specialist, use } from "@troupe/core";
import { z } from "zod";

process.removeAllListeners("warning"); // LangGraph adds more than ten listeners to one signal, and Node says so each time

const rounds = Number(process.env.ROUNDS ?? 15);
const step = specialist({
  name: "step",
  does: "Adds one",
  input: z.object({ n: z.number() }),
  output: z.object({ n: z.number() }),
  run: ({ n }) => ({ n: n + 1 }),
});

function chain(length) {
  const names = Array.from({ length }, (_, i) => `n${i}`);
  const troupe = compile(
    defineGraph({
      name: "chain",
      state: { n: z.number() },
      input: ["n"],
      output: ["n"],
      nodes: Object.fromEntries(names.map((name) => [name, step])),
      start: "n0",
      edges: Object.fromEntries(names.map((name, i) => [name, names[i + 1] ?? END])),
    }),
  );
  const state = new StateGraph(Annotation.Root({ n: Annotation() }));
  for (const name of names) state.addNode(name, async ({ n }) => ({ n: n + 1 }));
  for (const [i, name] of names.entries()) state.addEdge(name, names[i + 1] ?? LG_END);
  const langgraph = state.addEdge(START, "n0").compile();
  return {
    nodes: length,
    troupe: () => troupe.invoke({ n: 0 }),
    langgraph: () => langgraph.invoke({ n: 0 }, { recursionLimit: 1000 }),
    async promises() {
      let n = 0;
      for (let i = 0; i < length; i++) ({ n } = await (async ({ n }) => ({ n: n + 1 }))({ n }));
      return { n };
    },
    right: ({ n }) => n === length,
  };
}

function fan(width) {
  const names = Array.from({ length: width }, (_, i) => `n${i}`);
  const one = specialist({ ...step, name: "one", output: z.object({ got: z.number() }), run: ({ n }) => ({ got: n + 1 }) });
  const begin = specialist({ ...step, name: "begin", run: ({ n }) => ({ n }) });
  const join = specialist({
    name: "join",
    does: "Counts",
    input: z.object({ got: z.array(z.number()) }),
    output: z.object({ count: z.number() }),
    run: ({ got }) => ({ count: got.length }),
  });
  const troupe = compile(
    defineGraph({
      name: "fan",
      state: { n: z.number(), started: z.number(), got: append(z.number()), count: z.number() },
      input: ["n"],
      output: ["count"],
      nodes: { begin: use(begin, { write: { n: "started" } }), ...Object.fromEntries(names.map((name) => [name, one])), join },
      start: "begin",
      edges: { begin: names, ...Object.fromEntries(names.map((name) => [name, "join"])), join: END },
    }),
  );
  const list = Annotation({ reducer: (a, b) => a.concat(b), default: () => [] });
  const state = new StateGraph(Annotation.Root({ n: Annotation(), got: list, count: Annotation() }));
  state.addNode("begin", async () => ({}));
  state.addNode("join", async ({ got }) => ({ count: got.length }));
  for (const name of names) {
    state.addNode(name, async ({ n }) => ({ got: [n + 1] }));
    state.addEdge("begin", name);
  }
  state.addEdge(names, "join").addEdge("join", LG_END);
  const langgraph = state.addEdge(START, "begin").compile();
  return {
    nodes: width + 2,
    troupe: () => troupe.invoke({ n: 0 }),
    langgraph: () => langgraph.invoke({ n: 0 }, { recursionLimit: 1000 }),
    async promises() {
      const got = await Promise.all(names.map(async () => 1));
      return { count: got.length };
    },
    right: ({ count }) => count === width,
  };
}

function loop(times) {
  const troupe = compile(
    defineGraph({
      name: "loop",
      state: { n: z.number() },
      input: ["n"],
      output: ["n"],
      nodes: { step },
      loops: { step: { max: times + 1, then: END } },
      start: "step",
      edges: { step: [{ when: { n: { lt: times } }, to: "step" }, { otherwise: END }] },
    }),
  );
  const state = new StateGraph(Annotation.Root({ n: Annotation() }));
  state.addNode("step", async ({ n }) => ({ n: n + 1 }));
  state.addConditionalEdges("step", ({ n }) => (n < times ? "step" : LG_END), { step: "step", [LG_END]: LG_END });
  const langgraph = state.addEdge(START, "step").compile();
  return {
    nodes: times,
    troupe: () => troupe.invoke({ n: 0 }),
    langgraph: () => langgraph.invoke({ n: 0 }, { recursionLimit: 1000 }),
    async promises() {
      let n = 0;
      while (n < times) ({ n } = await (async ({ n }) => ({ n: n + 1 }))({ n }));
      return { n };
    },
    right: ({ n }) => n === times,
  };
}

function many(runs) {
  const five = chain(5);
  const all = (one) => async () => (await Promise.all(Array.from({ length: runs }, one))).at(-1);
  return { nodes: 5 * runs, troupe: all(five.troupe), langgraph: all(five.langgraph), promises: all(five.promises), right: five.right };
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const shapes = { "chain of 100": chain(100), "fan-out of 32": fan(32), "loop of 50": loop(50), "1,000 runs of 5": many(1000) };
const table = {};
for (const [name, shape] of Object.entries(shapes)) {
  const times = { troupe: [], langgraph: [], promises: [] };
  const turns = name.startsWith("1,000") ? Math.min(rounds, 3) : rounds;
  for (let round = -2; round < turns; round++)
    for (const peer of Object.keys(times)) {
      const began = performance.now();
      const output = await shape[peer]();
      const us = ((performance.now() - began) * 1000) / shape.nodes;
      if (!shape.right(output)) throw new RangeError(`${peer} gave a wrong answer on ${name}: ${JSON.stringify(output)}`);
      if (round >= 0) times[peer].push(us);
    }
  table[name] = Object.fromEntries(Object.entries(times).map(([peer, us]) => [`${peer} (us/node)`, Number(median(us).toFixed(1))]));
}
console.log(`Engine cost a node, median of ${rounds} rounds (3 for the last line)`);
console.table(table);
