import { ToolMessage } from "@langchain/core/messages";
import { DynamicTool, StructuredTool, tool } from "@langchain/core/tools";
import { Command } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { z } from "zod";
import { z as z3 } from "zod-3";
import { compile, defineGraph, END, mark, specialist, team, use } from "../../index.js";
import { count, shout } from "../../specialist/words.fixture.js";
import { fromTool } from "./from-tool.js";
import { toTool } from "./to-tool.js";

const city = z.object({ city: z.string().describe("Its name"), unit: z.enum(["C", "F"]).default("C") });
const weather = tool(async ({ city, unit }) => ({ degrees: city.length, unit }), {
  name: "weather",
  description: "Tells the weather of a city",
  schema: city,
});
const run = (work: any, input: object, options?: any) =>
  compile(
    defineGraph({
      name: "g",
      state: { given: z.any(), gave: z.any() },
      input: ["given"],
      output: ["gave"],
      nodes: {
        only: specialist({
          name: "only",
          does: "x",
          input: z.object({ given: z.any() }),
          output: z.object({ gave: z.any() }),
          run: async ({ given }, ctx) => ({ gave: await ctx.call("it", work, given) }),
        }),
      },
      start: "only",
      edges: { only: END },
    } as any) as any,
  )
    .invoke({ given: input }, options)
    .then(({ gave }: any) => gave);

test("a tool is a specialist with its schema, and what it gives is held to the output", async () => {
  const one = fromTool(weather, { output: z.object({ degrees: z.number(), unit: z.string() }) });
  expect(one).toMatchObject({ name: "weather", does: "Tells the weather of a city", effects: true });
  expect(fromTool(weather, { readOnly: true }).effects).toBeUndefined();
  const graph = defineGraph({
    name: "forecast",
    state: { town: z.string(), unit: z.string(), degrees: z.number() },
    input: ["town"],
    output: ["degrees", "unit"],
    nodes: { one: use(one as any, { read: { city: "town" }, set: { unit: "F" } }) },
    start: "one",
    edges: { one: END },
  } as any) as any;
  expect(await compile(graph).invoke({ town: "Bern" })).toEqual({ degrees: 4, unit: "F" });
  expect(await run(one, { city: "Rome" })).toEqual({ degrees: 4, unit: "C" }); // the tool's own default
  await expect(run(one, { city: 3 })).rejects.toMatchObject({ code: "INPUT_INVALID" });
  const wrong = fromTool(weather, { output: z.object({ degrees: z.string() }) });
  await expect(run(wrong, { city: "Rome" })).rejects.toMatchObject({ code: "OUTPUT_INVALID" });
});

test("tools with a schema of zod 3, JSON Schema or one text, and tools made by hand, are taken", async () => {
  class ByHand extends StructuredTool {
    name = "byHand";
    description = "Adds";
    schema = z.object({ a: z.number(), b: z.number() });
    async _call({ a, b }: { a: number; b: number }) {
      return String(a + b);
    }
  }
  const three = tool(({ n }) => `${n * 2}`, { name: "three", description: "Doubles", schema: z3.object({ n: z3.number() }) as any });
  const json = tool(({ n }: any) => `${n * 3}`, {
    name: "json",
    description: "Triples",
    schema: { type: "object", properties: { n: { type: "number" } }, required: ["n"] },
  });
  const text = new DynamicTool({ name: "shout", description: "Shouts", func: async (input: string) => input.toUpperCase() });
  expect(await run(fromTool(new ByHand() as any), { a: 1, b: 2 })).toEqual({ text: "3" });
  expect(await run(fromTool(three as any), { n: 4 })).toEqual({ text: "8" });
  expect(await run(fromTool(json as any), { n: 4 })).toEqual({ text: "12" });
  expect(await run(fromTool(text as any), { input: "hello" })).toEqual({ text: "HELLO" });
});

test("objects, JSON in a text, content blocks, messages and artifacts are read", async () => {
  const giving = (answer: unknown, more: object = {}) =>
    tool(async () => answer as any, { name: "t", description: "d", schema: z.object({}), ...more }) as any;
  const n = z.object({ n: z.number() });
  expect(await run(fromTool(giving({ n: 1, more: 2 }), { output: n }), {})).toEqual({ n: 1 });
  expect(await run(fromTool(giving('Sure: {"n": 2}'), { output: n }), {})).toEqual({ n: 2 });
  expect(await run(fromTool(giving({ n: 1 })), {})).toEqual({ text: '{"n":1}' });
  const blocks = [
    { type: "text", text: "a" },
    { type: "image_url", image_url: "data:" },
    { type: "text", text: "b" },
  ];
  expect(await run(fromTool(giving(blocks)), {})).toEqual({ text: "a\nb" });
  expect(await run(fromTool(giving(new ToolMessage({ content: "so", tool_call_id: "1" }))), {})).toEqual({ text: "so" });
  const both = giving(["for the model", { rows: [1, 2] }], { responseFormat: "content_and_artifact" });
  expect(await run(fromTool(both), {})).toEqual({ text: "for the model", artifact: { rows: [1, 2] } });
  expect(await run(fromTool(both, { output: z.object({ rows: z.array(z.number()) }) }), {})).toEqual({ rows: [1, 2] });
  expect(await run(fromTool(both, { output: n, gives: ({ artifact }) => ({ n: (artifact as any).rows.length }) }), {})).toEqual({ n: 2 });
});

