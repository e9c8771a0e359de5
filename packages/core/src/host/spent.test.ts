import { AIMessageChunk } from "@langchain/core/messages";
import { ChatGenerationChunk } from "@langchain/core/outputs";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { defineGraph } from "../graph/graph.js";
import { END } from "../graph/index.js";
import { use } from "../graph/use.js";
import { compile } from "../interop/compile.js";
import { memoryJournal } from "../journal/memory.js";
import type { EmbeddingModel } from "../model/model.js";
import type { Context } from "../specialist/context.js";
import { specialist } from "../specialist/specialist.js";

/** A chat model that writes two pieces and then goes silent until it is stopped; `silent` resolves once it is. */
class Slow extends FakeListChatModel {
  silent: Promise<void>;
  #fallSilent!: () => void;
  constructor() {
    super({ responses: ["-"] });
    this.silent = new Promise((resolve) => (this.#fallSilent = resolve));
  }
  override async *_streamResponseChunks(_: unknown, { signal }: { signal?: AbortSignal }) {
    for (const text of ["a ", "b "]) yield new ChatGenerationChunk({ text, message: new AIMessageChunk(text) });
    this.#fallSilent();
    await new Promise((_, reject) => signal!.addEventListener("abort", () => reject(signal!.reason), { once: true }));
  }
}

/** An embedding model that never answers. */
const mute: EmbeddingModel = {
  id: "openai:vectors",
  card: { kind: "embeddings", context: 512, modalities: ["text"], tools: false, structured: "none", local: false },
  load: async () => ({ embedDocuments: () => new Promise(() => {}), embedQuery: async () => [] }),
};

const work = (run: (ctx: Context) => Promise<unknown>, name = "work") =>
  specialist({
    name,
    does: "Works",
    input: z.object({}),
    output: z.object({ [name]: z.string() }),
    run: async (_, ctx) => ({ [name]: String(await run(ctx)) }),
  });

const slow = work((ctx) => ctx.generate({ prompt: "Go on" }).then(({ text }) => text), "slow");

/** What models took in a run of what `run` does, until it ended somehow. */
async function spent(
  run: (ctx: Context, model: Slow) => Promise<unknown>,
  options: (model: Slow) => { signal?: AbortSignal; timeout?: number } = () => ({}),
) {
  const model = new Slow();
  const graph = defineGraph({
    name: "one",
    state: { work: z.string() },
    input: [],
    output: ["work"],
    nodes: { work: use(work((ctx) => run(ctx, model))) },
    start: "work",
    edges: { work: END },
  });
  const app = compile(graph, { models: { default: model, embeddings: mute }, journal: memoryJournal() });
  const ended = await app.invoke({}, { thread: "t", ...options(model) }).then(
    () => "done",
    ({ code }) => code,
  );
  const { models, lines } = await app.ledger("t");
  return {
    ended,
    calls: models.map(({ calls }) => calls),
    wrote: models.map(({ output }) => output),
    took: models.map(({ ms }) => ms),
    lines: lines.map(({ at, status, usage }) => [at, status, usage.length]),
  };
}

const once = (model: Slow) => {
  const stop = new AbortController();
  void model.silent.then(() => stop.abort());
  return { signal: stop.signal };
};

test("a clock that is set back or ahead while models are asked changes nothing of how long they took", async () => {
  const clock = vi.spyOn(Date, "now");
  const asking: ((ctx: Context) => Promise<unknown>)[] = [
    (ctx) => ctx.generate({ prompt: "Go on" }),
    (ctx) => ctx.generate({ prompt: "Go on", schema: z.object({ a: z.string() }) }),
    (ctx) => ctx.embed(["a"]),
  ];
  try {
    for (const years of [-1, 1])
      for (const ask of asking) {
        const real = Date.UTC(2030);
        clock.mockReturnValue(real);
        setTimeout(() => clock.mockReturnValue(real + years * 31_536_000_000), 10);
        const { took } = await spent(ask, () => ({ timeout: 50 }));
        for (const ms of took) expect(ms >= 0 && ms < 5000, `${ms} ms`).toBe(true);
        expect(took.length).toBeGreaterThan(0);
      }
  } finally {
    clock.mockRestore();
  }
});

test("what a model wrote until its run was aborted stands in the ledger", async () => {
  expect(await spent((ctx) => ctx.generate({ prompt: "Go on" }), once)).toMatchObject({
    ended: "ABORTED",
    calls: [1],
    wrote: [2],
    lines: [["work", "cancelled", 1]],
  });
});

test("… until its run took too long, calls of calls included", async () => {
  const inner = work((ctx) => ctx.call("slow", slow, {}), "inner");
  expect(
    await spent(
      (ctx) => ctx.call("inner", inner, {}),
      () => ({ timeout: 100 }),
    ),
  ).toMatchObject({
    ended: "TIMEOUT",
    calls: [1],
    wrote: [2],
    lines: [
      ["work", "cancelled", 0],
      ["work/inner", "cancelled", 0],
      ["work/inner/slow", "cancelled", 1],
    ],
  });
});

test("… until another call won the race", async () => {
  const race = (ctx: Context, model: Slow) => Promise.race([ctx.call("slow", slow, {}), model.silent]);
  expect(await spent(race)).toMatchObject({
    ended: "done",
    calls: [1],
    wrote: [2],
    lines: [
      ["work", "completed", 0],
      ["work/slow", "cancelled", 1],
    ],
  });
});

test("… until whoever asked it answered or failed without it", async () => {
  const answers = (ctx: Context, model: Slow) => Promise.race([ctx.generate({ prompt: "Go on" }), model.silent]);
  expect(await spent(answers)).toMatchObject({ ended: "done", calls: [1], wrote: [2], lines: [["work", "completed", 1]] });
  const fails = (ctx: Context, model: Slow) =>
    Promise.race([ctx.generate({ prompt: "Go on" }), model.silent.then(() => Promise.reject(new Error("no")))]);
  expect(await spent(fails)).toMatchObject({ ended: "SPECIALIST_FAILED", calls: [1], wrote: [2], lines: [["work", "failed", 1]] });
});

test("… and that embeddings were asked, which were not heard", async () => {
  expect(
    await spent(
      (ctx) => ctx.embed(["text"]),
      () => ({ timeout: 100 }),
    ),
  ).toMatchObject({ ended: "TIMEOUT", calls: [1], wrote: [0], lines: [["work", "cancelled", 1]] });
});

test("… until a sibling failed", async () => {
  const model = new Slow();
  const graph = defineGraph({
    name: "two",
    state: { slow: z.string(), bad: z.string() },
    input: [],
    output: ["slow", "bad"],
    nodes: { slow: use(slow), bad: use(work(async () => model.silent.then(() => Promise.reject(new Error("no"))), "bad")) },
    start: ["slow", "bad"],
    edges: { slow: END, bad: END },
  });
  const app = compile(graph, { models: { default: model }, journal: memoryJournal() });
  await expect(app.invoke({}, { thread: "t" })).rejects.toMatchObject({ code: "SPECIALIST_FAILED" });
  expect((await app.ledger("t")).models).toMatchObject([{ calls: 1, output: 2 }]);
});
