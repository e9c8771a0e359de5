import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { readGraph } from "../../file/read-graph.js";
import type { Graph } from "../../graph/graph.js";
import type { Plan } from "../../graph/plan.js";
import { compile } from "../../interop/compile.js";
import type { Json, JsonSchema } from "../../schema/json.js";
import { mark } from "../../schema/mark.js";
import { specialist } from "../../specialist/specialist.js";
import { team } from "../team.js";
import { savePlan } from "./save-plan.js";

const text = z.string();
const says = (name: string, input: z.ZodType<object>, more: { effects?: true } = {}) =>
  specialist({ ...more, name, does: name, input, output: z.object({ said: text }), run: (given) => ({ said: JSON.stringify(given) }) });
const members = [
  says("translate", z.object({ text, language: text.describe("ISO 639-1 code") })),
  says("shorten", z.object({ text, maxWords: z.int().min(5), style: z.enum(["plain", "formal"]).optional() })),
  says("headline", z.object({ text, limit: z.number().optional(), maxWords: z.int().min(5).optional() })),
  says("remind", z.object({ text, day: z.iso.date() })),
  says("write", z.object({ text, topic: text.optional(), instructions: text.optional(), mode: z.enum(["draft"]).optional() })),
  says("collect", z.object({ texts: z.array(text), title: text.optional() })),
  says(
    "search",
    z.object({
      text,
      filter: z.object({ city: text, max: z.number().optional(), within: z.object({ km: z.number() }).optional() }),
      also: z.array(text).optional(),
    }),
  ),
  says("write to", z.object({ text, mail: z.object({ to: mark.trusted(text), cc: text.optional() }) }), { effects: true }),
  says("send", z.object({ text, to: mark.trusted(text.optional()) }), { effects: true }),
];
const desk = (more: object = {}) =>
  team({
    name: "desk",
    does: "Does what is asked for with a note, in 9 steps at most",
    members,
    input: z.object({ note: mark.trusted(text), wish: text }),
    output: z.object({ said: text }),
    request: "wish",
    ...more,
  });
const note = { ref: "input.note" };
const chain = (...tasks: (readonly [string, Record<string, Json>])[]): Plan => ({
  tasks: tasks.map(([member, args], i) => ({
    id: `t${i + 1}`,
    member,
    args: { ...(member === "collect" ? {} : { text: i ? { ref: `t${i}.said` } : note }), ...args },
  })),
  output: { said: { ref: `t${tasks.length}.said` } },
});
type State = Record<string, JsonSchema>;
const saved = (request: string, plan: Plan, more?: object) => savePlan(desk(more), plan, { request });
const defaults = (request: string, plan: Plan, more?: object) => {
  const { file } = saved(request, plan, more);
  const state = file.state as unknown as State;
  return Object.fromEntries((file.input as string[]).flatMap((name) => (name === "note" ? [] : [[name, state[name]!.default]])));
};

test("what the request says is an input of the graph with that for its default; the graph does the same, or other if it is given", async () => {
  const plan = chain(["translate", { language: "da" }], ["shorten", { maxWords: 40 }]);
  const { graph, file, code } = savePlan(desk(), plan, {
    request: "Translate this into Danish, in at most 40 words",
    modules: { translate: "./desk.mjs#translate", shorten: "./desk.mjs#shorten" },
  });
  expect(graph.input).toEqual(["note", "language", "maxWords"]);
  expect(file.state).toMatchObject({
    language: {
      type: "string",
      default: "da",
      description: 'ISO 639-1 code. For language of translate, as the request said: "Danish"',
    },
    maxWords: { type: "integer", minimum: 5, default: 40, description: 'For maxWords of shorten, as the request said: "40"' },
  });
  expect(code).toContain('as the request said: \\"Danish\\"","default":"da"');
  const folder = await mkdtemp(join(tmpdir(), "troupe-saved-"));
  await writeFile(join(folder, "desk.mjs"), "");
  const [translate, shorten] = members;
  const read = await readGraph(
    { text: JSON.stringify(file), file: join(folder, "g.json") },
    { load: async () => ({ translate, shorten }) },
  );
  expect(read.issues).toEqual([]);
  const did = async (from: Graph, given: object) => {
    const { said } = (await compile(from).invoke({ note: "x", ...given })) as { said: string };
    return JSON.parse(said);
  };
  for (const one of [graph, read.graph!]) {
    expect(await did(one, {})).toEqual({ text: '{"text":"x","language":"da"}', maxWords: 40 });
    expect(await did(one, { language: "sv", maxWords: 9 })).toEqual({ text: '{"text":"x","language":"sv"}', maxWords: 9 });
    await expect(did(one, { maxWords: 2 })).rejects.toMatchObject({ code: "INPUT_INVALID" });
  }
});

