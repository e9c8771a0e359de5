import { FakeListChatModel } from "@langchain/core/utils/testing";
import { asModel, jsonSchemaOf } from "@troupe/core";
import { expect, expectTypeOf, test } from "vitest";
import { embeddings, model } from "../models/model.js";
import { alone } from "./alone.js";
import { classify } from "./classify.js";

const minilm = embeddings("llamacpp:minilm");
const labels = {
  billing: {
    description: "charges, refunds and invoices",
    examples: ["I was charged twice this month", "Please send me the invoice for May", "How do I get my money back?"],
  },
  bug: {
    description: "something does not work",
    examples: ["The app crashes when I open it", "Saving gives an error message", "The page stays blank after I log in"],
  },
  shipping: {
    description: "where a parcel is",
    examples: ["When will my order arrive?", "The parcel was sent to my old address", "My package is lost"],
  },
};
const triage = classify({ name: "triage", labels });

test("a text gets the label it is most like, and its confidence is low where it belongs to none", async () => {
  const app = alone(triage, { embeddings: minilm });
  const tell = (text: string) => app.invoke({ text });
  expect(await tell("There are two payments on my card statement")).toMatchObject({ label: "billing" });
  expect(await tell("It freezes every time I press the save button")).toMatchObject({ label: "bug" });
  expect(await tell("Where is my delivery?")).toMatchObject({ label: "shipping" });
  const sure = (await tell("Where is my delivery?")).confidence;
  const unsure = (await tell("What is the capital of Mongolia?")).confidence;
  expect(sure).toBeGreaterThan(0.6);
  expect(unsure).toBeLessThan(0.3);
});

test("a blank text belongs to no label, and no model is asked", async () => {
  const asked = new FakeListChatModel({ responses: [] });
  for (const text of ["", " \n"])
    expect(await alone(classify({ labels, engine: "model" }), { default: asModel(asked) }).invoke({ text })).toMatchObject({
      confidence: 0,
    });
});

test("an example that stands twice counts once and a blank one not at all; without any, a label is what it is called", async () => {
  const tell = async (of: typeof labels | Record<string, { description?: string; examples?: readonly string[] }>) =>
    await alone(classify({ labels: of as typeof labels }), { embeddings: minilm }).invoke({ text: "I want a refund" });
  const doubled = Object.entries(labels).map(([label, { description, examples }]) => {
    return [label, { description, examples: [...examples, ...Array(20).fill(examples[0]), "", " "] }];
  });
  expect(await tell(Object.fromEntries(doubled))).toEqual(await tell(labels));
  const named = await tell({ billing: {}, bug: {}, shipping: {} });
  expect(named).toMatchObject({ label: "billing" });
  expect(await tell({ billing: { examples: [] }, bug: { examples: [" "] }, shipping: { description: "" } })).toEqual(named);
});

test.each([1, 2, 3])("labels with few examples (%s) are sure of texts like these, and not of others", async (count) => {
  const few = Object.fromEntries(
    Object.entries(labels).map(([label, meant]) => [label, { ...meant, examples: meant.examples.slice(0, count) }]),
  );
  const app = alone(classify({ labels: few }), { embeddings: minilm });
  const sure = async (text: string) => (await app.invoke({ text })).confidence;
  const known = ["You took the money from my card twice", "I see an error when I save", "My parcel has not arrived"];
  const others = [
    "asdf jkl qwertz",
    "?!?",
    "Mix the flour with two eggs and a pinch of salt",
    "La Seine traverse Paris",
    "The sum of 12 and 30",
  ];
  const least = Math.min(...(await Promise.all(known.map(sure))));
  for (const text of others) {
    const confidence = await sure(text);
    expect(confidence, text).toBeLessThan(least - 0.1);
    expect(confidence, text).toBeLessThan(0.5);
  }
});

test("labels need no more than a name, or a description", async () => {
  const app = alone(classify({ labels: ["sports", "cooking"] }), { embeddings: minilm });
  expect((await app.invoke({ text: "The football match was won by two goals" })).label).toBe("sports");
  const described = alone(classify({ labels: { a: "football, tennis and other games", b: "recipes and food" } }), { embeddings: minilm });
  expect((await described.invoke({ text: "Simmer the onions until they are soft" })).label).toBe("b");
});

test("of two labels that mean the same, neither is surer than a half", async () => {
  const app = alone(classify({ labels: { refunds: "wants money back", returns: "wants money back", jobs: "applies for work" } }), {
    embeddings: minilm,
  });
  for (const text of ["wants money back", "She wants her money back"])
    expect((await app.invoke({ text })).confidence).toBeLessThanOrEqual(0.5);
  expect((await app.invoke({ text: "He applies for work" })).confidence).toBeGreaterThan(0.6);
});

test("a text longer than the embedding model takes is still classified", async () => {
  const text = "The app crashed again when I opened it, and then an error came up. ".repeat(120);
  expect((await alone(triage, { embeddings: minilm }).invoke({ text })).label).toBe("bug");
  for (const dense of ["发".repeat(800), ".".repeat(2000)])
    expect((await alone(triage, { embeddings: minilm }).invoke({ text: dense })).confidence).toBeLessThan(0.5);
});

test("labels are embedded once for a model, not once a run", async () => {
  const app = alone(classify({ labels }), { embeddings: minilm });
  const tokens = async (thread: string) => {
    await app.invoke({ text: "Where is my parcel?" }, { thread });
    return (await app.ledger(thread)).models[0]!.input;
  };
  const [first, second, third] = [await tokens("first"), await tokens("second"), await tokens("third")];
  expect(first).toBeGreaterThan(5 * second);
  expect(third).toBe(second);
});

test("without embeddings the local model chooses by scoring the labels", async () => {
  const app = alone(classify({ labels: { positive: "praise", negative: "a complaint" } }), { default: model("llamacpp:smollm2-135m") });
  const { label, confidence } = await app.invoke({ text: "This is the worst film I have ever seen." }, { thread: "scored" });
  expect(["positive", "negative"]).toContain(label);
  expect(confidence).toBeGreaterThan(0);
  const { lines, models } = await app.ledger("scored");
  expect(lines[0]!.engine).toBe("llamacpp:smollm2-135m");
  expect(models).toEqual([expect.objectContaining({ model: "llamacpp:smollm2-135m", calls: 1 })]);
});

test("a model that cannot score is asked for a label under a schema", async () => {
  const chat = new FakeListChatModel({ responses: ['{"label": "bug", "labelConfidence": 0.9}'] });
  const app = alone(classify({ labels, engine: "model" }), { default: asModel(chat as any, "test:chat", { structured: "none" }) });
  expect(await app.invoke({ text: "It crashes" })).toEqual({ label: "bug", confidence: 0.9 });
});

test("its labels are known to the type checker and to JSON Schema", () => {
  const app = alone(triage);
  expectTypeOf<Awaited<ReturnType<typeof app.invoke>>>().toEqualTypeOf<{ label: "billing" | "bug" | "shipping"; confidence: number }>();
  expect(jsonSchemaOf(triage.output, "output").properties!.label).toEqual({ type: "string", enum: ["billing", "bug", "shipping"] });
});

test.each([
  ["one label alone", ["only"]],
  ["a label twice", ["bug", "bill", "bug"]],
  ["two that look alike", { bug: "Errors", "bug ": "Faults" }],
  ["a blank one", ["bug", " "]],
])("%s: no choice can be made", (_, labels) => {
  expect(() => classify({ labels })).toThrow(expect.objectContaining({ code: "LABELS_INVALID" }));
});
