import { mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Plan } from "../../graph/plan.js";
import { appOf } from "../../interop/app-of.js";
import { mark } from "../../schema/mark.js";
import { type KeptPlan, specialist } from "../../specialist/specialist.js";
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

test("for a request in the same words, and for no other", async () => {
  const kept = keptPlans();
  await keep(made, brief("Translate it into German"), kept);
  expect((await recall(brief("Please, kindly translate it into German"), kept))?.notes[0]).toContain("in the same words: Translate it");
  for (const other of [
    "Translate it into French",
    "Do not translate it into German",
    "Translate 2 of it into German",
    "Translate the note into German",
    "Translate it out of German",
  ])
    expect(await recall(brief(other), kept)).toBeUndefined();
});

test.each([
  ["Sort the prices in the note, cheapest first", "Sort the prices in the note, dearest first"],
  ["Sort the prices in the note, lowest first", "Sort the prices in the note, highest first"],
  ["Sort the prices in the note, lowest first", "Sort the prices in the note, lowest last"],
  ["Ordne die Preise der Notiz aufsteigend", "Ordne die Preise der Notiz absteigend"],
  ["Ordena los precios de menor a mayor", "Ordena los precios de mayor a menor"],
])("nor where what a planner wrote stands for a word that the plan does not have: %s, %s", async (first, other) => {
  const kept = keptPlans();
  const unsaid = { ...plan, tasks: [{ ...plan.tasks[0]!, args: { ...plan.tasks[0]!.args, language: "asc" } }] };
  await keep({ ...made, plan: unsaid }, brief(first), kept);
  expect(await recall(brief(`${first}, please`), kept)).toBeDefined();
  expect(await recall(brief(other), kept)).toBeUndefined();
});

test("nor where what is politeness elsewhere is what the plan works on", async () => {
  const kept = keptPlans();
  const spoken = { ...plan, tasks: [{ ...plan.tasks[0]!, args: { text: "please", language: "German" } }] };
  await keep({ ...made, plan: spoken }, brief("Put this into German: please", { spare: ["note"] }), kept);
  expect(await recall(brief("Put this into German: please", { spare: ["note"] }), kept)).toBeDefined();
  expect(await recall(brief("Put this into German:", { spare: ["note"] }), kept)).toBeUndefined();
});

test("a plan in which somebody acts on the world is taken for the same request only", async () => {
  const acting = (request: string): Brief => ({
    ...brief(request),
    members: brief(request).members.map((card) => ({ ...card, effects: true })),
  });
  const kept = keptPlans();
  await keep(made, acting("Translate it into German"), kept);
  expect(await recall(acting("Translate it into German"), kept)).toBeDefined();
  expect(await recall(acting("Please translate it into German"), kept)).toBeUndefined();
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
  expect(await recall(brief("Translate it into German"), kept, settle)).toBeUndefined();
  await keep(made, brief("Translate it into German"), kept, settle);
  expect(await recall(brief("Translate it into German"), kept, settle)).toBeDefined();
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

test("a plan whose planner worked out a day or a time is not kept for another day", async () => {
  const keeps = async (args: Plan["tasks"][number]["args"], request: string) => {
    const added: unknown[] = [];
    const literal = { ...plan, tasks: [{ ...plan.tasks[0]!, args: { ...plan.tasks[0]!.args, ...args } }] };
    await keep({ ...made, plan: literal }, brief(request), { of: async () => [], add: async (one) => void added.push(one) });
    return added.length > 0;
  };
  expect(await keeps({ language: "2026-11-30" }, "Translate it for tomorrow")).toBe(false);
  expect(await keeps({ language: "2026-11-30" }, "Translate it")).toBe(false);
  expect(await keeps({ language: "16:30" }, "Translate it within two hours")).toBe(false);
  expect(await keeps({ language: { from: "30 November 2026" } }, "Translate it")).toBe(false);
  expect(await keeps({ language: "2026-W49" }, "Translate it next week")).toBe(false);
  expect(await keeps({ language: "2026-05-03" }, "Translate it until 3 May")).toBe(false);
  expect(await keeps({ language: "tomorrow" }, "Translate it for tomorrow")).toBe(true);
  expect(await keeps({ language: "German" }, "Translate the letter of last week into German")).toBe(true);
  expect(await keeps({ language: "2026-05-03" }, "Translate it until 3 May 2026")).toBe(true);
  expect(await keeps({ language: "14:00" }, "Translate it until 2 pm")).toBe(true);
});

test.each(["memory", "file"])("one plan that many runs make at once is kept once (%s)", async (where) => {
  const file = join(await mkdtemp(join(tmpdir(), "troupe-kept-")), "plans.jsonl");
  const kept = where === "file" ? keptPlans(file) : keptPlans();
  const added: KeptPlan[] = [];
  const store = { of: kept.of, add: (one: KeptPlan) => kept.add(added[added.push(one) - 1]!) };
  const asked = brief("Translate it into German");
  await Promise.all(Array.from({ length: 8 }, () => keep(made, asked, store)));
  expect(added).toHaveLength(8);
  expect(await kept.of(added[0]!.team)).toHaveLength(1);
});

test("what was noted of a plan is noted again where it is taken again", async () => {
  const kept = keptPlans();
  const notes = ["model chose en for translate.from: nobody said it"];
  const asked = brief("Translate it into German");
  await keep({ ...made, notes }, asked, kept);
  await keep({ ...made, notes: ["otherwise"] }, asked, kept);
  expect((await recall(asked, kept))?.notes).toEqual(["Took the plan kept for this request", ...notes]);
  expect((await recall(brief("Please translate it into German"), kept))?.notes.slice(1)).toEqual(notes);
});

test.each<[string, unknown]>([
  ["no list", { plans: [] }],
  ["nothing", undefined],
])("a store of one's own that gives %s is told, and what it throws", async (_, gave) => {
  const store = { of: async () => gave, add: async () => {} } as unknown as Parameters<typeof recall>[1];
  await expect(recall(brief("Translate it into German"), store)).rejects.toMatchObject({ code: "PLANS_UNKEPT" });
  const gone = { ...store, of: () => Promise.reject(new Error("the database is gone")) };
  await expect(recall(brief("Translate it into German"), gone)).rejects.toMatchObject({
    code: "PLANS_UNKEPT",
    message: expect.stringContaining("the database is gone"),
  });
  const odd = {
    ...store,
    of: async () => [
      null,
      5,
      { request: "a" },
      { team: "x", request: "a", by: "b", plan: { tasks: [5], output: {} } },
      { request: "a", by: "b", plan: { tasks: [{ id: "t1", args: {} }], output: {} } },
    ],
  };
  expect(await recall(brief("Translate it into German"), odd as never)).toBeUndefined();
});

test("a plan that cannot be kept once its work is done costs nobody the answer, and is told", async () => {
  const store = { of: async () => [], add: () => Promise.reject(new Error("the disk is full")) };
  const desk = team({
    name: "desk",
    does: "Translates",
    members,
    input: z.object({ text, language: text }),
    output: z.object({ translation: text }),
    kept: store,
  });
  const told: string[] = [];
  const events = appOf(desk).events({ request: { text: "x", language: "German" } });
  for (let one = await events.next(); ; one = await events.next()) {
    if (one.done) {
      expect(one.value).toEqual({ answer: { translation: "" } });
      break;
    }
    if (one.value.kind === "progress") told.push(one.value.message);
  }
  expect(told.join()).toContain("the disk is full");
});
