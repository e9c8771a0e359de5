import { tool } from "@langchain/core/tools";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { asModel, compile, defineGraph, END, memoryJournal } from "../../index.js";
import { weather } from "../../specialist/weather.fixture.js";
import { scriptedModel } from "../../testing/index.js";
import { agent } from "./agent.js";
import { toLangGraph } from "./to-langgraph.js";

const ran: unknown[] = [];
const tells = weather(ran);
const add = tool(({ a, b }) => `${a + b}`, { name: "add", description: "Adds", schema: z.object({ a: z.number(), b: z.number() }) });

/** A model without tools of its own. */
const saying = (...responses: string[]) =>
  asModel(new FakeListChatModel({ responses }), "fake", {
    tools: false,
    structured: "none",
    price: { input: 1, output: 1, source: "a contract", asOf: "2026-11-20" },
  });
const around = (clerk: any, out: any = z.string(), field = "answer") =>
  defineGraph({
    name: "desk",
    state: { request: z.string(), [field]: out },
    input: ["request"],
    output: [field],
    nodes: { clerk },
    start: "clerk",
    edges: { clerk: END },
  } as any) as any;
const clerk = agent({ name: "clerk", does: "Answers", tools: [tells, add], prompt: "Be brief." });

test("the agent calls specialists and LangChain tools with a model that has none of its own, and the run knows of it", async () => {
  const chat = () =>
    saying(
      '{"tool": "weather", "arguments": {"city": "Bern"}}',
      '{"tool": "add", "arguments": {"a": 4, "b": 3}}',
      '{"answer": "7 degrees"}',
    );
  const app = compile(around(clerk), { models: { default: chat() } });
  const started: string[] = [];
  let output: any;
  for await (const event of app.events({ request: "How warm?" })) {
    if (event.kind === "started") started.push(event.at);
    if (event.kind === "ended") output = event.output;
  }
  expect(output).toEqual({ answer: "7 degrees" });
  expect(started).toEqual(["clerk", expect.stringMatching(/^clerk\/weather-/)]);
  expect(ran).toEqual([{ city: "Bern" }]);
  await app.invoke({ request: "?" }, { thread: "t" });
  expect((await app.ledger("t")).models).toMatchObject([{ model: "fake", calls: 3 }]);
  expect(await (await toLangGraph(around(clerk), { models: { default: chat() } })).invoke({ request: "?" })).toEqual({
    answer: "7 degrees",
  });
});

test("a tool that fails is told to the model; an answer is held to the output; tools act unless it is said", async () => {
  const failing = { ...tells, run: () => Promise.reject(new Error("no such city")) };
  const one = agent({
    name: "clerk",
    does: "Answers",
    tools: [failing],
    output: z.object({ known: z.boolean() }),
    readOnly: true,
  });
  const model = saying('{"tool": "weather", "arguments": {"city": "x"}}', '{"answer": "It is not known"}', '{"known": false}');
  expect(await compile(around(one, z.boolean(), "known"), { models: { default: model } }).invoke({ request: "?" })).toEqual({
    known: false,
  });
  expect(one.effects).toBeUndefined();
  expect(clerk.effects).toBe(true);
});

test("a call that cannot be read is told to the model, and is no answer", async () => {
  const chat = scriptedModel([{ calls: [{ name: "weather", args: '"Bern"' }] }, "I do not know"]);
  const app = compile(around(clerk), { models: { default: chat } });
  expect(await app.invoke({ request: "?" })).toEqual({ answer: "I do not know" });
  expect(chat.asked[1]!.at(-1)!.text).toContain("could not be read");
});

test("an agent that is resumed and calls otherwise hears of its own call, and not of an earlier one", async () => {
  const chat = new FakeListChatModel({ responses: [] });
  const said = (...responses: string[]) => Object.assign(chat, { responses, i: 0 });
  said('{"tool": "weather", "arguments": {"city": "Bern"}}', "nothing");
  const model = asModel(chat, "fake", { tools: false, structured: "none" });
  const app = compile(around(clerk), { models: { default: model }, journal: memoryJournal() });
  await expect(app.invoke({ request: "?" }, { thread: "monday" })).rejects.toThrow();
  said('{"tool": "weather", "arguments": {"city": "Geneva"}}', '{"answer": "6 degrees"}');
  ran.length = 0;
  expect(await app.resume("monday")).toEqual({ answer: "6 degrees" });
  expect(ran).toEqual([{ city: "Geneva" }]);
});

test("a run that goes on asks neither the model nor the tools again what they answered before", async () => {
  ran.length = 0;
  const unsettled = scriptedModel([
    { calls: [{ name: "weather", args: { city: "Bern" } }] },
    { fails: Object.assign(new Error("unauthorized"), { status: 401 }) },
    "It is 7 degrees",
  ]);
  const acting = agent({ name: "clerk", does: "Answers", tools: [{ ...tells, effects: true }] });
  const app = compile(around(acting), { models: { default: unsettled }, journal: memoryJournal() });
  await expect(app.invoke({ request: "How warm?" }, { thread: "t" })).rejects.toMatchObject({ code: "KEY_REFUSED" });
  expect(await app.resume("t")).toEqual({ answer: "It is 7 degrees" });
  expect(unsettled.asked).toHaveLength(3);
  expect(ran).toEqual([{ city: "Bern" }]);
});

test("a call whose id the server gave to an earlier one is carried out too", async () => {
  ran.length = 0;
  const asks = (city: string) => ({ calls: [{ name: "weather", args: { city }, id: "call_0" }] });
  const counting = scriptedModel([asks("Bern"), asks("Chur"), "Both are cold"]);
  expect(await compile(around(clerk), { models: { default: counting } }).invoke({ request: "?" })).toEqual({ answer: "Both are cold" });
  expect(ran).toEqual([{ city: "Bern" }, { city: "Chur" }]);
});

test("the caller says how many steps it may take", async () => {
  const calling = () => {
    let turns = 0;
    return scriptedModel(() => (++turns <= 20 ? { calls: [{ name: "weather", args: { city: `${turns}` } }] } : "Enough"));
  };
  const [app, further] = [calling(), calling()].map((chat) => compile(around(clerk), { models: { default: chat } }));
  await expect(app!.invoke({ request: "?" })).rejects.toMatchObject({ what: expect.stringContaining("recursionLimit") });
  expect(await further!.invoke({ request: "?" }, { recursionLimit: 100 })).toEqual({ answer: "Enough" });
  // LangGraph's bound on a graph made by toLangGraph is out of the way, and is not the agent's.
  await expect((await toLangGraph(around(clerk), { models: { default: calling() } })).invoke({ request: "?" })).rejects.toMatchObject({
    what: expect.stringContaining("recursionLimit"),
  });
});
