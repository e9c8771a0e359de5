import { BaseDecisionModel, parseClassifierResponse, type Question, type State } from "@langchain/core/decisions";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { asModel, check, type DecisionKind, defineGraph, END, jsonSchemaOf, use } from "@troupe/core";
import { scriptedModel } from "@troupe/core/testing";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { chatDecisions } from "../models/decisions/of-chat.js";
import { embeddingDecisions } from "../models/decisions/of-embeddings.js";
import { defaultModels } from "../models/default-models.js";
import { decisions, embeddings, model } from "../models/model.js";
import { alone } from "./alone.js";
import { decide } from "./decide.js";
import type { DecideQuestions } from "./deciding/question.js";

const questions = {
  topic: {
    type: "choice",
    instructions: "What is the ticket about?",
    criteria: { billing: "payments, invoices and refunds", bug: "something crashes or does not work" },
    unsure: 0.3,
  },
  anger: { type: "score", instructions: "How angry is the customer?", criteria: ["calm", "cross", "furious"] },
  urgent: { type: "noul", instructions: "Must someone act today?" },
} as const;
const triage = decide({ name: "triage", questions });

/** Gives every question the same: the first label with this confidence, level 1, and this probability of yes. */
class Always extends BaseDecisionModel {
  lc_namespace = ["troupe", "test"];
  readonly asked: { state: State; questions: readonly string[] }[] = [];
  constructor(
    model: string,
    private readonly confidence = 0.5,
    private readonly noul = 0.9,
  ) {
    super({ model });
  }
  get _provider() {
    return "test";
  }
  async _classify(state: State, questions: Record<string, Question>) {
    this.asked.push({ state, questions: Object.keys(questions) });
    const answers = Object.entries(questions).map(([id, question]) => {
      if (question.type === "noul") return [id, { type: "noul", noul: this.noul }];
      const options = Object.keys((question as any).criteria);
      const probabilities = Object.fromEntries(options.map((option) => [option, 1 / options.length]));
      if (question.type === "choice") return [id, { type: "choice", choice: options[0], probabilities, confidence: this.confidence }];
      return [id, { type: "score", score: 1, legend: {}, probabilities, confidence: this.confidence }];
    });
    return parseClassifierResponse({ model: this.model, answers: Object.fromEntries(answers) });
  }
}

const measured = (name: string, ...decides: DecisionKind[]) => asModel(new Always(name), name, { decides });

test("each question is a field, its label, level or probability, with a confidence beside it", async () => {
  expect(await alone(triage, { decisions: new Always("m") }).invoke({ text: "It crashes" })).toEqual({
    topic: "billing",
    topicConfidence: 0.5,
    anger: 1,
    angerConfidence: 0.5,
    urgent: 0.9,
    urgentConfidence: expect.closeTo(0.8),
  });
});

test("a label that is less sure than it should be is unsure", async () => {
  const { topic, topicConfidence } = await alone(triage, { decisions: new Always("m", 0.2) }).invoke({ text: "Hello" });
  expect([topic, topicConfidence]).toEqual(["unsure", 0.2]);
});

test("its fields are known to the type checker and to JSON Schema, and labels are checked against edges", () => {
  const app = alone(triage);
  expectTypeOf<Awaited<ReturnType<typeof app.invoke>>>().toEqualTypeOf<{
    topic: "billing" | "bug" | "unsure";
    topicConfidence: number;
    anger: number;
    angerConfidence: number;
    urgent: number;
    urgentConfidence: number;
  }>();
  const { topic, anger } = jsonSchemaOf(triage.output, "output").properties!;
  expect(topic).toMatchObject({ enum: ["billing", "bug", "unsure"] });
  expect(anger).toMatchObject({ minimum: 0, maximum: 2 });
  const only = decide({ name: "only", questions: { topic: questions.topic } });
  const graph = (to: object) =>
    defineGraph({
      name: "g",
      state: { text: z.string(), topic: z.enum(["billing", "bug", "unsure"]), topicConfidence: z.number() },
      input: ["text"],
      output: ["topic"],
      nodes: { only: use(only, {}) },
      start: "only",
      edges: { only: { by: "topic", to } },
    } as any);
  expect(check(graph({ billing: END, bug: END, unsure: END }))).toEqual([]);
  expect(check(graph({ billing: END, bug: END })).map(({ message }) => message)).toEqual([expect.stringContaining("unsure")]);
});

