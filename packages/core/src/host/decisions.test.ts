import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import { BaseDecisionModel, parseClassifierResponse, type Question, type State } from "@langchain/core/decisions";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  asModel,
  type Bindable,
  compile,
  type DecideRequest,
  type DecisionKind,
  defineGraph,
  END,
  memoryJournal,
  specialist,
} from "../index.js";

/** Answers every yes-or-no question alike. */
class Always extends BaseDecisionModel {
  lc_namespace = ["troupe", "test"];
  readonly asked: State[] = [];
  readonly shown: unknown[] = [];
  constructor(
    model: string,
    private readonly noul = 0.9,
  ) {
    super({ model });
  }
  get _provider() {
    return "test";
  }
  async _classify(state: State, questions: Record<string, Question>, config?: object) {
    this.asked.push(state);
    this.shown.push((config as { examples?: unknown }).examples);
    const answers = Object.fromEntries(Object.keys(questions).map((id) => [id, { type: "noul", noul: this.noul }]));
    return parseClassifierResponse({ model: this.model, answers, usage_metadata: { input_tokens: 7, output_tokens: 0 } });
  }
}

const measured = (name: string, ...decides: DecisionKind[]) => asModel(new Always(name), `test:${name}`, { decides });

/** A run of one node that asks whether a text is urgent. */
function asking(models: Record<string, Bindable>, more: Pick<DecideRequest, "model" | "kind" | "examples"> = {}) {
  const urgent = specialist({
    name: "urgent",
    does: "Says whether a text is urgent",
    input: z.object({ text: z.string() }),
    output: z.object({ urgent: z.number() }),
    run: async ({ text }, ctx) => {
      const { q } = await ctx.decide({ state: text, questions: { q: { type: "noul", instructions: "Is it urgent?" } }, ...more });
      return { urgent: q.noul };
    },
  });
  const graph = defineGraph({
    name: "asking",
    state: { text: z.string(), urgent: z.number() },
    input: ["text"],
    output: ["urgent"],
    nodes: { urgent },
    start: "urgent",
    edges: { urgent: END },
  });
  return compile(graph, { models, journal: memoryJournal() });
}

const asked = async (models: Record<string, Bindable>, more: Pick<DecideRequest, "model" | "kind" | "examples"> = {}) => {
  const app = asking(models, more);
  await app.invoke({ text: "Fire!" }, { thread: "t" });
  return (await app.ledger("t")).models.map(({ model, input }) => [model, input]);
};

test("a decision model of LangChain's is bound as it is, and the ledger says what it took", async () => {
  const model = new Always("bare");
  expect(await asked({ decisions: model })).toEqual([["langchain:test:bare", 7]]);
  expect(model.asked).toEqual(["Fire!"]);
});

test("examples are a call's option, and nothing of its questions", async () => {
  const model = new Always("bare");
  const examples = [{ state: "Smoke!", instructions: "Is it urgent?", options: ["yes", "no"], right: "yes" }];
  await asked({ decisions: model }, { examples });
  await asked({ decisions: model });
  expect([model.asked, model.shown]).toEqual([
    ["Fire!", "Fire!"],
    [examples, undefined],
  ]);
});

test.each([
  ["whose right option is none of its options", { state: "s", instructions: "i", options: ["yes", "no"], right: "maybe" }],
  ["without options", { state: "s", instructions: "i", right: "yes" }],
  ["that is none", "yes"],
])("an example %s is refused, and nobody is asked", async (_, example) => {
  const model = new Always("bare");
  await expect(asked({ decisions: model }, { examples: [example as any] })).rejects.toMatchObject({
    code: "QUESTION_INVALID",
    message: expect.stringContaining("examples[0]"),
  });
  expect(model.asked).toEqual([]);
});

test.each<[string, Record<string, Bindable>, Pick<DecideRequest, "model" | "kind">, string]>([
  [
    "the role decisions first",
    { judge: measured("judge"), decisions: asModel(new Always("own"), "test:own") },
    { kind: "routing" },
    "test:own",
  ],
  [
    "the next that was measured, where its was not",
    { decisions: measured("own", "wiring"), judge: measured("judge", "routing") },
    { kind: "routing" },
    "test:judge",
  ],
  ["another one, where the role is played by none", { judge: measured("judge", "routing") }, { kind: "routing" }, "test:judge"],
  [
    "the one of a role that is named",
    { decisions: measured("own"), judge: measured("judge", "routing") },
    { kind: "routing", model: "judge" },
    "test:judge",
  ],
  ["one that is given", {}, { model: measured("given", "routing"), kind: "routing" }, "test:given"],
  ["whatever it was measured for, where no kind is said", { decisions: measured("own", "wiring") }, {}, "test:own"],
])("what is asked: %s", async (_, models, more, model) => {
  expect(await asked(models, more)).toEqual([[model, 7]]);
});

test.each<[string, Record<string, Bindable>, Pick<DecideRequest, "model" | "kind">, string]>([
  ["no model at all", {}, {}, "MODEL_UNBOUND"],
  ["a role that nothing plays", { decisions: measured("own") }, { model: "judge" }, "MODEL_UNBOUND"],
  [
    "models that were not measured for it",
    { decisions: measured("own", "wiring"), judge: measured("judge") },
    { kind: "routing" },
    "DECISION_UNMEASURED",
  ],
  [
    "models that were measured for one of two kinds",
    { decisions: measured("own", "yes-no"), judge: measured("judge", "routing") },
    { kind: ["yes-no", "routing"] },
    "DECISION_UNMEASURED",
  ],
  [
    "a named model that was not",
    { decisions: measured("own", "routing"), judge: measured("judge", "wiring") },
    { kind: "routing", model: "judge" },
    "DECISION_UNMEASURED",
  ],
  [
    "a model of another kind",
    { decisions: { ...measured("own"), card: { ...measured("own").card, kind: "embeddings" } } as any },
    {},
    "MODEL_KIND",
  ],
])("with %s a question is refused", async (_, models, more, code) => {
  await expect(asked(models, more)).rejects.toMatchObject({ code });
});

test("a run's callbacks see the question and its answer", async () => {
  const seen: string[] = [];
  class Watch extends BaseCallbackHandler {
    name = "watch";
    override awaitHandlers = true;
    override handleChainEnd() {}
    override handleLLMStart() {}
    override handleChainStart(_: unknown, inputs: Record<string, any>, ...rest: any[]) {
      if (inputs.questions) seen.push(JSON.stringify([inputs.state, rest[4]]));
    }
  }
  await asking({ decisions: new Always("bare") }).invoke({ text: "Fire!" }, { callbacks: [new Watch()] });
  expect(seen).toEqual([expect.stringContaining("Fire!")]);
});
