import { expect, test } from "vitest";
import { z } from "zod";
import { compile, defineGraph, END, memoryJournal, specialist, type TroupeEvent } from "../index.js";
import { scriptedModel } from "./scripted-model.js";

const reply = specialist({
  name: "reply",
  does: "Replies to a ticket",
  model: "default",
  input: z.object({ ticket: z.string() }),
  output: z.object({ reply: z.string() }),
  prompt: ({ ticket }) => `Reply to this: ${ticket}`,
});
const graph = defineGraph({
  name: "desk",
  state: { ticket: z.string(), reply: z.string() },
  input: ["ticket"],
  output: ["reply"],
  nodes: { reply },
  start: "reply",
  edges: { reply: END },
});

test("a scripted model says what its script says, and keeps what it was asked", async () => {
  const chat = scriptedModel(['{"reply":"Try again"}', { text: '{"reply":"And again"}' }]);
  const app = compile(graph, { models: { default: chat } });
  expect(await app.invoke({ ticket: "It crashes" })).toEqual({ reply: "Try again" });
  expect(await app.invoke({ ticket: "It still does" })).toEqual({ reply: "And again" });
  expect(chat.asked.map((messages) => messages.at(-1)!.text)).toEqual([
    expect.stringContaining("It crashes"),
    expect.stringContaining("It still does"),
  ]);
});

test("its answers stream word by word", async () => {
  const app = compile(graph, { models: { default: scriptedModel(['{"reply": "One two three"}']) } });
  const tokens: string[] = [];
  for await (const event of app.events({ ticket: "-" })) if (event.kind === "token") tokens.push(event.text);
  expect(tokens.length).toBeGreaterThan(2);
  expect(tokens.join("")).toBe('{"reply": "One two three"}');
});

test("what is asked for again, in one attempt or in the next, is told apart from what was dropped", async () => {
  const chat = scriptedModel(['{"rep', { fails: new Error("it is down") }, '{"reply":"One"}', "no JSON", '{"reply":"Two"}']);
  const app = compile(graph, { models: { default: chat }, journal: memoryJournal() });
  const heard = async (events: AsyncIterable<TroupeEvent>) => {
    const texts: Record<string, string> = {};
    try {
      for await (const event of events) {
        if (event.kind !== "token") continue;
        const of = `attempt ${event.attempt}, answer ${event.answer}`;
        texts[of] = (texts[of] ?? "") + event.text;
      }
    } catch (error) {
      expect(error).toMatchObject({ message: expect.stringContaining("it is down") });
    }
    return texts;
  };
  expect(await heard(app.events({ ticket: "-" }, { thread: "t" }))).toEqual({ "attempt 1, answer 1": '{"rep' });
  expect(await heard(app.resumeEvents("t"))).toEqual({ "attempt 2, answer 1": '{"reply":"One"}' });
  const asked = { "attempt 1, answer 1": "no JSON", "attempt 1, answer 2": '{"reply":"Two"}' };
  expect(await heard(app.events({ ticket: "-" }, { thread: "t" }))).toEqual(asked);
});

test("a function makes its answers of the messages", async () => {
  const chat = scriptedModel((messages) => JSON.stringify({ reply: `${messages.at(-1)!.text.length}` }));
  const { reply } = await compile(graph, { models: { default: chat } }).invoke({ ticket: "It crashes" });
  expect(Number(reply)).toBeGreaterThan(10);
});

test("it calls tools, and hears what they gave", async () => {
  const find = specialist({
    name: "find",
    does: "Finds a part's number",
    input: z.object({ part: z.string() }),
    output: z.object({ number: z.number() }),
    run: ({ part }) => ({ number: part.length }),
  });
  const nodes = { reply: specialist({ ...reply, tools: [find] } as never) };
  const chat = scriptedModel([{ calls: [{ name: "find", args: { part: "wheel" } }] }, '{"reply":"It is 5"}', '{"reply":"It is 5"}']);
  expect(await compile(defineGraph({ ...graph, nodes } as never), { models: { default: chat } }).invoke({ ticket: "Which?" })).toEqual({
    reply: "It is 5",
  });
  expect(chat.asked[1]!.at(-1)!.text).toContain('"number":5');
});

test("it fails where the script says so, and says when the script is at its end", async () => {
  const down = new Error("the model is down");
  const chat = scriptedModel([{ fails: down }]);
  const app = compile(graph, { models: { default: chat } });
  await expect(app.invoke({ ticket: "-" })).rejects.toThrow("the model is down");
  await expect(app.invoke({ ticket: "-" })).rejects.toMatchObject({ code: "SCRIPT_ENDED", message: expect.stringContaining("2 times") });
});

test("a script may take its time, and one that is none is refused", async () => {
  const chat = scriptedModel(async () => '{"reply":"Later"}');
  expect(await compile(graph, { models: { default: chat } }).invoke({ ticket: "It crashes" })).toEqual({ reply: "Later" });
  for (const script of [undefined, "hello", {}] as any[]) expect(() => scriptedModel(script)).toThrow(/scriptedModel\.script is/);
});

test("whoever asks it through LangChain for a whole answer hears the script too", async () => {
  const chat = await scriptedModel(["One two", { calls: [{ name: "find", args: { part: "wheel" } }] }]).load();
  expect((await chat.invoke("-")).text).toBe("One two");
  expect((await chat.invoke("-")).tool_calls).toMatchObject([{ name: "find", args: { part: "wheel" } }]);
  await expect(chat.invoke("-")).rejects.toMatchObject({ code: "SCRIPT_ENDED" });
});

test("what is none of what a model says is refused, with its place", async () => {
  expect(() => scriptedModel(["One", 5 as any])).toThrow(
    expect.objectContaining({ code: "OPTION_INVALID", what: expect.stringContaining("script.1") }),
  );
  const app = compile(graph, { models: { default: scriptedModel(() => undefined as any) } });
  await expect(app.invoke({ ticket: "-" })).rejects.toMatchObject({ code: "OPTION_INVALID" });
});

test.each<[string, unknown, string]>([
  ["a misspelt key of an entry", { txt: "hi" }, "scriptedModel.script.0.txt"],
  ["a misspelt key of a call", { calls: [{ name: "weather", arguments: { city: "Bern" } }] }, "scriptedModel.script.0.calls.0.arguments"],
  ["a call without arguments", { calls: [{ name: "weather" }] }, "scriptedModel.script.0.calls.0.args"],
  ["a call without a name", { calls: [{ args: {} }] }, "scriptedModel.script.0.calls.0.name"],
  ["calls that are no list", { calls: { name: "weather", args: {} } }, "scriptedModel.script.0.calls"],
])("%s is refused, by its place", async (_, said, place) => {
  const refused = expect.objectContaining({ code: "OPTION_INVALID", what: expect.stringContaining(place) });
  expect(() => scriptedModel([said as any])).toThrow(refused);
  const app = compile(graph, { models: { default: scriptedModel(() => said as any) } });
  await expect(app.invoke({ ticket: "-" })).rejects.toMatchObject({ code: "OPTION_INVALID" });
});
