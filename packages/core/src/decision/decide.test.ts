import { BaseDecisionModel, parseClassifierResponse, type Question } from "@langchain/core/decisions";
import { HumanMessage } from "@langchain/core/messages";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asModel, type Usage } from "../model/model.js";
import { decide } from "./decide.js";

/** LangChain's own base class around answers made from what was asked. */
class Scripted extends BaseDecisionModel {
  lc_namespace = ["troupe", "test"];
  constructor(private readonly answers: (questions: Record<string, Question>) => Record<string, unknown>) {
    super({ model: "scripted" });
  }
  get _provider() {
    return "test";
  }
  async _classify(_: unknown, questions: Record<string, Question>) {
    return parseClassifierResponse({
      model: "scripted",
      answers: this.answers(questions),
      usage_metadata: { input_tokens: 12, output_tokens: 0 },
    });
  }
}

const host = (used: (usage: Usage) => void = () => {}, signal = new AbortController().signal) => ({ signal, config: {}, used });
const from = (answers: (questions: Record<string, Question>) => Record<string, unknown>) => asModel(new Scripted(answers));
/** A model that gives what it is told to, unseen by LangChain. */
const bare = (answers: unknown) => ({ ...from(() => ({})), load: async () => ({ invoke: async () => ({ model: "m", answers }) as any }) });

const questions = {
  team: { type: "choice", instructions: "Whose is it?", criteria: { billing: "Money", bug: null } },
  anger: { type: "score", instructions: "How angry?", criteria: ["calm", "cross", "furious"] },
  urgent: { type: "noul", instructions: "Is it urgent?" },
  where: { type: "box", instructions: "Where is the sum?" },
} satisfies Record<string, Question>;
const answers = {
  team: { type: "choice", choice: "bug", probabilities: { billing: 0.25, bug: 0.75 }, confidence: 0.5 },
  anger: {
    type: "score",
    score: 1.2,
    legend: { 0: "calm", 1: "cross", 2: "furious" },
    probabilities: { 0: 0.2, 1: 0.4, 2: 0.4 },
    confidence: 0.1,
  },
  urgent: { type: "noul", noul: 0.9 },
  where: { type: "box", box: { top: 0.1, bottom: 0.2, left: 0, right: 1 } },
};

test("answers of every type come by their ids, and what was taken is told", async () => {
  const told: Usage[] = [];
  const given = await decide(
    from(() => ({ ...answers, unasked: { type: "noul", noul: 1 } })),
    { state: "Help", questions },
    host((one) => told.push(one)),
  );
  expect(given).toEqual(answers);
  expect(told).toEqual([expect.objectContaining({ model: "langchain:test:scripted", calls: 1, input: 12, output: 0 })]);
});

test("an answer's type follows from its question", async () => {
  const { team } = await decide(
    from(() => answers),
    { state: "Help", questions: { team: questions.team } },
    host(),
  );
  const label: "billing" | "bug" = team.choice;
  expect(label).toBe("bug");
});

const { team, anger, urgent, where } = answers;
describe.each<[string, string, unknown]>([
  ["team", "is missing", undefined],
  ["team", "is null", null],
  ["team", "is of another type", urgent],
  ["team", "names a label that there is not", { ...team, choice: "sales" }],
  ["team", "names what every object has", { ...team, choice: "constructor" }],
  ["team", "leaves a probability out", { ...team, probabilities: { bug: 1 } }],
  ["team", "has a probability for a label that there is not", { ...team, probabilities: { billing: 0.2, bug: 0.75, sales: 0.05 } }],
  ["team", "has probabilities that are too much", { ...team, probabilities: { billing: 0.75, bug: 0.75 } }],
  ["team", "has a probability below 0", { ...team, probabilities: { billing: -0.25, bug: 1.25 } }],
  ["team", "has a probability that is no number", { ...team, probabilities: { billing: "0.25", bug: 0.75 } }],
  ["team", "has a confidence above 1", { ...team, confidence: 2 }],
  ["team", "has a confidence that is no number", { ...team, confidence: Number.NaN }],
  ["team", "chooses what it holds to be impossible", { ...team, probabilities: { billing: 1, bug: 0 } }],
  ["anger", "is far from what its probabilities say", { ...anger, score: 0 }],
  ["anger", "is the highest level where the lowest is certain", { ...anger, score: 2, probabilities: { 0: 1, 1: 0, 2: 0 } }],
  ["anger", "is above the highest level", { ...anger, score: 2.1 }],
  ["anger", "has probabilities of other levels", { ...anger, probabilities: { 1: 0.2, 2: 0.4, 3: 0.4 } }],
  ["urgent", "is above 1", { ...urgent, noul: 1.1 }],
  ["urgent", "is no number", { ...urgent, noul: Number.NaN }],
  ["where", "is upside down", { ...where, box: { top: 0.3, bottom: 0.2, left: 0, right: 1 } }],
  ["where", "lies outside the picture", { ...where, box: { top: 0.1, bottom: 1.2, left: 0, right: 1 } }],
])("an answer to %s", (id, what, answer) => {
  test(`that ${what} is an error that names the question`, async () => {
    const asking = decide(bare({ ...answers, [id]: answer }), { state: "Help", questions }, host());
    await expect(asking).rejects.toMatchObject({ code: "ANSWER_INVALID", detail: { field: id }, message: expect.stringContaining(id) });
  });
});

