import { BaseDecisionModel } from "@langchain/core/decisions";
import { describe, expect, it } from "vitest";
import { alone } from "../../text/alone.js";
import { decide } from "../../text/decide.js";
import { decisions } from "../model.js";

const review = "Terrible, it broke after one day. Call me on 030 123456.";
const questions = {
  mood: { type: "choice", instructions: "What is the mood?", criteria: { positive: null, negative: null, neutral: null } },
  phone: { type: "noul", instructions: "Does the text mention a phone number?" },
  date: { type: "noul", instructions: "Does the text mention a date?" },
} as const;

describe("weights tuned to decide", { timeout: 300_000 }, () => {
  const model = decisions("llamacpp:smollm2-135m+decisions");

  it("say what they were measured on, and are LangChain's once they are loaded", async () => {
    const decides = ["plans", "wiring", "members", "routing", "fields", "levels", "yes-no"];
    expect(model.card).toMatchObject({ kind: "decisions", decides, local: true });
    const loaded = await model.load();
    expect(loaded).toBeInstanceOf(BaseDecisionModel);
  });

  it("answer all questions about a text behind one evaluation of it, counted and named in the ledger", async () => {
    const app = alone(decide({ questions }), { decisions: model });
    const { mood, phone, date } = await app.invoke({ text: review }, { thread: "t" });
    expect([mood, phone > 0.5, date > 0.5]).toEqual(["negative", true, false]);
    const { models } = await app.ledger("t");
    expect(models).toEqual([expect.objectContaining({ model: "llamacpp:smollm2-135m+decisions", calls: 1 })]);
    expect(models[0]!.input).toBeGreaterThan(80);
    // A long text is counted once, whatever is asked of it.
    const long = `${review} `.repeat(40);
    const tokensOf = async (asked: object) =>
      (await (await model.load()).invoke({ state: long, questions: asked as typeof questions })).usage_metadata!.input_tokens;
    const [one, all] = [await tokensOf({ mood: questions.mood }), await tokensOf(questions)];
    expect(all).toBeLessThan(1.6 * one);
  });

  it("rate on levels", async () => {
    const loaded = await model.load();
    const criteria = ["can wait", "this week", "within a day", "at once"];
    const urgency = { type: "score", instructions: "How urgent is it?", criteria } as const;
    const rate = async (state: string) =>
      (await loaded.invoke({ state, questions: { urgency: { ...urgency, criteria } } })).answers.urgency.score;
    expect(await rate("Production has stopped completely, we need help right now.")).toBeGreaterThan(
      await rate("No hurry, some day is fine."),
    );
  });

  it("answer levels, and yes or no, alike in either order, and no surer than they are right", async () => {
    const loaded = await model.load();
    const criteria = ["calm", "cross", "furious"];
    const asked = (levels: string[]) => ({
      anger: { type: "score", instructions: "How angry is it?", criteria: levels } as const,
      phone: questions.phone,
    });
    const [as, turned] = [
      (await loaded.invoke({ state: review, questions: asked(criteria) })).answers,
      (await loaded.invoke({ state: review, questions: asked([...criteria].reverse()) })).answers,
    ];
    expect(as.anger.score).toBeCloseTo(2 - turned.anger.score, 3);
    expect(Math.max(...Object.values(as.anger.probabilities))).toBeLessThanOrEqual(0.8);
    expect(as.phone.noul).toBeCloseTo(turned.phone.noul, 3);
    expect(as.phone.noul).toBeLessThanOrEqual(0.75);
    // What is said without a state is asked once.
    const again = await loaded.invoke({ state: review, questions: asked(criteria) });
    const anew = await loaded.invoke({ state: review, questions: asked(["mild", "hot", "burning"]) });
    expect(again.usage_metadata!.input_tokens).toBeLessThan(anew.usage_metadata!.input_tokens);
  });

  it("see no pictures", async () => {
    const loaded = await model.load();
    const asked = loaded.invoke({ state: "x", questions: { where: { type: "box", instructions: "Where?" } } });
    await expect(asked).rejects.toMatchObject({ code: "QUESTION_UNSUPPORTED", detail: { field: "where" } });
  });
});

describe("any chat weights", { timeout: 300_000 }, () => {
  it("are not asked what they were measured to be no better than chance on", () => {
    expect(decisions("llamacpp:smollm2-135m").card.decides).toEqual(["wiring"]);
    expect(decisions("llamacpp:/weights/own.gguf").card.decides).toBeUndefined();
  });

  it("decide by the options' own words, and by letters where these are long", async () => {
    const loaded = await decisions("llamacpp:smollm2-135m").load();
    expect(loaded).toBeInstanceOf(BaseDecisionModel);
    // A question that changed is another.
    const growing = { mood: { ...questions.mood, criteria: { positive: null, negative: null } as Record<string, null> } };
    const labels = async () => Object.keys((await loaded.invoke({ state: review, questions: growing })).answers.mood.probabilities);
    expect(await labels()).toHaveLength(2);
    growing.mood.criteria.neutral = null;
    expect(await labels()).toHaveLength(3);
    // What a file names its questions may be a name of JavaScript's own.
    const own = JSON.parse(`{"__proto__": ${JSON.stringify(questions.phone)}}`);
    expect(Object.values((await loaded.invoke({ state: review, questions: own })).answers)).toMatchObject([{ type: "noul" }]);
    const long = { "it is about what somebody paid": null, "it is about something that broke": null };
    const { answers, usage_metadata } = await loaded.invoke({
      state: review,
      questions: { mood: { ...questions.mood }, about: { type: "choice", instructions: "Which is it?", criteria: long } },
    });
    for (const { probabilities } of [answers.mood, answers.about])
      expect(Object.values(probabilities).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    expect(Object.keys(long)).toContain(answers.about.choice);
    expect(usage_metadata?.input_tokens).toBeGreaterThan(100);
  });
});
