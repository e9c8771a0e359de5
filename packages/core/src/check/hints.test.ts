import { expect, test } from "vitest";
import { z } from "zod";
import { check, defineGraph, END, hints, specialist, use } from "../index.js";

const label = z.enum(["a", "b"]);
const triage = specialist({
  name: "triage",
  does: "Names the topic",
  input: z.object({ text: z.string() }),
  output: z.object({ label, confidence: z.number() }),
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