test.each<[string, string, unknown]>([
  ["team", "is missing", undefined],
  ["team", "is of another type", urgent],
  ["team", "names a label that there is not", { ...team, choice: "sales" }],
  ["urgent", "is above 1", { ...urgent, noul: 1.1 }],
  ["anger", "has no legend", { ...anger, legend: undefined }],
])("an answer to %s that %s is the same error where LangChain finds it first", async (id, _, answer) => {
  const { where: __, ...three } = questions;
  const asking = decide(
    from(() => ({ ...answers, [id]: answer })),
    { state: "Help", questions: three },
    host(),
  );
  await expect(asking).rejects.toMatchObject({ code: "ANSWER_INVALID", detail: { field: id }, message: expect.stringContaining(id) });
});

test("a response without answers is no answer, to whatever question", async () => {
  const asking = decide(
    from(() => [] as never),
    { state: "Help", questions },
    host(),
  );
  await expect(asking).rejects.toMatchObject({ code: "ANSWER_INVALID", message: expect.stringContaining("scripted") });
});

test.each<[string, string, unknown]>([
  ["team", "chooses another label than its likeliest", { ...team, probabilities: { billing: 0.9, bug: 0.1 } }],
  ["team", "is surer of its label than its probability", { ...team, confidence: 1 }],
  ["anger", "is rounded to a level", { ...anger, score: 1 }],
])("an answer to %s that %s is the model's own affair", async (id, _, answer) => {
  const given = await decide(bare({ ...answers, [id]: answer }), { state: "Help", questions }, host());
  expect(given).toMatchObject({ [id]: answer });
});

test("any distribution over the labels is an answer, and one that is shifted or cut is none", () => {
  const label = fc.string().filter((one) => one.trim() !== "");
  const labelled = fc.uniqueArray(label, { minLength: 2, maxLength: 40, selector: (one) => one.trim() }).chain((labels) =>
    fc.record({
      labels: fc.constant(labels),
      weights: fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: labels.length, maxLength: labels.length }),
      places: fc.integer({ min: 4, max: 12 }),
      at: fc.nat(labels.length - 1),
    }),
  );
  const run = async ({ labels, weights, places, at }: { labels: string[]; weights: number[]; places: number; at: number }) => {
    const sum = weights.reduce((a, b) => a + b, 0);
    const shares = weights.map((weight) => Number((weight / sum).toFixed(places)));
    const question: Question = {
      type: "choice",
      instructions: "Which?",
      criteria: Object.fromEntries(labels.map((label) => [label, null])),
    };
    const likeliest = labels[shares.indexOf(Math.max(...shares))];
    const ask = (probabilities: object) =>
      decide(
        bare({ q: { type: "choice", choice: likeliest, probabilities, confidence: 0.5 } }),
        { state: "x", questions: { q: question } },
        host(),
      );
    const all = labels.map((label, i) => [label, shares[i]!] as const);
    await expect(ask(Object.fromEntries(all))).resolves.toMatchObject({ q: { choice: likeliest } });
    await expect(ask(Object.fromEntries(all.filter((_, i) => i !== at)))).rejects.toMatchObject({ code: "ANSWER_INVALID" });
    await expect(ask(Object.fromEntries(all.map(([label, share]) => [label, share * 1.1])))).rejects.toMatchObject({
      code: "ANSWER_INVALID",
    });
  };
  return fc.assert(fc.asyncProperty(labelled, run), { numRuns: 100 });
});

