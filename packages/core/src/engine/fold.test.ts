import { expect, test } from "vitest";
import type { GraphData, RuleData } from "../graph/data.js";
import { type Follow, fold } from "./fold.js";
import type { Next, RunRecord } from "./record.js";
import { emptyState } from "./state.js";

/** A graph by its edges alone; the first node starts. */
function graphOf(edges: Record<string, readonly string[] | RuleData>, loops: GraphData["loops"] = {}, start?: string[]): GraphData {
  const names = Object.keys(edges);
  const node = { specialist: "s", read: {}, write: {}, set: {}, optional: [] };
  return {
    name: "g",
    state: {},
    input: [],
    output: [],
    nodes: Object.fromEntries(names.map((name) => [name, node])),
    conditions: {},
    reducers: [],
    loops,
    start: start ?? [names[0]!],
    edges: Object.fromEntries(
      names.map((name) => [name, "kind" in edges[name]! ? (edges[name] as RuleData) : { kind: "to", to: edges[name] as string[] }]),
    ),
  };
}

/** A run driven by hand: what started after each completion, by path; `quiet` where the run has come to its end. */
function drive(graph: GraphData) {
  const state = emptyState();
  const told = (follow: Follow | undefined) =>
    follow?.kind === "turn" ? follow.occurrences.map(({ at }) => at) : follow ? [follow.kind] : [];
  const record = (one: RunRecord) => told(fold(state, one));
  return {
    first: record({ kind: "began", graph, hash: "", input: {} }),
    completes: (at: string, next: Next) => record({ kind: "completed", at, output: {}, next, ms: 0, usage: [] }),
    record,
  };
}

test("a join waits for exactly the branches that are still coming", () => {
  const run = drive(graphOf({ a: ["b", "c"], b: ["d"], c: ["e"], e: ["d"], d: ["end"] }));
  expect(run.first).toEqual(["a"]);
  // What has the longer way before it comes first.
  expect(run.completes("a", ["b", "c"])).toEqual(["c", "b"]);
  expect(run.completes("b", ["d"])).toEqual([]);
  expect(run.completes("c", ["e"])).toEqual(["e"]);
  expect(run.completes("e", ["d"])).toEqual(["d"]);
  expect(run.completes("d", ["end"])).toEqual(["quiet"]);
});

test("a branch that was not taken blocks nobody, and a short one goes on while a long one works", () => {
  const run = drive(graphOf({ a: ["b", "c"], b: ["d"], c: ["e"], d: ["end"], e: ["end"] }));
  run.completes("a", ["b"]);
  expect(run.completes("b", ["d"])).toEqual(["d"]);
  const both = drive(graphOf({ a: ["b", "c"], b: ["d"], c: ["end"], d: ["end"] }));
  both.completes("a", ["b", "c"]);
  expect(both.completes("b", ["d"])).toEqual(["d"]);
});

test("a loop goes round once all of its body is quiet, and what follows it runs once, after it", () => {
  const run = drive(graphOf({ a: ["b", "c"], b: ["a", "out"], c: ["a", "end"], out: ["end"] }, { a: { max: 3, then: ["end"] } }));
  expect(run.first).toEqual(["a@1/a"]);
  expect(run.completes("a@1/a", ["b", "c"])).toEqual(["a@1/b", "a@1/c"]);
  expect(run.completes("a@1/b", ["a", "out"])).toEqual([]);
  expect(run.completes("a@1/c", ["end"])).toEqual(["a@2/a"]);
  expect(run.completes("a@2/a", ["b"])).toEqual(["a@2/b"]);
  expect(run.completes("a@2/b", ["end"])).toEqual(["out"]);
  expect(run.completes("out", ["end"])).toEqual(["quiet"]);
});

test("after its last round a loop leads where its bound says", () => {
  const run = drive(graphOf({ a: ["b"], b: ["a", "end"], giveUp: ["end"] }, { a: { max: 2, then: ["giveUp"] } }));
  run.completes("a@1/a", ["b"]);
  run.completes("a@1/b", ["a"]);
  run.completes("a@2/a", ["b"]);
  expect(run.completes("a@2/b", ["a"])).toEqual(["giveUp"]);
});

test("an inner loop starts afresh in each round of the outer one", () => {
  const loops = { a: { max: 2, then: ["end"] }, b: { max: 2, then: ["c"] } };
  const run = drive(graphOf({ a: ["b"], b: ["b", "c"], c: ["a", "end"] }, loops));
  expect(run.completes("a@1/a", ["b"])).toEqual(["a@1/b@1/b"]);
  expect(run.completes("a@1/b@1/b", ["b"])).toEqual(["a@1/b@2/b"]);
  expect(run.completes("a@1/b@2/b", ["c"])).toEqual(["a@1/c"]);
  expect(run.completes("a@1/c", ["a"])).toEqual(["a@2/a"]);
  expect(run.completes("a@2/a", ["b"])).toEqual(["a@2/b@1/b"]);
});

const each: RuleData = { kind: "each", each: "pages", as: "page", to: "read", collect: {}, then: ["join"], atOnce: 2 };

test("an `each` runs its node once an item, so many at once, and what follows after all of them", () => {
  const run = drive(graphOf({ list: each, read: ["end"], join: ["end"] }));
  expect(run.completes("list", { each: "read", count: 3 })).toEqual(["read[0]", "read[1]"]);
  expect(run.completes("read[1]", [])).toEqual(["read[2]"]);
  expect(run.completes("read[0]", [])).toEqual([]);
  expect(run.completes("read[2]", [])).toEqual(["join"]);
});

test("an empty list leads straight to what follows", () => {
  expect(drive(graphOf({ list: each, read: ["end"], join: ["end"] })).completes("list", { each: "read", count: 0 })).toEqual(["join"]);
});

test("a plan's tasks start as their refs are there, the longest way first in rank, and their owner hears when all are done", () => {
  const run = drive(graphOf({ desk: ["end"] }));
  const task = (id: string, ...needs: string[]) => ({
    id,
    member: "m",
    args: Object.fromEntries(needs.map((need) => [need, { ref: `${need}.out` }])),
  });
  const plan = { tasks: [task("t1"), task("t2"), task("t3", "t1", "t2")], output: {} };
  expect(run.record({ kind: "planned", at: "desk#1", plan, by: "typed", notes: [], usage: [] })).toEqual(["desk#1/t1", "desk#1/t2"]);
  expect(run.completes("desk#1/t2", [])).toEqual([]);
  expect(run.completes("desk#1/t1", [])).toEqual(["desk#1/t3"]);
  expect(run.completes("desk#1/t3", [])).toEqual(["quiet"]);
});

test("the first failure stops its frame, and a resumed run starts what was under way", () => {
  const run = drive(graphOf({ a: ["b", "c"], b: ["end"], c: ["d"], d: ["end"] }));
  run.completes("a", ["b", "c"]);
  expect(run.record({ kind: "failed", at: "b", error: { code: "X", message: "x" }, ms: 0, usage: [] })).toEqual(["failed"]);
  expect(run.completes("c", ["d"])).toEqual([]);
  expect(run.record({ kind: "resumed" })).toEqual(["b", "d"]);
});

test("a record of what is not under way is refused, not believed", () => {
  expect(() => drive(graphOf({ a: ["end"] })).completes("b", [])).toThrow(expect.objectContaining({ code: "JOURNAL_BROKEN" }));
});
