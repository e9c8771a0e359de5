import { expect, test } from "vitest";
import { z } from "zod";
import { check } from "../check/check.js";
import { conflicts } from "../check/conflicts.js";
import { randomGraph } from "../host/simulation/random-graph.fixture.js";
import { realGraph } from "../host/simulation/real-graph.fixture.js";
import { withoutConflicts } from "../host/simulation/without-conflicts.fixture.js";
import { type App, compile, defineGraph, END, memoryJournal, specialist, team, use } from "../index.js";
import type { Context } from "../specialist/context.js";
import { scriptedModel } from "./scripted-model.js";
import { resumeSimulated, simulate } from "./simulate.js";
import { simulated } from "./simulated.js";

const hour = 3_600_000;
const number = z.object({ n: z.number() });
const add = specialist({ name: "add", does: "Adds one", input: number, output: number, run: ({ n }) => ({ n: n + 1 }) });

/** Two branches of unlike length, joined. */
const branches = (timeout?: number) =>
  defineGraph({
    name: "branches",
    state: { n: z.number(), quick: z.number(), slow: z.number(), slower: z.number() },
    input: ["n"],
    output: ["quick", "slower"],
    nodes: {
      begin: use(add, { write: { n: "quick" } }),
      slow: use(add, { write: { n: "slow" }, ...(timeout === undefined ? {} : { timeout }) }),
      slower: use(add, { read: { n: "slow" }, write: { n: "slower" } }),
      other: use(add, { read: { n: "quick" }, write: { n: "quick" } }),
    },
    start: ["begin", "slow"],
    edges: { begin: "other", slow: "slower", slower: END, other: END },
  });

test("hours pass in no time, and branches pass side by side", async () => {
  const { output, ms, records } = await simulate(branches(), { n: 0 }, { takes: (at) => (at.startsWith("slow") ? 2 * hour : hour) });
  expect(output).toEqual({ quick: 2, slower: 2 });
  expect(ms).toBe(4 * hour);
  const ended = records.flatMap((record) => (record.kind === "completed" ? [[record.at, record.time / hour]] : []));
  expect(Object.fromEntries(ended)).toEqual({ begin: 1, slow: 2, other: 2, slower: 4 });
});

test("what takes longer than its bound fails in virtual time, and the rest is cancelled", async () => {
  await expect(simulate(branches(hour), { n: 0 }, { takes: () => 2 * hour })).rejects.toMatchObject({ code: "TIMEOUT" });
});

test("answers stand in for models; where none is given, no model is asked", async () => {
  const topic = specialist({
    name: "topic",
    does: "Names a topic",
    input: z.object({ text: z.string() }),
    output: z.object({ topic: z.string() }),
    prompt: ({ text }) => text,
  });
  const graph = defineGraph({
    name: "one",
    state: { text: z.string(), topic: z.string() },
    input: ["text"],
    output: ["topic"],
    nodes: { topic },
    start: "topic",
    edges: { topic: END },
  });
  const { output } = await simulate(graph, { text: "It crashes" }, { answers: { topic: ({ text }) => ({ topic: `of ${text}` }) } });
  expect(output).toEqual({ topic: "of It crashes" });
  await expect(simulate(graph, { text: "-" })).rejects.toMatchObject({ code: "NOT_SIMULATED" });
});

test("teams plan as they do elsewhere, and code calls others", async () => {
  const desk = team({ name: "desk", does: "Adds one", members: [add], input: number, output: number });
  const calls = specialist({
    name: "calls",
    does: "Calls",
    input: number,
    output: number,
    run: async ({ n }, ctx) => {
      const [a, b] = await Promise.all([
        ctx.call("a", desk, { n }),
        ctx.call("b", use(add, { read: { n: "x" }, write: { n: "y" } }), { x: n }),
      ]);
      return { n: a.n + b.y + (await ctx.once("ten", () => 10)) };
    },
  });
  const graph = defineGraph({
    name: "g",
    state: { n: z.number() },
    input: ["n"],
    output: ["n"],
    nodes: { calls },
    start: "calls",
    edges: { calls: END },
  });
  expect((await simulate(graph, { n: 1 })).output).toEqual({ n: 14 });
});

