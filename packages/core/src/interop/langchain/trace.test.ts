import { RunnableLambda } from "@langchain/core/runnables";
import { BaseTracer, type Run } from "@langchain/core/tracers/base";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { asModel, asSpecialist, compile, defineGraph, END, specialist, team } from "../../index.js";

/** Keeps every run that it hears of. */
class Kept extends BaseTracer {
  name = "kept";
  readonly roots: Run[] = [];
  override async persistRun(run: Run) {
    this.roots.push(run);
  }
}
const tree = ({ name, child_runs }: Run): any => (child_runs.length ? { [name]: child_runs.map(tree) } : name);
const all = (run: Run): Run[] => [run, ...run.child_runs.flatMap(all)];

const text = z.object({ text: z.string() });
const loud = z.object({ loud: z.string() });
const upper = RunnableLambda.from((text: string) => text.toUpperCase()).withConfig({ runName: "upper" });
const shout = specialist({
  name: "shout",
  does: "Shouts",
  input: text,
  output: loud,
  run: async ({ text }, ctx) => ({ loud: await upper.invoke(text, ctx.config) }),
});
const inner = defineGraph({
  name: "inner",
  does: "Shouts too",
  state: { text: z.string(), loud: z.string() },
  input: ["text"],
  output: ["loud"],
  nodes: { shout },
  start: "shout",
  edges: { shout: END },
});
const twice = specialist({
  name: "twice",
  does: "Shouts twice",
  input: loud,
  output: z.object({ all: z.string() }),
  run: async ({ loud }, ctx) => {
    const one = await ctx.call("one", shout, { text: loud });
    const two = await ctx.call("two", asSpecialist(inner), { text: one.loud });
    return { all: two.loud };
  },
});
const answer = specialist({
  name: "answer",
  does: "Answers",
  input: z.object({ all: z.string() }),
  output: z.object({ reply: z.string() }),
  prompt: ({ all }) => all,
});
const desk = team({ name: "desk", does: "Shouts by a plan", members: [shout], input: z.object({ text: z.string() }), output: loud });
const graph = defineGraph({
  name: "office",
  state: { text: z.string(), loud: z.string(), all: z.string(), reply: z.string() },
  input: ["text"],
  output: ["reply"],
  nodes: { first: desk, twice, answer },
  start: "first",
  edges: { first: "twice", twice: "answer", answer: END },
});
const chat = () => new FakeListChatModel({ responses: ['{"reply": "yes"}'] });

test("a run inside a chain is one tree: nodes, calls, tasks, inner graphs, chains and models, each under what opened it", async () => {
  const kept = new Kept();
  const app = compile(graph, { models: { default: asModel(chat(), "fake", { structured: "none" }) } });
  const chain = RunnableLambda.from((text: string) => ({ text }))
    .pipe(app as any)
    .withConfig({ runName: "chain" });
  await chain.invoke("hi", { callbacks: [kept], tags: ["mine"], metadata: { who: "me" } });
  expect(kept.roots).toHaveLength(1);
  const [root] = kept.roots;
  const of = tree(root!);
  expect(of.chain[1]).toEqual({
    office: [
      { first: [{ shout: ["upper"] }] },
      { twice: [{ shout: ["upper"] }, { inner: [{ shout: ["upper"] }] }] },
      { answer: ["FakeListChatModel"] },
    ],
  });
  const runs = all(root!);
  for (const run of runs) expect(run).toMatchObject({ tags: expect.arrayContaining(["mine"]), extra: { metadata: { who: "me" } } });
  for (const run of runs) for (const child of run.child_runs) expect(child.parent_run_id).toBe(run.id);
  expect(runs.find(({ name }) => name === "twice")).toMatchObject({ inputs: { loud: "HI" }, outputs: { all: "HI" } });
  expect(runs.filter(({ name }) => name === "shout").map(({ extra }) => extra!.metadata.troupe_at)).toEqual([
    "first#1/t1",
    "twice/one",
    "twice/two/shout",
  ]);
});

test("an error stands at what failed and at all around it, and no run stays open", async () => {
  const kept = new Kept();
  const failing = { ...shout, run: () => Promise.reject(new Error("no voice")) };
  const slow = {
    ...shout,
    name: "slow",
    output: z.object({ other: z.string() }),
    run: (_: any, ctx: any) => new Promise((_r, reject) => ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason))),
  };
  const both = defineGraph({
    name: "both",
    state: { text: z.string(), loud: z.string(), other: z.string() },
    input: ["text"],
    output: ["loud"],
    nodes: { failing, slow },
    start: ["failing", "slow"],
    edges: { failing: END, slow: END },
  } as any) as any;
  await expect(compile(both).invoke({ text: "hi" }, { callbacks: [kept] })).rejects.toThrow("no voice");
  await expect.poll(() => kept.roots.length).toBe(1);
  const runs = all(kept.roots[0]!);
  expect(runs.map(({ name }) => name).sort()).toEqual(["both", "failing", "slow"]);
  for (const run of runs) expect(run.error, run.name).toBeTruthy();
  expect(runs.find(({ name }) => name === "failing")!.error).toContain("no voice");
});
