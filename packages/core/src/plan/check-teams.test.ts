import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  asSpecialist,
  check,
  checkTeams,
  compile,
  defineGraph,
  END,
  media,
  type Specialist,
  specialist,
  team,
  teamHints,
  use,
} from "../index.js";
import { settleLine } from "./check-settle.js";
import { briefFor } from "./team.js";
import { withoutModel } from "./without-model.js";

const text = z.string();
const made = (name: string, does: string, input: object, output: object, more: object = {}): Specialist =>
  specialist({ name, does, input: z.object(input as any), output: z.object(output as any), run: () => ({}) as any, ...more } as any) as any;
const transcribe = made("transcribe", "Writes down what a recording says", { recording: media.audio() }, { transcript: text });
const summarize = made("summarize", "Sums a text up", { text }, { summary: text });
const translate = made("translate", "Translates a text into German", { text }, { german: text });
const count = made("count", "Counts the words of a text", { text }, { words: z.number() });
const render = made("render", "Draws a text", { text }, { picture: media.image() });

const desk = (members: readonly Specialist[], input: object, output: object, more: object = {}): Specialist =>
  team({
    name: "desk",
    does: "Works on what is given",
    members,
    input: z.object(input as any),
    output: z.object(output as any),
    ...more,
  }) as any;
const graphOf = (one: Specialist, input: object, output: object) =>
  defineGraph({
    name: "g",
    state: { ...input, ...output },
    input: Object.keys(input),
    output: Object.keys(output),
    nodes: { desk: one },
    start: "desk",
    edges: { desk: END },
  } as any);
const graph = (members: readonly Specialist[], input: object, output: object, more: object = {}) =>
  graphOf(desk(members, input, output, more), input, output);
const nobody: any = { id: "nobody" };
const planner: any = { id: "scripted:planner", card: { kind: "chat" }, load: () => nobody };

test("a team whose work can be had is clean, however it plans", async () => {
  for (const more of [{}, { planner: "planner" }, { planner }]) {
    const one = graph([transcribe, summarize], { memo: media.audio() }, { summary: text }, more);
    expect([check(one), checkTeams(one), await teamHints(one)]).toEqual([[], [], []]);
  }
});

test("a medium that no member takes is an issue, whoever plans, and compile refuses the graph", () => {
  for (const more of [{}, { planner }, { planner, guide: false }]) {
    const one = graph([summarize], { memo: media.audio() }, { summary: text }, more);
    const unused = expect.objectContaining({
      code: "unused-input",
      path: ["nodes", "desk", "team", "input", "memo"],
      names: { input: ["memo"] },
    });
    expect(checkTeams(one)).toEqual([unused]);
    expect(() => compile(one)).toThrow(expect.objectContaining({ code: "GRAPH_INVALID", issues: [unused] }));
  }
});

test("so is one whose only reader is of no use for what is wanted", () => {
  const one = graph([transcribe, count], { memo: media.audio(), picture: media.image() }, { words: z.number() });
  expect(checkTeams(one).map(({ names }) => names)).toEqual([{ input: ["picture"] }]);
});

test("an input that need not be used is none: the request, what may be left out, what may be null", async () => {
  const wish = { note: text, memo: media.audio() };
  expect(checkTeams(graph([summarize], wish, { summary: text }, { request: "memo" }))).toEqual([]);
  const maybe = { note: text, memo: media.audio().optional() };
  const inside = desk([summarize], maybe, { summary: text });
  const one = graphOf(inside, maybe, { summary: text });
  expect(checkTeams(one)).toEqual([]);
  expect((await teamHints(one)).map(({ code, names }) => [code, names])).toEqual([["unused-input", { input: ["memo"] }]]);
  expect(checkTeams(graph([summarize], { note: text, memo: media.audio().nullable() }, { summary: text }))).toEqual([]);
});

test("an output that nothing gives by its type is an issue, which names the member that gives it and what that lacks", () => {
  const lost = graph([summarize], { note: text }, { summary: text, words: z.number() }, { planner });
  expect(checkTeams(lost)).toEqual([
    expect.objectContaining({ code: "missing-output", path: ["nodes", "desk", "team", "output", "words"], names: { output: ["words"] } }),
  ]);
  const score = made("score", "Scores a recording", { recording: media.audio() }, { score: z.number() });
  const [issue, ...more] = checkTeams(graph([summarize, score], { note: text }, { summary: text, score: z.number() }));
  expect([issue, more]).toEqual([
    expect.objectContaining({ code: "missing-output", names: { output: ["score"], member: ["score"], argument: ["recording"] } }),
    [],
  ]);
});