test("the input may have fields of its own; a text alone is the state itself", async () => {
  const model = new Always("m");
  const order = decide({ questions: { urgent: questions.urgent }, input: z.object({ total: z.number(), paid: z.boolean() }) });
  await alone(order, { decisions: model }).invoke({ total: 5, paid: false });
  await alone(triage, { decisions: model }).invoke({ text: "It crashes" });
  expect(model.asked.map(({ state }) => state)).toEqual([{ total: 5, paid: false }, "It crashes"]);
});

test("a general decision model is asked first; without one labels and levels are compared, and a measured one has the rest", async () => {
  const vectors = embeddings("llamacpp:minilm");
  const engine = async (models: object) => {
    const app = alone(triage, models as any);
    const { topic } = await app.invoke({ text: "The app shows an error when I open it" }, { thread: "t" });
    const { lines, models: used } = await app.ledger("t");
    return { topic, engine: lines[0]!.engine, used: used.map(({ model }) => model) };
  };
  expect(await engine({ decisions: asModel(new Always("m"), "all"), embeddings: vectors })).toMatchObject({ engine: "all", used: ["all"] });
  expect(await engine({ decisions: measured("some", "routing", "levels", "yes-no"), embeddings: vectors })).toEqual({
    topic: "bug",
    engine: "embeddings, some",
    used: expect.arrayContaining(["embeddings:llamacpp:minilm", "some"]),
  });
  expect(await engine({ decisions: measured("some", "routing", "levels", "yes-no") })).toMatchObject({ engine: "some" });
  const chat = new FakeListChatModel({ responses: ['{"urgent": "yes", "urgentConfidence": 0.5}'] });
  const models = {
    decisions: measured("wiring", "wiring", "levels"),
    embeddings: vectors,
    default: asModel(chat as any, "chat", { structured: "none" }),
  };
  expect(await engine(models)).toMatchObject({ topic: "bug", engine: "embeddings, chat" });
});

test("a model that is named is asked and no other, and refuses what it cannot answer", async () => {
  const named = decide({ questions: { urgent: questions.urgent }, model: decisions("embeddings:llamacpp:minilm") });
  await expect(alone(named).invoke({ text: "x" })).rejects.toMatchObject({
    code: "DECISION_UNMEASURED",
    message: expect.stringContaining("describe both outcomes"),
  });
  const criteria = { true: "a complaint about something broken", false: "praise and thanks" };
  const described = decide({ questions: { complaint: { ...questions.urgent, criteria } }, model: decisions("embeddings:llamacpp:minilm") });
  const probability = async (text: string) => (await alone(described).invoke({ text })).complaint;
  expect(await probability("The handle broke off after one day")).toBeGreaterThan(await probability("Thank you, it is lovely"));
});

test("nobody is asked what they were measured to know nothing of", async () => {
  const named = decide({ questions: { urgent: questions.urgent }, model: measured("some", "routing", "levels") });
  const refused = { code: "DECISION_UNMEASURED", message: expect.stringContaining("yes-no") };
  await expect(alone(named).invoke({ text: "x" })).rejects.toMatchObject(refused);
  const only = decide({ questions: { urgent: questions.urgent } });
  await expect(alone(only, { default: model("llamacpp:smollm2-135m") }).invoke({ text: "x" })).rejects.toMatchObject(refused);
});