test.each<[string, string, Plan, object]>([
  ["a number in words", "In forty words, please", chain(["shorten", { maxWords: 40 }]), { maxWords: 40 }],
  ["German", "Übersetze das auf Dänisch", chain(["translate", { language: "da" }]), { language: "da" }],
  ["a day", "Remind me on 4 March 2027", chain(["remind", { day: "2027-03-04" }]), { day: "2027-03-04" }],
  [
    "a label",
    "Keep it formal and under 30 words",
    chain(["shorten", { maxWords: 30, style: "formal" }]),
    { maxWords: 30, style: "formal" },
  ],
  ["words as they stand", "Write about solar panels", chain(["write", { topic: "solar panels" }]), { topic: "solar panels" }],
  [
    "the whole request",
    "Write it in a friendly tone",
    chain(["write", { instructions: "Does: Write it in a friendly tone" }]),
    { instructions: "Does: Write it in a friendly tone" },
  ],
  ["an item of a list of answers", 'Put it under "Terms"', chain(["collect", { texts: [note, "Terms"] }]), { texts: "Terms" }],
])("%s", (_, request, plan, expected) => expect(defaults(request, plan)).toEqual(expected));

test("words are found as they stand whatever marks are in them", () => {
  const marks = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCodePoint(0x20 + i));
  for (const mark of [...marks, "–", "’", "€", "𝒳"]) {
    const topic = `a well${mark}known tale`;
    expect(defaults(`Write about ${topic}`, chain(["write", { topic }]))).toEqual({ topic });
    expect(defaults("Write about a well_known tale.", chain(["write", { topic }]))).toEqual(mark === "_" ? { topic } : {});
  }
});

test.each<[string, string, Plan]>([
  ["nobody said", "Shorten it", chain(["shorten", { maxWords: 40 }])],
  ["only the team's own words say", "Shorten it", chain(["shorten", { maxWords: 9 }])],
  ["no other could stand for", "Write a draft", chain(["write", { mode: "draft" }])],
  ["is part of a longer word", "Write about panelling", chain(["write", { topic: "panel" }])],
])("what %s stays a constant", (_, request, plan) => expect(defaults(request, plan)).toEqual({}));

test("one value in two places is one input where the request says it once, and two where it says it twice", () => {
  const both = chain(["shorten", { maxWords: 40 }], ["headline", { maxWords: 40 }]);
  expect(defaults("Shorten it and find a headline, at most 40 words each", both)).toEqual({ maxWords: 40 });
  expect(defaults("Shorten it to 40 words and find a headline of 40 words", both)).toEqual({ shorten_maxWords: 40, headline_maxWords: 40 });
  // The wider of two types would let in what the narrower does not take.
  const mixed = chain(["headline", { limit: 40 }], ["shorten", { maxWords: 40 }]);
  const { file } = saved("At most 40 each", mixed);
  expect(file.input).toEqual(["note", "maxWords"]);
  expect((file.state as unknown as State).maxWords).toMatchObject({
    type: "integer",
    description: expect.stringContaining("limit of headline"),
  });
});

