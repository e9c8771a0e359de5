import { AIMessageChunk } from "@langchain/core/messages";
import { ChatGenerationChunk } from "@langchain/core/outputs";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { TroupeError } from "../error/error.js";
import { defineGraph, END } from "../graph/graph.js";
import { use } from "../graph/use.js";
import { compile } from "../interop/compile.js";
import { memoryJournal } from "../journal/memory.js";
import { asModel } from "../model/model.js";
import type { Context } from "../specialist/context.js";
import { asSpecialist, specialist } from "../specialist/specialist.js";

const n = z.object({ n: z.number() });
const adds = specialist({ name: "adds", does: "Adds one", input: n, output: n, run: ({ n }) => ({ n: n + 1 }) });
const of = (run: (input: { n: number }, ctx: any) => any) =>
  defineGraph({
    name: "g",
    state: { n: z.number() },
    input: ["n"],
    output: ["n"],
    nodes: { w: specialist({ name: "w", does: "Works", input: n, output: n, run }) },
    start: "w",
    edges: { w: END },
  });

const circle: Record<string, unknown> = {};
circle.me = circle;
/** What no JSON holds, and what a text or a number is not. */
const odd = [
  ["a bigint", 5n],
  ["a function", () => 1],
  ["a symbol", Symbol("s")],
  ["an object", circle],
  ["5", 5],
  ["null", null],
] as const;

/** What a run whose code does something comes to, and its records, which any journal can keep. */
async function kept(run: (input: { n: number }, ctx: any) => any, models = {}) {
  const journal = memoryJournal();
  const outcome = await compile(of(run), { journal, models })
    .invoke({ n: 1 }, { thread: "t" })
    .catch((thrown: unknown) => thrown);
  const entries = await journal.read("t");
  expect(JSON.parse(JSON.stringify(entries))).toEqual(entries);
  return { outcome, entries };
}

test.each(odd)("ctx.worked refuses %s there and then, and what was done before is kept", async (said, engine) => {
  const { outcome, entries } = await kept(async ({ n }, ctx) => {
    await ctx.call("before", adds, { n });
    ctx.worked(engine);
    return { n };
  });
  expect(outcome).toMatchObject({
    code: "OPTION_INVALID",
    message: expect.stringContaining(`ctx.worked is given ${said}`),
    detail: { at: "w" },
  });
  expect(entries.filter(({ kind }) => kind === "completed")).toHaveLength(1);
});

test("code that catches what ctx.worked refuses goes on", async () => {
  const { outcome, entries } = await kept(({ n }, ctx: Context) => {
    ctx.worked("patterns");
    expect(() => ctx.worked(5n as never)).toThrow(TroupeError);
    return { n };
  });
  expect(outcome).toEqual({ n: 1 });
  expect(entries.find(({ kind }) => kind === "completed")).toMatchObject({ engine: "patterns" });
});

test.each(odd)("a key of ctx.call and ctx.once is a text, not %s", async (said, key) => {
  for (const ask of [
    (n: number, ctx: Context) => ctx.call(key as never, adds, { n }),
    async (n: number, ctx: Context) => ({ n: await ctx.once(key as never, () => n) }),
  ])
    expect((await kept(({ n }, ctx) => ask(n, ctx))).outcome).toMatchObject({
      code: "KEY_INVALID",
      message: expect.stringContaining(said),
    });
});

test.each(odd)("ctx.progress refuses %s, whether somebody listens or not", async (said, value) => {
  const of5 = of(({ n }, ctx) => {
    if (typeof value === "number") ctx.progress(value);
    ctx.progress("half", typeof value === "number" ? "half" : value);
    return { n };
  });
  const refused = { code: "OPTION_INVALID", message: expect.stringContaining(`ctx.progress is given ${said}`) };
  await expect(compile(of5).invoke({ n: 1 })).rejects.toMatchObject(refused);
  const heard = async () => {
    for await (const _ of compile(of5).events({ n: 1 }));
  };
  await expect(heard()).rejects.toMatchObject(refused);
});

