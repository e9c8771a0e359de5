import { expect, it, vi } from "vitest";
import { project, zod } from "../fixtures/project.js";
import { troupe } from "../fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const cwd = project({
  "teams.ts": `
import { media, specialist, team } from "@troupe/core";
import { z } from ${JSON.stringify(zod)};
const text = z.string();
const polish = specialist({
  name: "polish",
  does: "Makes a text better",
  input: z.object({ text }),
  output: z.object({ polished: text }),
  run: ({ text }) => ({ polished: text }),
});
const shorten = specialist({
  name: "shorten",
  does: "Makes a text shorter",
  input: z.object({ text }),
  output: z.object({ short: text }),
  run: ({ text }) => ({ short: text }),
});
const desk = { name: "desk", does: "Works on texts", members: [polish, shorten], output: z.object({ polished: text, short: text }) };
export const open = team({ ...desk, input: z.object({ mine: text, theirs: text }) });
export const deaf = team({ ...desk, input: z.object({ memo: media.audio() }), settle: { "polish.txt": "input.memo" } });
`,
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

it("says before any run what a team's names leave open, with the line that settles it", async () => {
  const { code, out } = await troupe(["check", "teams.ts#open"], { cwd });
  expect(code).toBe(0);
  expect(out).toContain("– nodes.desk.team.polish.text: polish.text may come from input.mine or from input.theirs");
  expect(out).toContain('team({ settle: {"polish.text":"input.mine"} })');
  expect(out).toMatch(/✓ desk: 1 node, no issues\n$/);
});

it("finds what no plan of a team could have, and names that settle nothing", async () => {
  const { code, out } = await troupe(["check", "teams.ts#deaf", "--json"], { cwd });
  expect(code).toBe(1);
  expect(JSON.parse(out).map((issue: any) => issue.code)).toEqual(["unused-input", "unknown-place"]);
});
