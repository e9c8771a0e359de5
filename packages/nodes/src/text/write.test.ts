import { expect, test } from "vitest";
import { model } from "../models/model.js";
import { alone } from "./alone.js";
import { answer } from "./answer.js";
import { write } from "./write.js";

const models = { default: model("llamacpp:smollm2-135m") };

test("a question is answered from the text", async () => {
  const app = alone(answer, models);
  const text = "The water pump stands in the basement of the school. It was built in 1987.";
  const { answer: said } = await app.invoke({ question: "Where does the water pump stand?", text }, { thread: "a" });
  expect(said).toMatch(/basement/i);
  expect((await app.ledger("a")).models[0]).toMatchObject({ model: "llamacpp:smollm2-135m", calls: 1 });
});

test("a text is written to a brief, with or without material", async () => {
  const app = alone(write, models);
  const { text } = await app.invoke({
    brief: "One sentence for a customer: the parcel arrives on Monday.",
    material: ["The parcel arrives on Monday."],
  });
  expect(text).toMatch(/Monday/);
  expect((await app.invoke({ brief: "A greeting of five words." })).text).not.toBe("");
});

test("a model is asked for nothing by no blank question and no blank brief", async () => {
  const said = (field: string) => ({ code: "INPUT_INVALID", detail: { field } });
  await expect(alone(answer, models).invoke({ question: " " })).rejects.toMatchObject(said("question"));
  await expect(alone(write, models).invoke({ brief: "\n" })).rejects.toMatchObject(said("brief"));
});

test("without a model bound, the error names the role and what to do", async () => {
  await expect(alone(answer).invoke({ question: "Why?" })).rejects.toMatchObject({ code: "MODEL_UNBOUND" });
});