test("lists may be gathered, fields inside answers count, and outputs that need not be there may lack", () => {
  const shots = { pictures: z.array(media.image()) };
  expect(checkTeams(graph([render], { note: text }, shots))).toEqual([]);
  const facts = made("facts", "Finds facts", { text }, { facts: z.object({ year: z.number() }) });
  expect(checkTeams(graph([facts], { note: text }, { year: z.number() }))).toEqual([]);
  const out = { summary: text, words: z.number().optional() };
  expect(checkTeams(graphOf(desk([summarize], { note: text }, out), { note: text }, out))).toEqual([]);
});

test("a member that can never be asked is a hint", async () => {
  const one = graph([summarize, transcribe], { note: text }, { summary: text });
  expect(checkTeams(one)).toEqual([]);
  expect(await teamHints(one)).toEqual([
    expect.objectContaining({
      code: "missing-argument",
      path: ["nodes", "desk", "team", "members", 1],
      names: { argument: ["recording"], member: ["transcribe"] },
    }),
  ]);
});

test("a request in what is no input is an issue that names the nearest", () => {
  const found = (request: string) => checkTeams(graph([translate], { note: text, wish: text }, { german: text }, { request }));
  expect(found("wish")).toEqual([]);
  expect(found("wihs")).toMatchObject([
    { code: "unknown-input", path: ["nodes", "desk", "team", "request"], hint: 'Did you mean "wish"?' },
  ]);
});

test("what is settled with names that are none, or can't stand there, is an issue that names the nearest", () => {
  const found = (settle: object, members = [summarize, translate, count]) =>
    checkTeams(graph(members, { note: text }, { german: text, summary: text }, { settle })).map(({ code, hint }) => [code, hint]);
  expect(found({ "translate.text": "summarize.summary" })).toEqual([]);
  expect(found({ "output.summary": "summarize.summary", "summarize.text": "input.note" })).toEqual([]);
  expect(found({ "translat.text": "input.note" })).toEqual([["unknown-place", 'Did you mean "translate.text"?']]);
  expect(found({ "translate.txt": "input.note" })).toEqual([["unknown-place", 'Did you mean "translate.text"?']]);
  expect(found({ "output.sumary": "summarize.summary" })).toEqual([["unknown-place", 'Did you mean "output.summary"?']]);
  expect(found({ "translate.text": "summarise.summary" })).toEqual([["unknown-source", 'Did you mean "summarize.summary"?']]);
  expect(found({ "translate.text": "input.notes" })).toEqual([["unknown-source", 'Did you mean "input.note"?']]);
  const codes = (settle: object) => found(settle).map(([code]) => code);
  expect(codes({ "translate.text": "count.words" })).toEqual(["settle-unfit"]);
  expect(codes({ "translate.text": "translate.german" })).toEqual(["settle-unfit"]);
  expect(codes({ "translate.text": "summarize.summary", "summarize.text": "translate.german" })).toEqual(["settle-unfit", "settle-unfit"]);
  expect(codes({ "translate.text": "summarize.summary", "summarize.text": "input.note" })).toEqual([]);
  const send = made("send", "Sends a text", { text }, { receipt: text }, { effects: true });
  expect(found({ "translate.text": "send.receipt" }, [summarize, translate, send]).map(([code]) => code)).toEqual(["settle-unfit"]);
});

const two = { mine: text, theirs: text };
const polish = made("polish", "Makes a text better", { text }, { polished: text });
const shorten = made("shorten", "Makes a text shorter", { text }, { short: text });
const both = { polished: text, short: text };

test("a place with like sources is a hint, and the line that settles it, pasted, leaves it open no more", async () => {
  const one = graph([polish, shorten], two, both);
  expect(checkTeams(one)).toEqual([]);
  const hints = await teamHints(one);
  expect(hints.map(({ code, path }) => [code, path])).toEqual([
    ["open-place", ["nodes", "desk", "team", "polish.text"]],
    ["open-place", ["nodes", "desk", "team", "shorten.text"]],
  ]);
  const lines = hints.map(({ hint }) => JSON.parse(/team\(\{ settle: (\{.*?\}) \}\)/.exec(hint!)![1]!));
  expect(lines.map((line) => Object.keys(line))).toEqual([["polish.text"], ["shorten.text"]]);
  const settled = graph([polish, shorten], two, both, { settle: Object.assign({}, ...lines) });
  expect([check(settled), checkTeams(settled), await teamHints(settled)]).toEqual([[], [], []]);
});

test("a team that is told a request, planned by a model or allowed to guess has no open places before a run", async () => {
  const hintsWith = (more: object, input: object = two) => teamHints(graph([polish, shorten], input, both, more));
  expect(await hintsWith({ request: "wish" }, { ...two, wish: text })).toEqual([]);
  expect(await hintsWith({ planner })).toEqual([]);
  expect(await hintsWith({ unsure: "guess" })).toEqual([]);
  expect(await hintsWith({ unsure: "refuse" })).toEqual(await hintsWith({}));
  expect(await hintsWith({ planner: "planner", guide: false })).toEqual([]);
  expect(await hintsWith({ planner: "planner" })).toEqual(await hintsWith({}));
});

