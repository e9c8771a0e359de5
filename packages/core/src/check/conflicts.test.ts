import { expect, test } from "vitest";
import type { GraphData, NodeData, RuleData } from "../graph/data.js";
import { conflicts } from "./conflicts.js";

const node = (read: readonly string[] = [], write: readonly string[] = []): NodeData => ({
  specialist: "s",
  read: Object.fromEntries(read.map((f) => [f, f])),
  write: Object.fromEntries(write.map((f) => [f, f])),
  set: {},
  optional: [],
});
const to = (...targets: string[]): RuleData => ({ kind: "to", to: targets });

function graph(nodes: Record<string, [NodeData, RuleData]>, more: Partial<GraphData> = {}): GraphData {
  return {
    name: "g",
    state: {},
    input: [],
    output: [],
    nodes: Object.fromEntries(Object.entries(nodes).map(([name, [n]]) => [name, n])),
    conditions: {},
    reducers: [],
    loops: {},
    start: [Object.keys(nodes)[0]!],
    edges: Object.fromEntries(Object.entries(nodes).map(([name, [, rule]]) => [name, rule])),
    ...more,
  };
}
const end = to("end");

test("branches of one outcome may not write one field, nor one read what the other writes", () => {
  const g = graph({ a: [node(), to("b", "c")], b: [node([], ["x"]), to("d")], c: [node(["x"], ["x"]), to("d")], d: [node(["x"]), end] });
  expect(conflicts(g)).toEqual([{ a: "b", b: "c", field: "x" }]);
});

test("choices exclude one another", () => {
  const choice: RuleData = { kind: "by", by: "k", to: { p: ["b"], q: ["c"] } };
  expect(conflicts(graph({ a: [node(), choice], b: [node([], ["x"]), end], c: [node([], ["x"]), end] }))).toEqual([]);
});

test("a node held back by the other does not race with it", () => {
  const g = graph({ a: [node(), to("b", "c")], b: [node([], ["x"]), to("c")], c: [node(["x"], ["x"]), end] });
  expect(conflicts(g)).toEqual([]);
});

test("two contributions to a reduced field are no race, reading it beside one is, for a rule too", () => {
  const state = { x: { schema: {}, reduce: "append" } };
  const g = (c: NodeData, rule: RuleData = end) =>
    graph({ a: [node(), to("b", "c")], b: [node([], ["x"]), end], c: [c, rule], d: [node(), end] }, { state });
  expect(conflicts(g(node([], ["x"])))).toEqual([]);
  expect(conflicts(g(node(["x"])))).toEqual([{ a: "b", b: "c", field: "x" }]);
  expect(conflicts(g(node(), { kind: "by", by: "x", to: { p: ["d"] }, otherwise: ["end"] }))).toEqual([{ a: "b", b: "c", field: "x" }]);
});

test("items of an each do not race with one another; what they read and collect races with what runs beside them", () => {
  const each: RuleData = { kind: "each", each: "list", as: "item", to: "work", collect: { note: "notes" }, then: ["last"] };
  const g = (beside: NodeData) =>
    graph({
      first: [node(), to("split", "beside")],
      split: [node([], ["list"]), each],
      work: [node(["item", "style"], ["note"]), end],
      last: [node(["notes"]), end],
      beside: [beside, to("last")],
    });
  expect(conflicts(g(node([], ["note", "item"])))).toEqual([]);
  expect(conflicts(g(node(["notes"])))).toEqual([{ a: "work", b: "beside", field: "notes" }]);
  expect(conflicts(g(node([], ["style"])))).toEqual([{ a: "work", b: "beside", field: "style" }]);
  expect(conflicts(g(node([], ["list"])))).toEqual([
    { a: "split", b: "beside", field: "list" },
    { a: "work", b: "beside", field: "list" },
  ]);
});

test("a node reached from the middle of a loop waits for it; where a loop goes after its last round is an edge", () => {
  const again: RuleData = { kind: "when", cases: [{ when: "c", to: ["head", "out"] }], otherwise: ["end"] };
  const g = (then: string) =>
    graph(
      { head: [node(["x"], ["x"]), again], out: [node([], ["x"]), end], late: [node([], ["x"]), end] },
      { loops: { head: { max: 3, then: [then] } } },
    );
  expect(conflicts(g("end"))).toEqual([]);
  expect(conflicts(g("late"))).toEqual([{ a: "out", b: "late", field: "x" }]);
});

const many = Array.from({ length: 2000 }, (_, i) => `n${i}`);

test("thousands of nodes that all touch one field race where they run together, and only there", () => {
  const both = node(["x"], ["x"]);
  const nodes = (rule: (i: number) => RuleData, first: RuleData) =>
    graph({ first: [node(), first], ...Object.fromEntries(many.map((name, i) => [name, [both, rule(i)] as [NodeData, RuleData]])) });
  expect(conflicts(nodes((i) => to(many[i + 1] ?? "end"), to("n0")))).toEqual([]);
  const labels: RuleData = { kind: "by", by: "k", to: Object.fromEntries(many.map((name) => [name, [name]])) };
  expect(conflicts(nodes(() => end, labels))).toEqual([]);
  const found = conflicts(nodes(() => end, to(...many)));
  expect(found).toHaveLength(100);
  expect(found[0]).toMatchObject({ field: "x" });
});
