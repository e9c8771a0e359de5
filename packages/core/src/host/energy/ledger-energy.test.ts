import { FakeListChatModel } from "@langchain/core/utils/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { asModel, compile, defineGraph, END, memoryJournal, specialist } from "../../index.js";

const compute = (ms: number) => {
  const until = process.cpuUsage().user + ms * 1000;
  while (process.cpuUsage().user < until);
};

/** A model that computes in this process before it answers. */
class Computing extends FakeListChatModel {
  override async *_streamResponseChunks(...call: Parameters<FakeListChatModel["_streamResponseChunks"]>) {
    compute(60);
    yield* super._streamResponseChunks(...call);
  }
}

const text = { input: z.object({ text: z.string() }) };
const small = asModel(new Computing({ responses: ["small"] }), "small", { embedded: true, local: true });
const giant = asModel(new FakeListChatModel({ responses: ["giant"], sleep: 5 }), "giant");
let fails = true;
const graph = defineGraph({
  name: "energy",
  state: { text: z.string(), a: z.string(), b: z.string(), c: z.string() },
  input: ["text"],
  output: ["a", "b", "c"],
  nodes: {
    here: specialist({
      name: "here",
      does: "Asks a model in this process",
      ...text,
      output: z.object({ a: z.string() }),
      run: async (_, ctx) => ({ a: (await ctx.generate({ model: small, prompt: "x" })).text }),
    }),
    there: specialist({
      name: "there",
      does: "Asks a model elsewhere",
      ...text,
      output: z.object({ b: z.string() }),
      run: async (_, ctx) => ({ b: (await ctx.generate({ model: giant, prompt: "x" })).text }),
    }),
    code: specialist({
      name: "code",
      does: "Computes without a model, and fails at first",
      ...text,
      output: z.object({ c: z.string() }),
      run: () => {
        compute(30);
        if (fails) throw new Error("not yet");
        return { c: "code" };
      },
    }),
  },
  start: "here",
  edges: { here: ["there", "code"], there: END, code: END },
});

test("the ledger tells energy per occurrence, model and run, once each, and keeps it over a failure and a resume", async () => {
  const app = compile(graph, { journal: memoryJournal() });
  await expect(app.invoke({ text: "x" }, { thread: "t" })).rejects.toMatchObject({ code: "SPECIALIST_FAILED" });
  const before = await app.ledger("t");
  fails = false;
  await app.resume("t");
  const { lines, models, energy } = await app.ledger("t");
  const of = (at: string) => lines.find((line) => line.at === at)!.energy!.cpuMs;
  expect(of("here")).toBeGreaterThanOrEqual(60);
  // Both attempts; of the first one half may count for what was under way beside it.
  expect(of("code")).toBeGreaterThanOrEqual(45);
  expect(before.energy.cpuMs).toBeGreaterThanOrEqual(90);
  expect(energy.cpuMs).toBeGreaterThanOrEqual(before.energy.cpuMs + 30);
  expect(energy.cpuMs).toBeCloseTo(
    lines.reduce((sum, line) => sum + (line.energy?.cpuMs ?? 0), 0),
    6,
  );
  // Where a machine tells its power within the test, joules are measured, else all of it is estimated.
  if (energy.measuredJoules === 0) expect(energy.estimatedJoules).toBeCloseTo((energy.cpuMs / 1000) * energy.wattsPerCore, 6);
  const [model] = models.filter((one) => one.model === "small");
  expect(model!.energy!.cpuMs).toBeGreaterThanOrEqual(60);
  expect(model!.energy!.cpuMs).toBeLessThanOrEqual(of("here"));
  expect(models.find((one) => one.model === "giant")).not.toHaveProperty("energy");
  expect(energy.unknown).toEqual(["giant"]);
});