test.each<[string, unknown]>([
  ["no questions", {}],
  ["a list", [questions.team]],
  ["nothing", undefined],
  ["a question of another type", { q: { type: "guess", instructions: "Which?" } }],
  ["a question that asks nothing", { q: { type: "noul" } }],
  ["a question that asks an empty text", { q: { ...questions.urgent, instructions: " " } }],
  ["a key that no question has", { q: { ...questions.urgent, critera: { true: "now", false: "later" } } }],
  ["what only decide() of the nodes makes use of", { q: { ...questions.team, unsure: 0.3 } }],
  ["yes or no by other names", { q: { ...questions.urgent, criteria: { yes: "now", no: "later" } } }],
  ["yes or no described by a text", { q: { ...questions.urgent, criteria: "now" } }],
  ["a choice of one label", { q: { ...questions.team, criteria: { bug: null } } }],
  ["a choice whose labels are a list", { q: { ...questions.team, criteria: ["billing", "bug"] } }],
  ["a blank label", { q: { ...questions.team, criteria: { bug: null, " ": null } } }],
  ["labels that look alike", { q: { ...questions.team, criteria: { bug: null, "bug ": null } } }],
  ["a level twice", { q: { ...questions.anger, criteria: ["calm", "cross", "calm"] } }],
  ["a name that JavaScript takes for its own", Object.fromEntries([["__proto__", questions.urgent]])],
  ["a score of eleven levels", { q: { ...questions.anger, criteria: Array.from({ length: 11 }, String) } }],
])("%s in place of questions is refused before the model is loaded", async (_, asked) => {
  const model = { ...bare({}), load: () => expect.unreachable() as never };
  await expect(decide(model, { state: "x", questions: asked as any }, host())).rejects.toMatchObject({ code: "QUESTION_INVALID" });
});

test("a key that no question has is named, with the one that was meant", async () => {
  const asked = { q: { ...questions.urgent, critera: { true: "now" } } };
  await expect(decide(bare({}), { state: "x", questions: asked as any }, host())).rejects.toMatchObject({
    message: expect.stringContaining("critera"),
    detail: { field: "q", hint: 'Did you mean "criteria"?' },
  });
});

test.each<[number | undefined, string]>([
  [undefined, "MODEL_FAILED"],
  [503, "MODEL_BUSY"],
  [401, "KEY_REFUSED"],
])("a model that fails with status %s is the error %s", async (status, code) => {
  const cause = Object.assign(new Error("no luck"), status === undefined ? {} : { status });
  const failing = from(() => {
    throw cause;
  });
  await expect(decide(failing, { state: "x", questions: { urgent: questions.urgent } }, host())).rejects.toMatchObject({ code, cause });
});

test("an abort is heard at once, whether or not the model notices", async () => {
  const stop = new AbortController();
  const told: Usage[] = [];
  const deaf = { ...bare({}), load: async () => ({ invoke: () => new Promise<never>(() => {}) }) };
  const asking = decide(
    deaf,
    { state: "x", questions: { urgent: questions.urgent } },
    host((one) => told.push(one), stop.signal),
  );
  setTimeout(() => stop.abort(new Error("enough")), 10);
  await expect(asking).rejects.toThrow("enough");
  expect(told).toHaveLength(1);
});

test("a state that is none is refused, and so is what nobody could be told of in one; the model is not asked", async () => {
  let asked = 0;
  const model = from(() => {
    asked++;
    return { urgent: answers.urgent };
  });
  const urgent = { urgent: questions.urgent };
  const around: Record<string, unknown> = { mail: "Help" };
  around.self = around;
  for (const [state, says] of [
    [undefined, "missing"],
    [null, "null"],
    [{ mail: "Help", at: new Date(0) }, "Date"],
    [new Map([["mail", "Help"]]), "Map"],
    [{ sums: [1, Number.NaN] }, "NaN"],
    [{ sum: 10n }, "bigint"],
    [() => "Help", "function"],
    [around, "itself"],
  ] as const)
    await expect(decide(model, { state: state as any, questions: urgent }, host())).rejects.toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringMatching(new RegExp(`^decide\\.state .*${says}`)),
    });
  expect(asked).toBe(0);
  const shared = ["twice"];
  for (const state of ["", 5, [], {}, { note: undefined, a: shared, b: shared }, new HumanMessage("Help"), [new HumanMessage("Help")]])
    expect(await decide(model, { state: state as any, questions: urgent }, host())).toEqual({ urgent: answers.urgent });
});