test("the same graphs come to the same results as in process, whatever the timing: outputs, records, events and ledger", async () => {
  const input = { given: 50, list: [3, 1, 2] };
  const outcomes = (records: readonly { kind: string; at?: string; output?: unknown }[]) =>
    Object.fromEntries(records.flatMap(({ kind, at, output }) => (kind === "completed" ? [[at, output]] : [])));
  const lines = async (app: App) =>
    (await app.ledger("t")).lines.map(({ at, specialist, status, attempts }) => [at, specialist, status, attempts].join(" ")).sort();
  let compared = 0;
  for (let seed = 1; compared < 30; seed++) {
    const bare = randomGraph(seed, { shared: seed % 2 === 0 });
    if (!bare || Object.keys(bare.nodes).length > 9) continue;
    const graph = realGraph(withoutConflicts(bare, conflicts, seed), async () => {});
    if (check(graph).length) continue;
    const journal = memoryJournal();
    const app = compile(graph, { journal });
    const output = await app.invoke(input, { thread: "t" });
    const expected = outcomes(await journal.read("t"));
    const ledger = await lines(app);
    for (const timing of [1, 2, 3]) {
      const run = await simulate(graph, input, { seed: timing });
      expect(run.output, `graph ${seed}`).toEqual(output);
      expect(outcomes(run.records), `graph ${seed}`).toEqual(expected);
      const kept = memoryJournal();
      const other = compile(graph, { journal: kept, host: simulated({ seed: timing }) });
      const events: unknown[] = [];
      for await (const event of other.events(input, { thread: "t" })) events.push(event);
      expect(events, `graph ${seed}`).toEqual(await kept.read("t"));
      expect(await lines(other), `graph ${seed}`).toEqual(ledger);
    }
    compared++;
  }
}, 120_000);