describe("by the default models", { timeout: 300_000 }, () => {
  const models = defaultModels();
  const said = (questions: DecideQuestions, text: string) => alone(decide({ questions }), models).invoke({ text }) as Promise<any>;

  test("a furious text is angrier than a happy one, which is not furious, in any order of the levels", async () => {
    const happy = "What a pleasant stay, thank you to the team.";
    const furious = "This is outrageous, I will never set foot in this dump again!!!";
    const anger = async (criteria: string[], text: string) =>
      (await said({ anger: { type: "score", instructions: "How angry is the customer?", criteria } }, text)).anger;
    const levels = ["calm", "cross", "furious"];
    const [least, most] = [await anger(levels, happy), await anger(levels, furious)];
    expect(most).toBeGreaterThan(least + 0.2);
    expect(least).toBeLessThan(1);
    expect(await anger([...levels].reverse(), furious)).toBeCloseTo(2 - most, 6);
  });

  test("what must be done today is likelier so than what has time, and neither is certain", async () => {
    const urgent = async (text: string) => (await said({ urgent: questions.urgent }, text)).urgent;
    const [most, least] = [await urgent("The office burns, help!"), await urgent("No hurry at all, whenever you have time.")];
    expect(most).toBeGreaterThan(least + 0.2);
    expect(most).toBeLessThanOrEqual(0.75);
    expect(least).toBeGreaterThanOrEqual(0.25);
  });

  test("labels are the same in any order", async () => {
    const criteria = { billing: "payments and refunds", bug: "errors and crashes", other: null };
    for (const labels of [
      ["billing", "bug", "other"],
      ["other", "bug", "billing"],
      ["bug", "other", "billing"],
    ] as const) {
      const listed = Object.fromEntries(labels.map((label) => [label, criteria[label]]));
      const asked = { topic: { type: "choice", instructions: "What is the ticket about?", criteria: listed } } as const;
      expect(await said(asked, "I was charged twice, and nobody answers.")).toMatchObject({ topic: "billing" });
    }
  });
});

test("a blank input is asked of nobody, and sure of nothing; one with some content is", async () => {
  const model = new Always("m");
  const blank = { topic: "unsure", topicConfidence: 0, anger: 1, angerConfidence: 0, urgent: 0.5, urgentConfidence: 0 };
  for (const text of ["", " \n\t"]) expect(await alone(triage, { decisions: model }).invoke({ text })).toEqual(blank);
  const input = z.object({ mail: z.looseObject({}), tags: z.array(z.string()), note: z.string().optional() });
  const mails = alone(decide({ input, questions }), { decisions: model });
  expect(await mails.invoke({ mail: {}, tags: [" "] })).toEqual(blank);
  expect(model.asked).toEqual([]);
  expect(await mails.invoke({ mail: { count: 0 }, tags: [] })).toMatchObject({ topic: "billing", urgent: 0.9 });
});

test("embeddings are sure of nothing in a blank text, with examples or without", async () => {
  const examples = { billing: { examples: ["Pay", "Refund me"] }, bug: { examples: ["Crash!", "It broke"] } };
  for (const criteria of [examples, questions.topic.criteria]) {
    const app = alone(decide({ questions: { topic: { ...questions.topic, criteria } } }), { embeddings: embeddings("llamacpp:minilm") });
    for (const text of ["", " \n"]) expect(await app.invoke({ text })).toEqual({ topic: "unsure", topicConfidence: 0 });
  }
});

test("embeddings compare a text with what labels mean now, also where the object that holds them has changed", async () => {
  const loaded = await decisions("embeddings:llamacpp:minilm").load();
  const criteria: Record<string, string> = { a: "football and tennis", b: "recipes and food" };
  const ask = async () => {
    const topic = { type: "choice", instructions: "What is it about?", criteria } as const;
    return (await loaded.invoke({ state: "Simmer the onions until they are soft", questions: { topic } })).answers.topic.choice;
  };
  expect(await ask()).toBe("b");
  [criteria.a, criteria.b] = [criteria.b!, criteria.a!];
  expect(await ask()).toBe("a");
  criteria.c = "how to cook onions";
  expect(await ask()).toBe("c");
});

test("levels that are those of two questions are embedded once for each of them, and not at every text", async () => {
  const minilm = embeddings("llamacpp:minilm");
  const loaded = await minilm.load();
  const heard: number[] = [];
  const embedDocuments = (texts: string[]) => {
    heard.push(texts.length);
    return loaded.embedDocuments(texts);
  };
  const watched = Object.create(loaded, { embedDocuments: { value: embedDocuments } }) as typeof loaded;
  const counting = { ...minilm, load: async () => watched };
  const levels = ["low", "middling", "high"];
  const both = decide({
    questions: {
      anger: { type: "score", instructions: "How angry is the writer?", criteria: levels },
      haste: { type: "score", instructions: "How urgent is it?", criteria: levels },
    },
  });
  const app = alone(both, { embeddings: counting });
  const first = await app.invoke({ text: "Nobody answers, and I am cross" });
  expect(heard.splice(0)).toEqual([1, 3, 3]);
  expect(await app.invoke({ text: "Nobody answers, and I am cross" })).toEqual(first);
  expect(heard).toEqual([1]);
});

