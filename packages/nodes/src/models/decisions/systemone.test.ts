import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import { BaseDecisionModel, type Question } from "@langchain/core/decisions";
import { HumanMessage } from "@langchain/core/messages";
import { afterAll, describe, expect, it } from "vitest";
import { alone } from "../../text/alone.js";
import { decide } from "../../text/decide.js";
import { decisions } from "../model.js";
import { startSparrow } from "./fixtures/sparrow.js";

const server = await startSparrow();
const why = "why" in server ? server.why : undefined;
const url = "url" in server ? server.url : "";
afterAll(async () => {
  if ("stop" in server) await server.stop();
});

const tool = {
  type: "choice",
  instructions: "Which tool fits this request?",
  criteria: { flights: "search and book flights", refunds: "refund a payment", weather: "forecasts for a city" },
} satisfies Question;
const upset = { type: "noul", instructions: "Is the user upset?", criteria: { true: "angry or disappointed" } } satisfies Question;
const urgency = { type: "score", instructions: "How urgent is this?", criteria: ["can wait", "today", "now"] } satisfies Question;
const charged = "User: I was charged twice for order 1182, I want my money back";

describe.skipIf(why)(`sparrow-decider over HTTP${why ? ` (skipped: ${why})` : ""}`, () => {
  const model = () => decisions(`systemone:nano@${url}`);

  it("is a BaseDecisionModel of LangChain's: invoked, in a batch, with callbacks", async () => {
    const loaded = (await model().load()) as BaseDecisionModel;
    expect(loaded).toBeInstanceOf(BaseDecisionModel);
    const seen: string[] = [];
    class Watch extends BaseCallbackHandler {
      name = "watch";
      override awaitHandlers = true;
      override handleChainStart(_: unknown, inputs: any) {
        seen.push(inputs.state);
      }
    }
    const asked = { state: charged, questions: { tool, upset, urgency } };
    const { answers } = await loaded.invoke(asked, { callbacks: [new Watch()] });
    expect(answers.tool).toMatchObject({ type: "choice", choice: "refunds" });
    expect(answers.upset.noul).toBeGreaterThan(0);
    expect(answers.urgency.score).toBeLessThanOrEqual(2);
    expect(seen).toEqual([charged]);
    const both = await loaded.batch([asked, { ...asked, state: { weather: "Will it rain in Oslo tomorrow?" } }]);
    expect(both.map(({ choices }: any) => choices.tool.choice)).toEqual(["refunds", "weather"]);
  });

  it("takes text, JSON and messages as the state", async () => {
    const loaded = await model().load();
    for (const state of [
      charged,
      { user: charged, orders: [{ id: 1182, paid: 2 }] },
      [new HumanMessage(charged)],
      new HumanMessage(charged),
    ])
      expect((await loaded.invoke({ state, questions: { tool } })).answers.tool.choice).toBe("refunds");
  });

  it("makes the labels, levels and probabilities of a specialist, and the ledger names it", async () => {
    const desk = decide({ name: "desk", questions: { tool, upset, urgency } });
    const app = alone(desk, { decisions: model() });
    const { tool: chosen, toolConfidence, upset: probability, urgency: level } = await app.invoke({ text: charged }, { thread: "t" });
    expect([chosen, toolConfidence > 0.9]).toEqual(["refunds", true]);
    expect([probability, level].every((one) => one >= 0 && one <= 2)).toBe(true);
    const { lines, models } = await app.ledger("t");
    expect(lines[0]!.engine).toBe(`systemone:nano@${url}`);
    expect(models).toEqual([expect.objectContaining({ model: `systemone:nano@${url}`, calls: 1 })]);
  });

  it("says what it refuses: boxes it has not", async () => {
    const loaded = await model().load();
    const asked = loaded.invoke({ state: "x", questions: { where: { type: "box", instructions: "Where?" } } });
    await expect(asked).rejects.toThrow(/status 422.*box/);
  });
});
