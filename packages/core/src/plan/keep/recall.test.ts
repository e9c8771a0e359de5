import { mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Plan } from "../../graph/plan.js";
import { mark } from "../../schema/mark.js";
import { specialist } from "../../specialist/specialist.js";
import { type Brief, briefOf } from "../brief.js";
import type { Planning } from "../make-plan.js";
import { planFor, team } from "../team.js";
import { keptPlans } from "./kept-plans.js";
import { keep, recall } from "./recall.js";

const text = z.string();
const members = [
  specialist({
    name: "translate",
    does: "Translates a text",
    input: z.object({ text, language: text }),
    output: z.object({ translation: text }),
    run: () => ({ translation: "" }),
  }),
];
const brief = (request: string, more: object = {}): Brief => ({
  ...briefOf({
    request,
    members,
    // A planner is told only what trusted texts say.
    input: z.object({ note: mark.trusted(text), said: text.optional() }),
    output: z.object({ translation: text }),
    values: { note: "Dear Ann" },
    spare: [],
  }),
  ...more,
});
const plan: Plan = {
  tasks: [{ id: "t1", member: "translate", args: { text: { ref: "input.note" }, language: "German" } }],
  output: { translation: { ref: "t1.translation" } },
};
const made = { plan, by: "model", notes: [] };
/** Everything is alike. */
const embed = async (texts: readonly string[]) => texts.map(() => [1, 0]);

test("a plan that worked is taken again for the same request, after its check, and its notes say so", async () => {
  const kept = keptPlans();
  await keep(made, brief("Translate it into German"), kept);
  const again = await recall(brief("Translate it into German"), kept);
  expect(again).toMatchObject({ plan, by: "model", notes: ["Took the plan kept for this request"] });
  expect(await recall({ ...brief("Translate it into German"), members: [] }, kept)).toBeUndefined();
});

test("a plan that holds a guess is not kept", async () => {
  const kept = keptPlans();
  await keep({ ...made, guesses: ["translate.text"] }, brief("Translate it into German"), kept);
  expect(await recall(brief("Translate it into German"), kept)).toBeUndefined();
});

test("for a request alike only where it differs in nothing that matters", async () => {
  const kept = keptPlans();
  await keep(made, brief("Translate it into German"), kept);
  expect((await recall(brief("Please, kindly translate it into German"), kept, embed))?.notes[0]).toContain("a like request (1.00)");
  for (const other of [
    "Translate it into French",
    "Do not translate it into German",
    "Translate 2 of it into German",
    "Translate the note into German",
  ])
    expect(await recall(brief(other), kept, embed)).toBeUndefined();
  expect(await recall(brief("Please, translate it into German"), kept)).toBeUndefined();
  const unlike = async (texts: readonly string[]) => texts.map((_, i) => (i ? [1, 0] : [0, 1]));
  expect(await recall(brief("Please, translate it into German"), kept, unlike)).toBeUndefined();
});

test.each([
  ["Translate it into Danish", "Translate it into Swedish", { language: "da" }],
  ["Write forty words on it", "Write fifty words on it", { language: "n", text: "40" }],
  ["Write on it for Monday 4 March 2027", "Write on it for Monday 8 March 2027", { text: "2027-03-04", language: "n" }],
  ["Write a line to ann@example.org", "Write a line to bob@example.org", { text: "a line", language: "n" }],
])("nor where it says another value in other words: %s, %s", async (first, other, args) => {
  const kept = keptPlans();
  const literal = { ...plan, tasks: [{ ...plan.tasks[0]!, args: { ...plan.tasks[0]!.args, ...args } }] };
  await keep({ ...made, plan: literal }, brief(first, { spare: ["note"] }), kept);
  expect(await recall(brief(other, { spare: ["note"] }), kept, embed)).toBeUndefined();
  expect(await recall(brief(`Please ${first[0]!.toLowerCase()}${first.slice(1)}`, { spare: ["note"] }), kept, embed)).toBeDefined();
});

test.each([
  ["Translate it into German", "Don’t translate it into German"],
  ["Translate it into German", "Dont translate it into German"],
  ["Translate it into German", "Skip to translate it into German"],
  ["Translate it into German", "Leave out to translate it into German"],
  ["Send it in German", "Send it instead of in German"],
  ["Translate it, German", "Niemals: translate it, German"],
  ["Translate it, German", "Jamás: translate it, German"],
  ["Translate it, German", "Sans translate it, German"],
  ["Translate the text, but don't give the language German", "Don't translate the text, but give the language German"],
])("nor where one of them denies what the other asks for: %s, %s", async (first, other) => {
  const kept = keptPlans();
  await keep(made, brief(first), kept);
  expect(await recall(brief(`Please ${first[0]!.toLowerCase()}${first.slice(1)}`), kept, embed)).toBeDefined();
  expect(await recall(brief(other), kept, embed)).toBeUndefined();
});

test("nor where it asks for another member in other words than its own", async () => {
  const proofread = specialist({
    name: "proofread",
    does: "Corrects spelling and grammar of a text",
    input: z.object({ text }),
    output: z.object({ corrected: text }),
    run: () => ({ corrected: "" }),
  });
  const two = (request: string): Brief => ({
    ...brief(request),
    members: briefOf({ request, members: [...members, proofread], input: z.object({}), output: z.object({}) }).members,
  });
  const kept = keptPlans();
  await keep(made, two("Translate it into German"), kept);
  expect(await recall(two("Please translate it into German"), kept, embed)).toBeDefined();
  expect(await recall(two("Translate it into German and fix typos"), kept, embed)).toBeUndefined();
});