test("what types could give and names speak against is a hint", async () => {
  const one = graph([summarize], { note: text }, { summary: text, diagnosis: text });
  expect(checkTeams(one)).toEqual([]);
  expect((await teamHints(one)).map(({ message }) => message).join()).toContain("diagnosis");
});

test("a member whose schema no planner can be told is an issue", () => {
  const odd = made("odd", "Does something", { text, when: z.date() }, { summary: text });
  const one = graph([summarize, odd], { note: text }, { summary: text });
  expect(check(one)).toEqual([]);
  expect(checkTeams(one)).toEqual([
    expect.objectContaining({
      code: "schema-opaque",
      path: ["nodes", "desk", "team", "members", 1],
      names: { specialist: ["odd"], member: ["odd"] },
    }),
  ]);
});

test("teams inside graphs and among members are found, each once, and told by their way", () => {
  const bad = desk([summarize], { memo: media.audio() }, { summary: text });
  const inner = asSpecialist(graphOf(bad, { memo: media.audio() }, { summary: text }), "Sums a memo up");
  const outer = team({
    name: "office",
    does: "Works on a memo",
    members: [inner as Specialist, count],
    input: z.object({ memo: media.audio() }),
    output: z.object({ summary: text, words: z.number() }),
  });
  const whole = defineGraph({
    name: "whole",
    state: { memo: media.audio(), summary: text, words: z.number(), again: text },
    input: ["memo"],
    output: ["summary", "words", "again"],
    nodes: { office: outer, again: use(bad, { write: { summary: "again" } } as any) },
    start: "office",
    edges: { office: "again", again: END },
  } as any);
  expect(check(whole)).toEqual([]);
  expect(checkTeams(whole).map(({ path }) => path)).toEqual([
    ["nodes", "office", "team", "members", 0, "graph", "nodes", "desk", "team", "input", "memo"],
  ]);
});

const types = {
  text,
  number: z.number(),
  audio: media.audio(),
  image: media.image(),
  page: media.page(),
  texts: z.array(text),
  images: z.array(media.image()),
};
const typeNames = Object.keys(types) as (keyof typeof types)[];
const fields = (prefix: string, least: number) =>
  fc
    .array(fc.constantFrom(...typeNames), { minLength: least, maxLength: 2 })
    .map((some) => Object.fromEntries(some.map((type, i) => [`${prefix}${i}`, types[type]])));

test("where any plan can be carried out, nothing is found: what is found no run could escape", async () => {
  let planned = 0;
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fields("in", 1), fields("out", 1), fc.boolean()), { minLength: 1, maxLength: 4 }),
      fields("given", 1),
      fc.boolean(),
      async (cards, input, loose) => {
        const members = cards.map(([takes, gives, effects], i) => made(`m${i}`, "Works", takes, gives, effects ? { effects } : {}));
        const [gives] = cards.map(([, one]) => one).reverse();
        const one = desk(members, input, loose ? { out0: text } : gives!);
        const { issues } = await withoutModel(briefFor(one), {});
        const wrong = checkTeams(one);
        found += wrong.length > 0 ? 1 : 0;
        if (issues.length > 0) return;
        planned++;
        expect(wrong).toEqual([]);
      },
    ),
    { numRuns: 400, seed: 1 },
  );
  expect(Math.min(planned, found)).toBeGreaterThan(20);
});

test("only what a place can be settled with is printed to be pasted", () => {
  const brief = briefFor(desk([polish, shorten], two, both));
  const literal = { place: "shorten.text", source: '"plain"' };
  const list = { place: "polish.text", source: "[input.mine, input.theirs]" };
  const mine = { place: "polish.text", source: "input.mine" };
  expect(settleLine({ open: [literal, list], settled: [] }, brief)).toBeUndefined();
  expect(settleLine({ open: [literal, mine], settled: [literal, mine] }, brief)).toBe('settle: {"polish.text":"input.mine"}');
  // What is settled already would be lost where the line takes its place.
  const more = { ...brief, settle: { "shorten.text": "input.theirs" } };
  expect(settleLine({ open: [mine], settled: [mine] }, more)).toBe('settle: {"shorten.text":"input.theirs","polish.text":"input.mine"}');
  expect(settleLine({ open: [list], settled: [list] }, more)).toBeUndefined();
  // One line would give both tasks one source.
  const theirs = { place: "polish.text", source: "input.theirs" };
  expect(settleLine({ open: [mine, theirs], settled: [mine, theirs] }, brief)).toBeUndefined();
  expect(settleLine({ open: [mine], settled: [mine, theirs] }, brief)).toBeUndefined();
});
