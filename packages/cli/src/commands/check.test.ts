import { expect, it, vi } from "vitest";
import { project, zod } from "../fixtures/project.js";
import { troupe } from "../fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const cwd = project({
  "graph.ts": `
import { defineGraph, END, specialist } from "@troupe/core";
import { z } from ${JSON.stringify(zod)};
const topic = z.enum(["a", "b"]);
const triage = specialist({
  name: "triage",
  does: "Names the topic",
  input: z.object({ text: z.string() }),
  output: z.object({ topic, sure: z.number() }),
  decided: { topic: "sure" },
  run: () => ({ topic: "a" as const, sure: 1 }),
});
export default defineGraph({
  name: "g",
  state: { text: z.string(), topic, sure: z.number() },
  input: ["text"],
  output: ["topic"],
  nodes: { triage },
  start: "triage",
  edges: { triage: { by: "topic", to: { a: END, b: END } } },
});
`,
});

it("points at a decided label without a route for being unsure, and passes all the same", async () => {
  const { code, out } = await troupe(["check", "graph.ts"], { cwd });
  expect(code).toBe(0);
  expect(out).toMatch(/^– edges\.triage: .*\[unsure-unrouted\]\n✓ g: 1 node, no issues\n$/);
  const json = await troupe(["check", "graph.ts", "--json"], { cwd });
  expect([json.code, JSON.parse(json.out)]).toEqual([0, [expect.objectContaining({ code: "unsure-unrouted", severity: "hint" })]]);
});
