import { FakeListChatModel } from "@langchain/core/utils/testing";
import { asModel, type ChatModel } from "@troupe/core";
import sharp from "sharp";
import { expect, test } from "vitest";
import { embeddings } from "../models/model.js";
import { caption } from "../vision/caption.js";
import { look } from "../vision/look.js";
import { alone } from "./alone.js";
import { answer } from "./answer.js";
import { summarizeWith } from "./summarize.js";
import { write } from "./write.js";

/** A writer that runs elsewhere and never comes to an end; what it writes is the far edge here. */
const endless: ChatModel = asModel(
  new FakeListChatModel({ responses: [Array.from({ length: 20_000 }, (_, i) => `Word ${i} follows.`).join(" ")] }) as any,
  "test:endless",
  { local: false },
);
const text = "The pump leaks. A seal is ordered. It comes on Friday.";

test("a text that is cut at its bound is no text, and is said to be none", async () => {
  const models = { default: endless };
  for (const ask of [
    () => alone(answer, models).invoke({ question: "Why?" }),
    () => alone(write, models).invoke({ brief: "A novel" }),
    () => alone(summarizeWith({ engine: "model" }), models).invoke({ text }),
  ]) {
    await expect(ask()).rejects.toMatchObject({ code: "ANSWER_CUT", message: expect.stringContaining("is cut at its bound") });
  }
});

const saying = (said: string): ChatModel =>
  asModel(new FakeListChatModel({ responses: [said] }) as any, "test:saying", { local: false, modalities: ["text", "image"] });

test.each(["", " \n", "<think>The pump, then, or is it the seal?"])("a text that is blank (%j) is said to be none", async (said) => {
  const models = { default: saying(said), vision: saying(said) };
  const image = await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  for (const ask of [
    () => alone(answer, models).invoke({ question: "Why?" }),
    () => alone(write, models).invoke({ brief: "A novel" }),
    () => alone(summarizeWith({ engine: "model" }), models).invoke({ text }),
    () => alone(caption(), models).invoke({ image }),
    () => alone(look({ question: "What is it?" }), models).invoke({ image }),
  ])
    await expect(ask()).rejects.toMatchObject({ code: "ANSWER_INVALID", message: expect.stringContaining("blank") });
});

test("what a model thinks before it writes is no part of its text", async () => {
  const models = { default: saying("<think>The pump, then.</think>\n\nIt leaks.") };
  expect(await alone(answer, models).invoke({ question: "Why?" })).toEqual({ answer: "It leaks." });
});

test("a summary that is cut is dropped for one of the text's sentences", async () => {
  const models = { default: endless, embeddings: embeddings("llamacpp:minilm") };
  const { summary } = await alone(summarizeWith({ sentences: 2 }), models).invoke({ text });
  expect(text).toContain(summary.split(". ")[0]!);
});