test("whatever a tool throws or gives that cannot be told is its failure", async () => {
  const round: any = {};
  round.round = round;
  const odd = (invoke: () => unknown) => fromTool({ name: "odd", description: "d", schema: z.object({}), invoke } as any);
  for (const invoke of [
    () => {
      throw new Error("at once");
    },
    () => Promise.reject(Symbol("odd")),
    async () => round,
    async () => 10n,
  ])
    await expect(run(odd(invoke), {})).rejects.toMatchObject({ code: "TOOL_FAILED" });
  expect(
    await run(
      odd(() => "at once"),
      {},
    ),
  ).toEqual({ text: "at once" });
});

test("failures have a code, and the signal reaches the tool", async () => {
  const failing = tool(
    async () => {
      throw new RangeError("no such city");
    },
    { name: "t", description: "d", schema: z.object({}) },
  );
  await expect(run(fromTool(failing), {})).rejects.toMatchObject({ code: "TOOL_FAILED", what: expect.stringContaining("no such city") });
  const picky = tool(async () => "x", {
    name: "t",
    description: "d",
    schema: z.object({ n: z.number().refine((n) => n % 2 === 0, "even only") }),
  });
  await expect(run(fromTool(picky), { n: 1 })).rejects.toMatchObject({ code: "INPUT_INVALID", what: expect.stringContaining("even only") });
  const saying = tool(async () => new ToolMessage({ content: "not today", status: "error", tool_call_id: "1" }) as any, {
    name: "t",
    description: "d",
    schema: z.object({}),
  });
  await expect(run(fromTool(saying), {})).rejects.toMatchObject({ code: "TOOL_FAILED", detail: { text: "not today" } });
  const steering = tool(async () => new Command({ goto: "x" }) as any, { name: "t", description: "d", schema: z.object({}) });
  await expect(run(fromTool(steering), {})).rejects.toMatchObject({ code: "TOOL_FAILED" });
  const stop = new AbortController();
  let aborted = false;
  const slow = tool(
    async (_, config: any) =>
      new Promise<string>((_resolve, reject) => {
        config.signal.addEventListener("abort", () => {
          aborted = true;
          reject(config.signal.reason);
        });
        stop.abort(new Error("enough"));
      }),
    { name: "t", description: "d", schema: z.object({}) },
  );
  await expect(run(fromTool(slow), {}, { signal: stop.signal })).rejects.toThrow("enough");
  expect(aborted).toBe(true);
});

test("a specialist, a team and a graph are tools: the model reads text, the output is the artifact", async () => {
  const one = await toTool(shout);
  expect(one).toMatchObject({
    name: "shout",
    description: "Writes a text in capitals",
    schema: { properties: { text: { type: "string" } } },
  });
  expect(await one.invoke({ text: "hi" })).toBe("HI");
  const message = await one.invoke({ type: "tool_call", id: "1", name: "shout", args: { text: "hi" } } as any);
  expect(message).toMatchObject({ content: "HI", artifact: { loud: "HI" }, tool_call_id: "1" });

  const desk = team({
    name: "desk",
    does: "Counts and shouts",
    members: [count, shout],
    input: z.object({ note: z.string() }),
    output: z.object({ loud: z.string(), words: z.number() }),
  });
  expect(JSON.parse(await (await toTool(desk)).invoke({ note: "all is well" }))).toEqual({ loud: "ALL IS WELL", words: 3 });

  const graph = defineGraph({
    name: "loud desk",
    does: "Shouts",
    state: { text: z.string(), loud: z.string() },
    input: ["text"],
    output: ["loud"],
    nodes: { shout },
    start: "shout",
    edges: { shout: END },
  });
  const loud = await toTool(graph, { description: "Says it loudly" });
  expect([loud.name, loud.description, await loud.invoke({ text: "hi" })]).toEqual(["loud_desk", "Says it loudly", "HI"]);
  const record = { ...shout, output: z.object({ loud: mark.private(z.string()) }) };
  expect(await (await toTool(record)).invoke({ text: "hi" })).toBe("HI"); // marks end where the caller's model is not ours to ask
  const bad = defineGraph({ name: "bad", state: {}, input: [], output: [], nodes: { shout }, start: "shout", edges: {} } as any) as any;
  await expect(toTool(bad)).rejects.toMatchObject({ code: "GRAPH_INVALID" });
});

test("calls of one tool at once, on one thread, are runs of their own; what fails is thrown with its code", async () => {
  const one = await toTool(shout);
  const config = { configurable: { thread_id: "monday" } };
  expect(await Promise.all(["a", "b"].map((text) => one.invoke({ text }, config)))).toEqual(["A", "B"]);
  const failing = await toTool({ ...shout, run: () => Promise.reject(new Error("no")) } as any);
  await expect(failing.invoke({ text: "x" })).rejects.toMatchObject({ code: "SPECIALIST_FAILED" });
  await expect(one.invoke({ text: 3 } as any)).rejects.toThrow("schema");
});

test("a specialist's own time counts more than the bound for those that say nothing", async () => {
  const slow = { ...shout, timeout: 60_000, run: async () => new Promise((done) => setTimeout(() => done({ loud: "AT LAST" }), 300)) };
  expect(await (await toTool(slow as any, { timeout: 50 })).invoke({ text: "x" })).toBe("AT LAST");
});

test("a tool made of a specialist, and back, is the same", async () => {
  const back = fromTool((await toTool(count)) as any, { output: z.object({ words: z.number() }) });
  expect(await run(back, { text: "one two three" })).toEqual({ words: 3 });
});