test("a label that an empty text describes means its name, and outcomes that nothing describes are not compared", async () => {
  const models = { embeddings: embeddings("llamacpp:minilm") };
  for (const empty of ["", { description: " " }] as const) {
    const { topic } = await alone(
      decide({
        questions: { topic: { type: "choice", instructions: "What is it about?", criteria: { football: empty, cooking: empty } } },
      }),
      models,
    ).invoke({ text: "Simmer the onions until they are soft" });
    expect(topic).toBe("cooking");
  }
  const criteria = { true: null, false: null } as any;
  const open = decide({ questions: { urgent: { ...questions.urgent, criteria } }, model: decisions("embeddings:llamacpp:minilm") });
  await expect(alone(open).invoke({ text: "x" })).rejects.toMatchObject({ code: "DECISION_UNMEASURED" });
});

test.each<[string, any]>([
  ["no questions", {}],
  ["a key that no question has", { a: { ...questions.urgent, unsure: 0.3 } }],
  ["a choice of one label", { a: { type: "choice", instructions: "Which?", criteria: { only: null } } }],
  ["the name of another's confidence", { a: questions.urgent, aConfidence: questions.urgent }],
  ["an unsure in percent", { a: { ...questions.topic, unsure: 30 } }],
  ["an unsure that is no number", { a: { ...questions.topic, unsure: Number.NaN } }],
  ["a label of its own called unsure", { a: { ...questions.topic, criteria: { billing: null, unsure: null } } }],
])("%s is refused when it is declared", (_, questions) => {
  expect(() => decide({ questions })).toThrow(expect.objectContaining({ code: "QUESTION_INVALID" }));
});

test("a decision model over one that is chosen when it is loaded is named as what it then is", async () => {
  const chosen = <M extends object>(first: M, second: M & { readonly id: string; load(): Promise<unknown> }): M => {
    let loaded = false;
    return {
      ...first,
      get id() {
        return loaded ? second.id : "first";
      },
      load: () => {
        loaded = true;
        return second.load();
      },
    };
  };
  const minilm = embeddings("llamacpp:minilm");
  const chat = scriptedModel(['{"q1": "bug", "q1Confidence": 0.9}'], { id: "second" });
  for (const [model, id] of [
    [chatDecisions(chosen(chat, chat)), "second"],
    [embeddingDecisions(chosen(minilm, minilm)), "embeddings:llamacpp:minilm"],
  ] as const) {
    const app = alone(decide({ questions: { topic: questions.topic }, model }));
    await app.invoke({ text: "It crashes" }, { thread: "t" });
    expect((await app.ledger("t")).models).toMatchObject([{ model: id }]);
  }
});

test("a label may be as long as it is, also where a chat model has to write it", async () => {
  const long = `It is about ${Array.from({ length: 250 }, (_, i) => `item ${(i * 7919) % 1009}`).join(", ")}`;
  const topic = { type: "choice", instructions: "What is it about?", criteria: { [long]: null, bug: null } } as const;
  const chat = () => scriptedModel([JSON.stringify({ topic: long, topicConfidence: 0.9 })]);
  expect(await alone(decide({ questions: { topic } }), { default: chat() }).invoke({ text: "I paid" })).toEqual({
    topic: long,
    topicConfidence: 0.9,
  });
});

test("a label that a chat model chose and is not sure of at all stays the label", async () => {
  const { topic } = questions;
  const only = decide({ name: "only", questions: { topic: { ...topic, unsure: 0 } } });
  const chat = new FakeListChatModel({ responses: ['{"topic": "bug", "topicConfidence": 0}'] });
  expect(await alone(only, { default: chat }).invoke({ text: "It crashes" })).toEqual({ topic: "bug", topicConfidence: 0 });
});
