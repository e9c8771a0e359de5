import { expect, test } from "vitest";
import { z } from "zod";
import { check, defineGraph, END, hints, specialist, use } from "../index.js";

const label = z.enum(["a", "b"]);
const triage = specialist({
  name: "triage",
  does: "Names the topic",
  input: z.object({ text: z.string() }),
  output: z.object({ label, confidence: z.number().min(0).max(1) }),
  decided: { label: "confidence" },
  run: () => ({ label: "a" as const, confidence: 0.5 }),
});

const graph = (rule: unknown, more: object = {}) =>
  defineGraph({
    name: "g",
    state: { text: z.string(), topic: label, sure: z.number() },
    input: ["text"],
    output: [],
    nodes: { triage: use(triage, { write: { label: "topic", confidence: "sure" } } as any) },
    start: "triage",
    edges: { triage: rule },
    ...more,
  } as any);

test("a rule that goes by a decided label, however unsure it is, is worth a second look; the graph is right all the same", () => {
  const by = graph({ by: "topic", to: { a: END, b: END } });
  expect(check(by)).toEqual([]);
  expect(hints(by)).toEqual([
    expect.objectContaining({
      code: "unsure-unrouted",
      path: ["edges", "triage"],
      names: { node: ["triage", "triage"], field: ["topic", "sure"] },
    }),
  ]);
  expect(hints(graph([{ when: { topic: "a" }, to: END }, { otherwise: END }]))).toHaveLength(1);
});

test("how sure it is comes too late where the rule has gone by the label before", () => {
  const late = [{ when: { topic: "a" }, to: END }, { when: { sure: { lt: 0.5 } }, to: END }, { otherwise: END }];
  expect(hints(graph(late))).toHaveLength(1);
});

test("each rule that goes by the label is told", () => {
  const nodes = { triage: use(triage, { write: { label: "topic", confidence: "sure" } } as any), next: use(triage, { write: {} } as any) };
  const by = { by: "topic", to: { a: END, b: END } };
  const told = hints(
    graph([{ when: { topic: "a" }, to: "next" }, { otherwise: END }], {
      nodes,
      edges: { triage: [{ when: { topic: "a" }, to: "next" }, { otherwise: END }], next: by },
    }),
  );
  expect(told.filter(({ names }) => names?.field?.includes("topic")).map(({ path }) => path)).toEqual([
    ["edges", "triage"],
    ["edges", "next"],
  ]);
});

test("fields that keep their names are followed too", () => {
  const bare = defineGraph({
    name: "g",
    state: { text: z.string(), label, confidence: z.number() },
    input: ["text"],
    output: ["label"],
    nodes: { triage },
    start: "triage",
    edges: { triage: { by: "label", to: { a: END, b: END } } },
  } as any);
  expect(hints(bare)).toEqual([expect.objectContaining({ names: { node: ["triage", "triage"], field: ["label", "confidence"] } })]);
});

test.each<[string, unknown, object?]>([
  ["looks at how sure it is", [{ when: { sure: { lt: 0.5 } }, to: END }, { when: { topic: "a" }, to: END }, { otherwise: END }]],
  [
    "has a condition that does",
    [{ when: "unsure", to: END }, { otherwise: END }],
    { conditions: { unsure: { reads: ["topic", "sure"], test: () => true } } },
  ],
  ["does not go by the label", END],
])("a rule that %s is none", (_, rule, more) => {
  expect(hints(graph(rule, more))).toEqual([]);
});

test.each<[string, unknown, string?]>([
  ["a share held against a percentage", { lt: 60 }, "always"],
  ["the other way round", { gte: 60 }, "never"],
  ["nothing is below the least", { lt: 0 }, "never"],
  ["nothing is above the most", { gt: 1 }, "never"],
  ["a span without a number in it", { gt: 0.8, lt: 0.2 }, "never"],
  ["a span that ends where it begins", { gte: 0.5, lt: 0.5 }, "never"],
  ["a span of one number", { gte: 0.5, lte: 0.5 }],
  ["a threshold", { lt: 0.6 }],
  ["all that is there", { gte: 0 }],
  ["whether it is there, too", { lt: 60, exists: true }],
])("how sure a decision is, compared so that the way is settled: %s", (_, test, how) => {
  const rule = [{ when: { sure: test }, to: END }, { otherwise: END }];
  const told = hints(graph(rule)).filter(({ code }) => code === "test-one-sided");
  expect(told.map(({ path, message }) => [path.join("."), message])).toEqual(
    how ? [["edges.triage.0.when.sure", `"sure" goes from 0 to 1, so that this comparison ${how} holds.`]] : [],
  );
  // The state's own bounds count before what is written, and of what a run begins with nothing is known.
  const state = { text: z.string(), topic: label, sure: z.number().min(0).max(100) };
  expect(hints(graph(rule, { state })).filter(({ path }) => path.at(-1) === "sure" && how === "always")).toEqual([]);
  expect(hints(graph(rule, { input: ["text", "sure"] })).filter(({ code }) => code === "test-one-sided")).toEqual([]);
});