test("what is said of an object or a list makes the whole of it an input", async () => {
  const filter = { city: "Lima", max: 40, within: { km: 3 } };
  const search = (more: object = {}) => chain(["search", { filter, ...more }]);
  expect(defaults("Search in Lima", search())).toEqual({ filter });
  expect(defaults("Search within 3 km", search())).toEqual({ filter });
  expect(defaults("Search it", search())).toEqual({});
  expect(defaults("Search it for solar panels", search({ also: ["wind", "solar panels"] }))).toEqual({ also: ["wind", "solar panels"] });
  const { graph, file } = saved("Search in Lima, 40 at most", search());
  expect((file.state as unknown as State).filter).toMatchObject({
    type: "object",
    description: 'For filter of search, as the request said: "Lima", "40"',
  });
  const did = async (given: object) => JSON.parse(((await compile(graph).invoke({ note: "x", ...given })) as { said: string }).said);
  expect(await did({})).toEqual({ text: "x", filter });
  expect(await did({ filter: { city: "Cusco" } })).toEqual({ text: "x", filter: { city: "Cusco" } });
  await expect(did({ filter: {} })).rejects.toMatchObject({ code: "INPUT_INVALID" });
});

test("names are none that inputs, outputs and answers have, and two of one name say whose they are", () => {
  const twice = chain(["translate", { language: "da" }], ["translate", { language: "sv" }]);
  expect(defaults("Into Danish, and that into Swedish", twice)).toEqual({ t1_language: "da", t2_language: "sv" });
  const named = desk({ input: z.object({ note: text, wish: text, language: text.optional() }) });
  const { file } = savePlan(named, chain(["translate", { language: "da" }]), { request: "Into Danish" });
  expect(file.input).toEqual(["note", "translate_language"]);
});

test("a recipient that a trusted request names is an input that is trusted; one that anybody named cannot be saved", () => {
  const plan = { ...chain(["shorten", { maxWords: 40 }], ["send", { to: "ann@example.org" }]), output: { said: { ref: "t1.said" } } };
  const request = "Send it to ann@example.org in 40 words";
  const trusting = { input: z.object({ note: text, wish: mark.trusted(text) }) };
  expect(defaults(request, plan, trusting)).toEqual({ maxWords: 40, to: "ann@example.org" });
  expect((saved(request, plan, trusting).file.state as unknown as State).to).toMatchObject({ "x-trusted": true });
  expect(defaults(request, plan, { request: undefined, input: z.object({ note: text }) })).toHaveProperty("to");
  expect(() => saved(request, plan)).toThrowError(expect.objectContaining({ code: "PLAN_UNSAVED" }));
  const inside = chain(["write to", { mail: { to: "ann@example.org" } }]);
  expect(defaults(request, inside, trusting)).toEqual({ mail: { to: "ann@example.org" } });
  expect(() => saved(request, inside)).toThrowError(expect.objectContaining({ code: "PLAN_UNSAVED" }));
});

test("whatever a request says, the saved graph does by default what the plan does", async () => {
  const value = { language: fc.constantFrom("da", "sv", "Danish"), maxWords: fc.integer({ min: 5, max: 60 }) };
  const step = fc.oneof(
    fc.record({ language: value.language }).map((args) => ["translate", args] as const),
    fc.record({ maxWords: value.maxWords }).map((args) => ["shorten", args] as const),
    fc.record({ maxWords: value.maxWords, limit: value.maxWords }).map((args) => ["headline", args] as const),
  );
  const piece = fc.oneof(value.language, fc.constantFrom("Swedish", "and", "into", "words", "forty", '"'), value.maxWords.map(String));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), fc.array(piece, { maxLength: 8 }), async (steps, words) => {
      const plan = chain(...steps);
      const plain = await compile(savePlan(desk(), plan).graph).invoke({ note: "x" });
      expect(await compile(saved(words.join(" "), plan).graph).invoke({ note: "x" })).toEqual(plain);
    }),
    { numRuns: 60 },
  );
});
