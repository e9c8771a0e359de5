import { expect, test } from "vitest";
import { z } from "zod";
import { dataOf, defineGraph, END, specialist } from "../index.js";
import { diffGraphs, hashOf } from "./hash.js";

const step = specialist({
  name: "step",
  does: "Steps",
  input: z.object({ n: z.number() }),
  output: z.object({ n: z.number() }),
  run: ({ n }) => ({ n }),
});
const base = defineGraph({
  name: "g",
  state: { n: z.number() },
  input: ["n"],
  output: ["n"],
  nodes: { a: step, b: step },
  start: "a",
  edges: { a: "b", b: END },
});
const changed = (change: object) => dataOf({ ...base, ...change } as typeof base);

test("the same graph has the same hash, however its objects' keys are ordered", () => {
  const { edges, ...rest } = dataOf(base);
  expect(hashOf({ edges, ...rest } as any)).toBe(hashOf(dataOf(base)));
  expect(hashOf(changed({ edges: { b: END, a: "b" } }))).toBe(hashOf(dataOf(base)));
});

test("the order of nodes is part of a graph: reduced fields are folded in it", () => {
  const other = changed({ nodes: { b: base.nodes.b, a: base.nodes.a } });
  expect(hashOf(other)).not.toBe(hashOf(dataOf(base)));
  expect(diffGraphs(dataOf(base), other)).toEqual(["nodes: declared in another order"]);
});

test("a difference is told by its place, with what was and what is", () => {
  const other = changed({ edges: { a: ["b", END], b: END }, nodes: { ...base.nodes, c: base.nodes.a } });
  expect(diffGraphs(dataOf(base), other)).toEqual(["nodes.c: added", 'edges.a.to: ["b"] -> ["b","end"]']);
  expect(diffGraphs(dataOf(base), dataOf(base))).toEqual([]);
});