test("a part of the work that is no number yet is not told", async () => {
  const parts: unknown[] = [];
  const app = compile(
    of(({ n }, ctx) => {
      for (const part of [0 / 0, 1 / 0, 0.5, undefined]) ctx.progress("reads", part);
      return { n };
    }),
  );
  for await (const event of app.events({ n: 1 })) if (event.kind === "progress") parts.push("part" in event ? event.part : "none");
  expect(parts).toEqual(["none", "none", 0.5, "none"]);
});

test.each([
  ["a bigint", 5n],
  ["a value of type function", () => 1],
] as const)("a graph that is called and holds %s, which no journal keeps, is refused where it is called", async (_, value) => {
  const inner = defineGraph({
    name: "inner",
    state: { n: z.number(), d: z.any() },
    input: ["n"],
    output: ["n"],
    nodes: { adds: use(specialist({ ...adds, input: z.object({ n: z.number(), d: z.any() }) } as any), { set: { d: value } } as any) },
    start: "adds",
    edges: { adds: END },
  } as any);
  const { outcome } = await kept(({ n }, ctx) => ctx.call("k", asSpecialist(inner as any), { n }));
  expect(outcome).toMatchObject({ code: "GRAPH_INVALID", message: expect.stringMatching(/nodes\.adds\.set\.d/), detail: { at: "w/k" } });
});

test.each(["hint", "text", "issues", "field"])(
  "an error of a condition or a schema whose %s no journal keeps is kept without it",
  async (part) => {
    const throws = () => {
      throw new TroupeError("MINE", "It is so", {
        [part]: part === "issues" ? [{ code: "c", path: [], message: "m", more: 5n }] : 5n,
      } as never);
    };
    const graph = (test: () => boolean, schema: z.ZodType) =>
      defineGraph({
        name: "g",
        state: { n: schema },
        input: ["n"],
        output: ["n"],
        nodes: { adds },
        conditions: { c: { reads: ["n"], test } },
        start: "adds",
        edges: { adds: [{ when: "c", to: END }, { otherwise: END }] },
      } as any) as any;
    for (const made of [
      graph(throws, z.number()),
      graph(
        () => true,
        z.number().refine((n) => (n > 1 ? throws() : true)),
      ),
    ]) {
      const journal = memoryJournal();
      await expect(compile(made, { journal }).invoke({ n: 1 }, { thread: "t" })).rejects.toMatchObject({ code: "MINE" });
      const entries = await journal.read("t");
      expect(JSON.parse(JSON.stringify(entries))).toEqual(entries);
      expect(entries.at(-1)).toMatchObject({ kind: "ended", error: { code: "MINE", message: expect.stringContaining("It is so") } });
    }
  },
);

/** A chat model that tells what it likes of what it took. */
class Tells extends FakeListChatModel {
  constructor(readonly took: unknown) {
    super({ responses: ["hi"] });
  }
  override async *_streamResponseChunks() {
    const told = { input_tokens: this.took, output_tokens: 1, total_tokens: 2 } as any;
    yield new ChatGenerationChunk({
      text: "hi",
      message: new AIMessageChunk({ content: "hi", usage_metadata: told } as object as { content: string }),
    });
  }
}

test.each([...odd.filter(([said]) => said !== "5"), ["NaN", Number.NaN], ["less than nothing", -3]] as const)(
  "tokens that a model tells as %s are tokens that it does not tell",
  async (_, took) => {
    const asks = async ({ n }: { n: number }, ctx: Context) => {
      await ctx.generate({ prompt: "hello" });
      return { n };
    };
    const { outcome, entries } = await kept(asks, { default: asModel(new Tells(took)) });
    expect(outcome).toEqual({ n: 1 });
    expect(entries.find(({ kind }) => kind === "completed")).toMatchObject({ usage: [{ input: 0, output: 1, calls: 1 }] });
  },
);
