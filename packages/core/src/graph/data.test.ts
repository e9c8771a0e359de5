import { expect, test } from "vitest";
import { z } from "zod";
import { append, dataOf, defineGraph, END, media, specialist, use } from "../index.js";

const triage = specialist({
  name: "triage",
  does: "Names the topic of a ticket",
  input: z.object({ text: z.string(), language: z.string().optional() }),
  output: z.object({ topic: z.enum(["billing", "bug"]) }),
  run: ({ text }) => ({ topic: text.includes("invoice") ? "billing" : "bug" }),
});

const graph = defineGraph({
  name: "support",
  state: { ticket: z.string(), topic: z.enum(["billing", "bug"]), urgency: z.number(), seen: append(z.string()), memo: media.audio() },
  input: ["ticket"],
  output: ["topic"],
  nodes: { triage: use(triage, { read: { text: "ticket" }, set: { language: "en" } }) },
  loops: { triage: { max: 3, then: END } },
  start: "triage",
  edges: { triage: [{ when: { urgency: { gte: 2 }, topic: "bug" }, to: "triage" }, { otherwise: END }] },
});

test("a graph becomes plain JSON with renames, constants and rules written out", () => {
  const data = dataOf(graph);
  expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  expect(data.nodes.triage).toMatchObject({
    specialist: "triage",
    read: { text: "ticket" },
    write: { topic: "topic" },
    set: { language: "en" },
    optional: [],
  });
  expect(data.edges.triage).toEqual({
    kind: "when",
    cases: [{ when: { urgency: { gte: 2 }, topic: { eq: "bug" } }, to: ["triage"] }],
    otherwise: ["end"],
  });
  expect(data.state.seen).toEqual({ schema: { type: "string" }, reduce: "append" });
  expect(data.state.memo?.schema["x-media"]).toBe("audio");
});

test("a graph cannot be changed once defined", () => {
  expect(() => Object.assign(graph.edges, { triage: END })).toThrow(TypeError);
  expect(() => Object.assign(graph.edges.triage!, { 0: END })).toThrow(TypeError);
});

test("a medium of another kind does not pass where audio is taken", () => {
  const schema = z.object({ memo: media.audio() });
  expect(schema.safeParse({ memo: { path: "/a.wav", type: "audio/wav", hash: "sha256:0" } }).success).toBe(true);
  expect(schema.safeParse({ memo: { path: "/a.png", type: "image/png", hash: "sha256:0" } }).error?.issues[0]?.message).toBe(
    "expected audio, got image/png",
  );
});