test("nor where it says the same values in another order", async () => {
  const kept = keptPlans();
  const literal = { ...plan, tasks: [{ ...plan.tasks[0]!, args: { text: "da", language: "sv" } }] };
  await keep({ ...made, plan: literal }, brief("Bring it from Danish into Swedish", { spare: ["note"] }), kept);
  expect(await recall(brief("Please bring it from Danish into Swedish", { spare: ["note"] }), kept, embed)).toBeDefined();
  expect(await recall(brief("Bring it from Swedish into Danish", { spare: ["note"] }), kept, embed)).toBeUndefined();
});

test("a plan in which somebody acts on the world is taken for the same request only", async () => {
  const acting = (request: string): Brief => ({
    ...brief(request),
    members: brief(request).members.map((card) => ({ ...card, effects: true })),
  });
  const kept = keptPlans();
  await keep(made, acting("Translate it into German"), kept);
  expect(await recall(acting("Translate it into German"), kept)).toBeDefined();
  expect(await recall(acting("Please translate it into German"), kept, embed)).toBeUndefined();
});

test("what only this run's inputs say is not kept for others", async () => {
  const kept = keptPlans();
  const literal = { ...plan, tasks: [{ ...plan.tasks[0]!, args: { text: "Dear Ann", language: "German" } }] };
  await keep({ ...made, plan: literal }, brief("Translate it into German"), kept);
  expect(await recall(brief("Translate it into German", { spare: ["note"] }), kept)).toBeUndefined();
});

test("nor what an input says in other words; a part of a word of the request is not said there", async () => {
  const keeps = async (language: string, request: string, shown: Record<string, string>) => {
    const added: unknown[] = [];
    const literal = { ...plan, tasks: [{ ...plan.tasks[0]!, args: { text: "x", language } }] };
    await keep({ ...made, plan: literal }, brief(request, { shown }), { of: async () => [], add: async (one) => void added.push(one) });
    return added.length > 0;
  };
  expect(await keeps("1", "Say it as often as it says, in 10 lines", { count: "1" })).toBe(false);
  expect(await keeps("1", "Say it 1 time, in 10 lines", { count: "1" })).toBe(true);
  expect(await keeps("German", "Translate it", { into: "German." })).toBe(false);
  expect(await keeps("German", "Translate it", { into: "Danish" })).toBe(true);
});

test("a plan that was made before something was settled is made anew", async () => {
  const kept = keptPlans();
  await keep(made, brief("Translate it into German"), kept);
  const settle = { "translate.text": "input.said" } as const;
  expect(await recall(brief("Translate it into German"), kept, undefined, settle)).toBeUndefined();
  await keep(made, brief("Translate it into German"), kept, settle);
  expect(await recall(brief("Translate it into German"), kept, undefined, settle)).toBeDefined();
  const teams: string[] = [];
  const asked = { of: async (team: string) => (teams.includes(team) || teams.push(team) ? [] : []), add: async () => {} };
  const card = {
    name: "desk",
    does: "Translates",
    members,
    input: z.object({ text }),
    output: z.object({ translation: text }),
    kept: asked,
  };
  for (const one of [team(card), team({ ...card, settle: { "translate.text": "input.text" } })])
    await planFor(one, { text: "x" }, { model: () => undefined, progress: () => {} } as unknown as Planning).catch(() => {});
  expect(new Set(teams).size).toBe(2);
});

test("a file keeps plans between programs, and what is no plan in it is passed over", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "troupe-kept-")), "plans.jsonl");
  await keep(made, brief("Translate it into German"), keptPlans(file));
  await keep(made, brief("Translate it into German"), keptPlans(file));
  const lines = await readFile(file, "utf8");
  expect(lines.trim().split("\n")).toHaveLength(1);
  await writeFile(file, `{"plan": 1}\nnonsense\n${lines}`);
  expect((await recall(brief("Translate it into German"), keptPlans(file)))?.plan).toEqual(plan);
});

test("a line that was cut off, or whose plan checks no more, costs no plan but its own", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "troupe-kept-")), "plans.jsonl");
  const asked = brief("Translate it into German");
  await keep(made, asked, keptPlans(file));
  const line = await readFile(file, "utf8");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  for (const spoilt of [line.slice(0, -20), line.replace("input.note", "input.gone"), line.replace('"by":"model"', '"by":7')]) {
    await writeFile(file, spoilt);
    expect(await recall(asked, keptPlans(file))).toBeUndefined();
    await keep(made, asked, keptPlans(file));
    expect((await recall(asked, keptPlans(file)))?.plan).toEqual(plan);
  }
  // As some editors write it.
  await writeFile(file, `\ufeff${line.replace("\n", "\r\n")}`);
  expect((await recall(asked, keptPlans(file)))?.plan).toEqual(plan);
});

test("a file in which no plan can be kept is told before anything is done, with the way out", async () => {
  const folder = await mkdtemp(join(tmpdir(), "troupe-kept-"));
  for (const file of [folder, join(folder, "none", "plans.jsonl")])
    await expect(recall(brief("Translate it into German"), keptPlans(file))).rejects.toMatchObject({
      code: "PLANS_UNKEPT",
      message: expect.stringContaining(file),
    });
});
