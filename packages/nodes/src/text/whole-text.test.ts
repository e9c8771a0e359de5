import { FakeListChatModel } from "@langchain/core/utils/testing";
import { asModel, type ChatModel } from "@troupe/core";
import { expect, test } from "vitest";
import { embeddings } from "../models/model.js";
import { alone } from "./alone.js";
import { answer } from "./answer.js";
import { summarizeWith } from "./summarize.js";
import { write } from "./write.js";

/** A writer that runs elsewhere and never comes to an end; what it writes is the far edge here. */
const endless = (text: string): ChatModel => asModel(new FakeListChatModel({ responses: [text] }) as any, "test:endless", { local: false });
const writers = {
  "is cut at its bound": endless(Array.from({ length: 20_000 }, (_, i) => `Word ${i} follows.`).join(" ")),
  "only repeats itself": endless("The pump leaks. ".repeat(2_000)),
};
const text = "The pump leaks. A seal is ordered. It comes on Friday.";

test.each(Object.entries(writers))("what %s is no text, and is said to be none", async (what, model) => {
  const models = { default: model };
  for (const asked of [
    alone(answer, models).invoke({ question: "Why?" }),
    alone(write, models).invoke({ brief: "A novel" }),
    alone(summarizeWith({ engine: "model" }), models).invoke({ text }),
  ]) {
    await expect(asked).rejects.toMatchObject({ code: "ANSWER_CUT", message: expect.stringContaining(what) });
  }
});

test("a summary that is cut is dropped for one of the text's sentences", async () => {
  const models = { default: writers["is cut at its bound"], embeddings: embeddings("llamacpp:minilm") };
  const { summary } = await alone(summarizeWith({ sentences: 2 }), models).invoke({ text });
  expect(text).toContain(summary.split(". ")[0]!);
});