test("a simulation refuses what a run refuses", async () => {
  const call = (ctx: Context, key: string) => ctx.call(key, doubled, { x: 2 });
  const value = ({ x }: { x: number }) => ({ y: x });
  const cases: [string, ReturnType<typeof only>, any?][] = [
    ["KEY_INVALID", only(async (_, ctx) => ({ y: (await call(ctx, "k")).y + (await call(ctx, "k")).y }))],
    ["KEY_INVALID", only((_, ctx) => call(ctx, "a/b"))],
    ["OUTPUT_NOT_JSON", only(async (_, ctx) => ({ y: (await ctx.once("k", () => new Date() as any)).getTime() }))],
    ["SPECIALIST_INVALID", only(async (_, ctx) => ({ y: await ctx.once("k", undefined as any) }))],
    ["SPECIALIST_INVALID", only((_, ctx) => ctx.call("k", undefined as any, { x: 2 }))],
    ["SPECIALIST_INVALID", only((_, ctx) => ctx.call("k", (() => 1) as any, { x: 2 }))],
    ["INPUT_INVALID", only((_, ctx) => ctx.call("k", doubled, undefined as any))],
    ["INPUT_INVALID", only(value), undefined],
    ["INPUT_INVALID", only(value), [1]],
    ["INPUT_INVALID", only(value), {}],
    ["INPUT_INVALID", only(value), { x: "1" }],
    ["INPUT_INVALID", only(value), { x: 1, z: 1 }],
    [
      "RESULT_INVALID",
      only(
        value,
        z.number().refine((y) => y < 0),
      ),
    ],
  ];
  for (const [code, graph, ...given] of cases) {
    const input = given.length ? given[0] : { x: 1 };
    await expect(compile(graph).invoke(input)).rejects.toMatchObject({ code });
    await expect(simulate(graph, input)).rejects.toMatchObject({ code });
  }
  await expect(simulate({ ...only(value), start: "nowhere" } as any, { x: 1 })).rejects.toMatchObject({ code: "GRAPH_INVALID" });
  for (const ms of [-1, Number.NaN, "5"] as number[])
    await expect(simulate(only(value), { x: 1 }, { takes: () => ms })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  for (const options of [{ takes: 5 }, { seed: "7" }, { seed: Number.NaN }] as any[])
    await expect(simulate(only(value), { x: 1 }, options)).rejects.toMatchObject({ code: "OPTION_INVALID" });
  await expect(simulate(only(value), { x: 1 }, { speed: 2 } as any)).rejects.toMatchObject({ code: "OPTION_INVALID" });
});

const doubled = specialist({
  name: "doubled",
  does: "Doubles a number",
  input: z.object({ x: z.number() }),
  output: z.object({ y: z.number() }),
  run: ({ x }) => ({ y: 2 * x }),
});
const only = (run: (input: { x: number }, ctx: Context) => any, y = z.number()) =>
  defineGraph({
    name: "only",
    state: { x: z.number(), y },
    input: ["x"],
    output: ["y"],
    nodes: {
      work: specialist({ name: "work", does: "Works", input: z.object({ x: z.number() }), output: z.object({ y: z.number() }), run }),
    },
    start: "work",
    edges: { work: END },
  });

const text = z.object({ text: z.string() });
const draft = specialist({ name: "draft", does: "Drafts", input: text, output: text, prompt: (given) => `Draft ${given.text}` });
/** Each item is drafted by a model, by way of code that draws a number. */
const desk = () => {
  const drafted = specialist({
    name: "drafted",
    does: "Has something drafted",
    input: z.object({ item: z.string() }),
    output: text,
    run: async ({ item }, ctx) => {
      const drawn = Math.floor(ctx.random() * 1e6);
      const { text } = await ctx.call("draft", draft, { text: `${item} ${drawn}` });
      return { text: `${text} at ${ctx.now()}` };
    },
  });
  const begin = specialist({ name: "begin", does: "Begins", input: z.object({}), output: z.object({}), run: () => ({}) });
  return defineGraph({
    name: "desk",
    state: { items: z.array(z.string()), item: z.string(), text: z.string(), texts: z.array(z.string()) },
    input: ["items"],
    output: ["texts"],
    nodes: { begin, drafted },
    start: "begin",
    edges: { begin: { each: "items", as: "item", to: "drafted", collect: { text: "texts" }, then: END }, drafted: END },
  } as any) as any;
};
const echo = () =>
  scriptedModel((messages) => ({ text: JSON.stringify({ text: messages.at(-1)!.text.match(/Draft (\w+ \d+)/)?.[1] ?? "?" }) }));

test("a run that was cut off anywhere goes on from its records to the same end, and nothing finished is done again", async () => {
  const whole = await simulate(desk(), { items: ["a", "b", "c"] }, { models: { default: echo() } });
  expect(whole.records.filter(({ kind }) => kind === "completed")).toHaveLength(7);
  for (let cut = 1; cut < whole.records.length; cut++) {
    const before = whole.records.slice(0, cut);
    const done = new Set(before.flatMap((record) => (record.kind === "completed" ? [record.at as string] : [])));
    const model = echo();
    const rest = await resumeSimulated(desk(), before, { models: { default: model } });
    expect(rest.records.slice(0, cut)).toEqual(before);
    expect((rest.output as any).texts.map((one: string) => one.split(" ")[0])).toEqual(["a", "b", "c"]);
    const anew = rest.records.slice(cut).flatMap((record) => (record.kind === "started" ? [record.at as string] : []));
    expect(anew.filter((at) => done.has(at))).toEqual([]);
    expect(model.asked).toHaveLength(3 - [...done].filter((at) => at.endsWith("/draft")).length);
    expect(rest.ms).toBe(rest.records.at(-1)!.time - before.at(-1)!.time);
  }
});

test("a journal's records are gone on from, and those of a run that has ended are its end", async () => {
  const journal = memoryJournal();
  const app = compile(branches(), { journal });
  const output = await app.invoke({ n: 0 }, { thread: "t" });
  const entries = await journal.read("t");
  expect((await resumeSimulated(branches(), entries)).output).toEqual(output);
  const rest = await resumeSimulated(branches(), entries.slice(0, 4), { takes: () => hour });
  expect(rest.output).toEqual(output);
  expect(rest.ms % hour).toBe(0);
  await expect(
    resumeSimulated(
      only(({ x }) => ({ y: x })),
      entries,
    ),
  ).rejects.toMatchObject({ code: "GRAPH_CHANGED" });
  await expect(resumeSimulated(branches(), "monday" as any)).rejects.toMatchObject({ code: "OPTION_INVALID" });
});

test("models are asked where they are scripted or given, in no virtual time; others are not", async () => {
  const own = specialist({ ...draft, name: "own", model: scriptedModel(['{"text":"own"}']) } as any);
  const real = { ...scriptedModel([]), id: "openai:gpt-4o", load: () => Promise.reject(new Error("was asked")) };
  const graph = (work: any) =>
    defineGraph({
      name: "one",
      state: { text: z.string() },
      input: ["text"],
      output: ["text"],
      nodes: { work },
      start: "work",
      edges: { work: END },
    } as any) as any;
  const given = { models: { default: scriptedModel(['{"text":"given"}']) }, takes: () => 7 };
  expect(await simulate(graph(draft), { text: "-" }, given)).toMatchObject({ output: { text: "given" }, ms: 7 });
  expect((await simulate(graph(own), { text: "-" })).output).toEqual({ text: "own" });
  for (const work of [draft, { ...draft, model: real }])
    await expect(simulate(graph(work), { text: "-" })).rejects.toMatchObject({ code: "NOT_SIMULATED", detail: { at: "work" } });
});

test("an answer for nobody is an error that names those there are; of whom code calls it is known at the end", async () => {
  const called = only((_, ctx) => ctx.call("k", doubled, { x: 2 }));
  expect((await simulate(called, { x: 1 }, { answers: { doubled: () => ({ y: 9 }) } })).output).toEqual({ y: 9 });
  for (const [name, hint] of [
    ["wrok", 'Did you mean "work"? There are work.'],
    ["mail", "There are work, doubled."],
  ] as const) {
    const options = { answers: { [name]: () => ({ y: 1 }) } };
    await expect(simulate(called, { x: 1 }, options)).rejects.toMatchObject({ code: "OPTION_INVALID", hint });
  }
  for (const answers of ["work", { work: { y: 1 } }] as any[])
    await expect(simulate(called, { x: 1 }, { answers })).rejects.toMatchObject({ code: "OPTION_INVALID" });
});

test.each([
  ["seed", "monday"],
  ["seed", Number.NaN],
  ["begins", "2027-01-01"],
  ["begins", Number.NaN],
  ["takes", 5],
  ["takes", () => Number.POSITIVE_INFINITY],
  ["takes", () => "an hour"],
])("a %s that is none is refused, not taken for another", async (option, given) => {
  const run = async () => compile(branches(), { host: simulated({ [option]: given }) }).invoke({ n: 1 });
  await expect(run()).rejects.toMatchObject({ code: "OPTION_INVALID", message: expect.stringContaining(`simulated.${option}`) });
});

test("models and records that are none are refused by name", async () => {
  for (const models of [5, { default: "scripted" }, { default: undefined }] as any[])
    await expect(simulate(branches(), { n: 1 }, { models })).rejects.toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringMatching(/simulate\.models/),
    });
  for (const records of [[null], ["began"], [{}]] as any[])
    await expect(resumeSimulated(branches(), records)).rejects.toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringContaining("resumeSimulated.records.0"),
    });
});

test("an app under the simulated host is an app like any other: events, ledger and going on, in virtual time", async () => {
  const journal = memoryJournal();
  const app = compile(branches(), { journal, host: simulated({ takes: () => hour }) });
  const times: number[] = [];
  const events = app.events({ n: 0 }, { thread: "t" });
  for await (const event of events) if (event.kind === "completed") times.push(event.ms);
  expect(times).toEqual([hour, hour, hour, hour]);
  expect((await app.ledger("t")).lines.map(({ ms }) => ms)).toEqual([hour, hour, hour, hour]);
  const late = compile(branches(), { host: simulated({ takes: () => hour }) });
  await expect(late.invoke({ n: 0 }, { timeout: hour * 1.5 })).rejects.toMatchObject({ code: "TIMEOUT" });
});
