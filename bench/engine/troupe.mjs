// Graphs of nodes that do nothing. Input, output and result are validated, and every record is journalled in memory.
import { append, compile, defineGraph, END, specialist, use } from "@troupe/core";
import { z } from "zod";

const number = z.object({ n: z.number() });
const step = specialist({ name: "step", does: "Adds one", input: number, output: number, run: ({ n }) => ({ n: n + 1 }) });
const promised = specialist({ ...step, run: async ({ n }) => ({ n: n + 1 }) });

const runOf = (graph) => {
  const app = compile(defineGraph({ input: ["n"], ...graph }));
  return () => app.invoke({ n: 0 });
};

export function chain(length, isPromised = false) {
  const names = Array.from({ length }, (_, i) => `n${i}`);
  return runOf({
    name: "chain",
    state: { n: z.number() },
    output: ["n"],
    nodes: Object.fromEntries(names.map((name) => [name, isPromised ? promised : step])),
    start: "n0",
    edges: Object.fromEntries(names.map((name, i) => [name, names[i + 1] ?? END])),
  });
}

export function fan(width) {
  const names = Array.from({ length: width }, (_, i) => `n${i}`);
  const begin = specialist({ name: "begin", does: "Begins", input: number, output: number, run: ({ n }) => ({ n }) });
  const one = specialist({ ...step, name: "one", output: z.object({ got: z.number() }), run: ({ n }) => ({ got: n + 1 }) });
  const join = specialist({
    name: "join",
    does: "Counts",
    input: z.object({ got: z.array(z.number()) }),
    output: z.object({ count: z.number() }),
    run: ({ got }) => ({ count: got.length }),
  });
  return runOf({
    name: "fan",
    state: { n: z.number(), started: z.number(), got: append(z.number()), count: z.number() },
    output: ["count"],
    nodes: { begin: use(begin, { write: { n: "started" } }), ...Object.fromEntries(names.map((name) => [name, one])), join },
    start: "begin",
    edges: { begin: names, ...Object.fromEntries(names.map((name) => [name, "join"])), join: END },
  });
}

export function loop(times) {
  return runOf({
    name: "loop",
    state: { n: z.number() },
    output: ["n"],
    nodes: { step },
    loops: { step: { max: times + 1, then: END } },
    start: "step",
    edges: { step: [{ when: { n: { lt: times } }, to: "step" }, { otherwise: END }] },
  });
}
