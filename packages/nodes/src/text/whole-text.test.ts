import { FakeListChatModel } from "@langchain/core/utils/testing";
import { asModel, type ChatModel } from "@troupe/core";
import { expect, test } from "vitest";
import { embeddings } from "../models/model.js";
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

test("a summary that is cut is dropped for one of the text's sentences", async () => {
  const models = { default: endless, embeddings: embeddings("llamacpp:minilm") };
  const { summary } = await alone(summarizeWith({ sentences: 2 }), models).invoke({ text });
  expect(text).toContain(summary.split(". ")[0]!);
});
