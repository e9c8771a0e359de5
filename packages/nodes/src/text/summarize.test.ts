import { FakeListChatModel } from "@langchain/core/utils/testing";
import { asModel, type ChatModel, type Context } from "@troupe/core";
import { expect, test } from "vitest";
import facts from "../../../../examples/field-report/inputs/facts.json" with { type: "json" };
import { embeddings, model } from "../models/model.js";
import { alone } from "./alone.js";
import { sentences } from "./sentences.js";
import { summarize, summarizeWith } from "./summarize.js";

const minilm = embeddings("llamacpp:minilm");
const memo = facts.memo.text;
const note =
  "Site: Mill Street School\nTechnician: Dana Ortiz\nHours on site: 2.5\n\nThe caretaker unlocked the basement and stayed for the test run.\n";

/** A writer that runs elsewhere; what it writes is the far edge here. */
const writer = (...answers: string[]) => asModel(new FakeListChatModel({ responses: answers }) as any, "test:writer", { local: false });

test("a summary is made of sentences of the text, word for word and in order", async () => {
  const { summary } = await alone(summarize, { embeddings: minilm }).invoke({ text: memo });
  const kept = sentences(summary).map(({ text }) => text);
  const places = kept.map((sentence) => memo.indexOf(sentence));
  expect(kept.length).toBeLessThan(sentences(memo).length);
  expect(places.every((place, i) => place > (places[i - 1] ?? -1))).toBe(true);
  expect(summary).toContain(facts.memo.problem.slice(4));
  for (const next of facts.memo.next) expect(summary).toContain(next);
});

test("what a text says twice, as a quoted mail does, is said once", async () => {
  const text = "The choir sang well on Sunday. The tenor was late again. ".repeat(40);
  const { summary } = await alone(summarize).invoke({ text: `${text}Rehearsal is on Monday.` });
  expect(summary).toBe("The choir sang well on Sunday. The tenor was late again. Rehearsal is on Monday.");
});

test("a transcript and a note together both have their say", async () => {
  const { summary } = await alone(summarizeWith({ sentences: 2 }), { embeddings: minilm }).invoke({ text: [memo, note] });
  const kept = sentences(summary);
  expect(kept).toHaveLength(2);
  expect(memo).toContain(kept[0]!.text);
  expect(note).toContain(kept[1]!.text);
});

test("two sentences of a text in any script are two, and end as they did", async () => {
  for (const text of [
    "水泵从星期一开始漏水。订了新的密封圈吗？星期五送到。太好了！",
    "पंप से पानी टपक रहा है। नई सील मँगवाई गई है। वह शुक्रवार को आएगी।",
    "the pump leaks since monday. a new seal is ordered. it comes on friday.",
  ]) {
    const { summary } = await alone(summarizeWith({ sentences: 2 }), { embeddings: minilm }).invoke({ text });
    const kept = sentences(summary).map((sentence) => sentence.text);
    expect(kept).toHaveLength(2);
    for (const sentence of kept) expect(sentences(text).map((one) => one.text)).toContain(sentence);
  }
});

test("a text that is short already needs no model", async () => {
  expect(await alone(summarize).invoke({ text: "The pump leaks. Order a seal" })).toEqual({ summary: "The pump leaks. Order a seal." });
  expect(await alone(summarize).invoke({ text: "" })).toEqual({ summary: "" });
});

test("the small embedded model is not trusted to write, and the ledger says so", async () => {
  const app = alone(summarize, { embeddings: minilm, default: model("llamacpp:smollm2-135m") });
  await app.invoke({ text: memo }, { thread: "small" });
  const [line] = (await app.ledger("small")).lines;
  expect(line?.engine).toBe("extractive");
  expect(line?.usage.map((usage) => usage.model)).toEqual(["llamacpp:minilm"]);
});

test("a capable model writes, unless it invents a number or a name", async () => {
  const true_ = "A seal of the water pump was replaced; a new gauge is to be ordered.";
  const app = (said: string) => alone(summarize, { embeddings: minilm, default: writer(said) });
  expect(await app(true_).invoke({ text: memo })).toEqual({ summary: true_ });
  const { summary } = await app("The pump was replaced by Karl for 300 dollars.").invoke({ text: memo });
  expect(summary).toContain("The water pump in the basement was leaking.");
});

test("a local model that knows its size only once loaded is judged by it then", async () => {
  const said = "A seal of the water pump was replaced.";
  let memory: number | undefined;
  const sized = (bytes: number) => {
    memory = undefined;
    const { card, ...chat } = writer(said);
    const load = async () => {
      memory = bytes;
      return chat.load();
    };
    return Object.defineProperty({ ...chat, load } as ChatModel, "card", {
      get: () => ({ ...card, local: true, ...(memory ? { memory } : {}) }),
    });
  };
  const made = async (bytes: number) =>
    (await alone(summarize, { embeddings: minilm, default: sized(bytes) }).invoke({ text: memo })).summary;
  expect(await made(2e9)).toBe(said);
  expect(await made(4e8)).not.toBe(said);
});

test("an engine asked for is the one that works", async () => {
  const done: string[] = [];
  const ctx = { model: () => writer("x"), embed: async () => [], worked: (engine: string) => done.push(engine) } as unknown as Context;
  await summarizeWith({ engine: "extractive" }).run!({ text: "The pump leaks." }, ctx);
  expect(done).toEqual(["extractive"]);
});
