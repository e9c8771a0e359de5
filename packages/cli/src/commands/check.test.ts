import { expect, it, vi } from "vitest";
import { project, zod } from "../fixtures/project.js";
import { troupe } from "../fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const asks = `
import { asModel, defineGraph, END, specialist } from "@troupe/core";
import { z } from ${JSON.stringify(zod)};
const text = z.string();
const ask = specialist({
  name: "ask",
  does: "Asks",
  model: "writer",
  needs: ["tools"],
  input: z.object({ text }),
  output: z.object({ answer: text }),
  prompt: ({ text }) => text,
});
export const huge = asModel({ _llmType: () => "x", _modelType: () => "x", invoke() {} } as any, "made:huge", { local: true, memory: 1e15, tools: true });
export default defineGraph({
  name: "asks",
  state: { text, answer: text },
  input: ["text"],
  output: ["answer"],
  nodes: { ask },
  start: "ask",
  edges: { ask: END },
});
`;

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
  "asks.ts": asks,
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

it("says what models that are named by flag cannot do, or have no room for here", async () => {
  const unable = await troupe(["check", "asks.ts", "--bind", "writer=ollama:phi3:mini"], { cwd });
  expect(unable.code).toBe(1);
  expect(unable.out).toMatch(/nodes\.ask\.model: .*ollama:phi3:mini cannot.*\[model-unable\]/);
  expect((await troupe(["check", "asks.ts", "--bind", "writer=nobody:x"], { cwd })).err).toMatch(/PROVIDER_UNKNOWN.*--bind writer/);
  const bare = await troupe(["check", "asks.ts"], { cwd });
  expect([bare.code, bare.out]).toEqual([0, "✓ asks: 1 node, no issues\n"]);
});

it("hints at models of the configuration that the machine has too little memory for, and a run says so before it begins", async () => {
  const cwd = project({
    "asks.ts": asks,
    "troupe.config.ts": 'import { huge } from "./asks.js"; export default { models: { writer: huge } };',
  });
  const { code, out } = await troupe(["check", "asks.ts"], { cwd });
  expect(code).toBe(0);
  expect(out).toMatch(/^– .*made:huge takes 1000000\.0 GB or more.*\[memory-short\]\n✓/);
  const run = await troupe(["run", "asks.ts", "--input", "text=x"], { cwd });
  expect(run.err.indexOf("[memory-short]")).toBeGreaterThan(-1);
  expect(run.err.indexOf("[memory-short]")).toBeLessThan(run.err.indexOf("thread"));
});
