import { BaseDecisionModel, parseClassifierResponse, type Question } from "@langchain/core/decisions";
import { expect, test } from "vitest";
import { asModel, type Usage } from "../model/model.js";
import { calibrate } from "./calibrate.js";
import { calibrated } from "./calibrated.js";
import { decide } from "./decide.js";

const answers = {
  team: { type: "choice", choice: "bug", probabilities: { billing: 0.02, bug: 0.98 }, confidence: 0.96 },
  anger: {
    type: "score",
    score: 1.9,
    legend: { 0: "calm", 1: "cross", 2: "mad" },
    probabilities: { 0: 0, 1: 0.1, 2: 0.9 },
    confidence: 0.8,
  },
  urgent: { type: "noul", noul: 0.98 },
  where: { type: "box", box: { top: 0.1, bottom: 0.2, left: 0, right: 1 } },
};

class Boaster extends BaseDecisionModel {
  lc_namespace = ["test"];

  get _provider() {
    return "test";
  }
  async _classify() {
    return parseClassifierResponse({ model: "boaster", answers, usage_metadata: { input_tokens: 3, output_tokens: 0 } });
  }
}

const questions = {
  team: { type: "choice", instructions: "Whose is it?", criteria: { billing: null, bug: null } },
  anger: { type: "score", instructions: "How angry?", criteria: ["calm", "cross", "mad"] },
  urgent: { type: "noul", instructions: "Is it urgent?" },
  where: { type: "box", instructions: "Where is the sum?" },
} as const satisfies Record<string, Question>;

/** Of ten times that it said 0.98, seven were right. */
const learned = calibrate(
  Array.from({ length: 40 }, (_, i) => ({ probabilities: { billing: 0.02, bug: 0.98 }, label: i % 10 < 7 ? "bug" : "billing" })),
);

test("a calibrated model chooses as before, and is as sure as it was right; a box stays", async () => {
  const model = asModel(new Boaster({ model: "boaster" }));
  const host = { signal: new AbortController().signal, config: {}, used: () => {} };
  const surer = calibrated(model, learned);
  const given = await decide(surer, { state: "It broke", questions: questions as any }, host);
  const { team, anger, urgent, where } = given as any;
  expect(team.choice).toBe("bug");
  expect(team.confidence).toBeGreaterThan(0.6);
  expect(team.confidence).toBeLessThan(0.75);
  expect(team.probabilities.bug + team.probabilities.billing).toBeCloseTo(1);
  expect(urgent.noul).toBeGreaterThan(0.6);
  expect(urgent.noul).toBeLessThan(0.8);
  expect(anger.score).toBeLessThan(1.9);
  expect(anger.score).toBeGreaterThan(1);
  expect(where).toEqual(answers.where);
  expect(surer.id).toBe(model.id);
  // As in LangChain, answers can be had by type.
  expect((await (await surer.load()).invoke({ state: "It broke", questions } as any)).choices).toMatchObject({ team: { choice: "bug" } });
});

const ask = async (given: object, asked: object = { team: questions.team }) => {
  const model = asModel(new Boaster({ model: "boaster" }));
  const bare = { ...model, load: async () => ({ invoke: async () => ({ model: "m", answers: given }) as any }) };
  const host = { signal: new AbortController().signal, config: {}, used: () => {} };
  return (await decide(calibrated(bare, learned), { state: "It broke", questions: asked as any }, host)) as any;
};

test("where a model chooses another label than its likeliest, the confidence is that of the label it chose", async () => {
  const { team } = await ask({ team: { ...answers.team, choice: "billing" } });
  expect(team.choice).toBe("billing");
  expect(team.confidence).toBeLessThan(0.4);
});

test("a model that is chosen when it is loaded is named as what it then is", async () => {
  let id = "first";
  const model = asModel(new Boaster({ model: "boaster" }));
  const choosing = {
    ...model,
    get id() {
      return id;
    },
    load: async () => {
      id = "second";
      return model.load();
    },
  };
  const told: string[] = [];
  const host = { signal: new AbortController().signal, config: {}, used: (usage: Usage) => told.push(usage.model) };
  await decide(calibrated(choosing, learned), { state: "It broke", questions: { team: questions.team } }, host);
  expect(told).toEqual(["second"]);
});

test("how sure a level is follows its probabilities", async () => {
  const { anger } = await ask({ anger: answers.anger }, { anger: questions.anger });
  expect(anger.confidence).toBeLessThan(0.6);
  const { anger: even } = await ask(
    { anger: { ...answers.anger, score: 1, probabilities: { 0: 0.5, 1: 0, 2: 0.5 } } },
    { anger: questions.anger },
  );
  expect(even.confidence).toBeLessThan(0.1);
});

test.each<[string, object]>([
  ["percent", { billing: 2, bug: 98 }],
  ["less than nothing", { billing: -0.2, bug: 1.2 }],
  ["more than all", { billing: 0.9, bug: 0.9 }],
  ["a label too few", { bug: 1 }],
])("what is no distribution (%s) is refused, and not made one", async (_, probabilities) => {
  await expect(ask({ team: { ...answers.team, probabilities } })).rejects.toMatchObject({
    code: "ANSWER_INVALID",
    detail: { field: "team" },
  });
});

test.each([
  {},
  { version: 1, scale: { temperature: "1", none: 0 } },
  { version: 2, scale: { temperature: 1, none: 0 } },
  { version: 1, scale: { temperature: 0, none: 0 } },
  { version: 1 },
])("%j is no calibration", (given) => {
  expect(() => calibrated(asModel(new Boaster({ model: "boaster" })), given as any)).toThrow(
    expect.objectContaining({ code: "CALIBRATION_INVALID" }),
  );
});

test("a calibration that names its model is taken for no other, and is kept as JSON like any", async () => {
  const model = asModel(new Boaster({ model: "boaster" }));
  const judged = [{ probabilities: { billing: 0.1, bug: 0.9 }, label: "bug" }];
  const learned = JSON.parse(JSON.stringify(calibrate(judged, { model: model.id })));
  expect(learned).toEqual({ ...calibrate(judged), model: model.id });
  expect(calibrated(model, learned).id).toBe(model.id);
  expect(() => calibrated(asModel(new Boaster({ model: "other" }), "test:other"), learned)).toThrow(
    expect.objectContaining({ code: "CALIBRATION_INVALID", message: expect.stringMatching(/boaster.*test:other/) }),
  );
  expect(() => calibrate(judged, { model: model as never })).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
});
