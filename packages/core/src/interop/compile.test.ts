import { setTimeout as sleep } from "node:timers/promises";
import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import { SimpleChatModel } from "@langchain/core/language_models/chat_models";
import { RunnableLambda } from "@langchain/core/runnables";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  append,
  asSpecialist,
  compile,
  defineGraph,
  END,
  memoryJournal,
  specialist,
  sum,
  TroupeError,
  type TroupeEvent,
  use,
} from "../index.js";

const double = specialist({
  name: "double",
  does: "Doubles a number",
  input: z.object({ n: z.number() }),
  output: z.object({ n: z.number() }),
  run: ({ n }) => ({ n: n * 2 }),
});

const twice = defineGraph({
  name: "twice",
  state: { n: z.number() },
  input: ["n"],
  output: ["n"],
  nodes: { first: double, second: double },
  start: "first",
  edges: { first: "second", second: END },
});

/** A graph of one node around `run`. */
function one(run: (input: { n: number }, ctx: any) => any, more: { timeout?: number } = {}) {
  const only = specialist({
    name: "only",
    does: "Does it",
    input: z.object({ n: z.number() }),
    output: z.object({ out: z.number() }),
    run,
    ...more,
  });
  return defineGraph({
    name: "one",
    state: { n: z.number(), out: z.number() },
    input: ["n"],
    output: ["out"],
    nodes: { only },
    start: "only",
    edges: { only: END },
  });
}

const failure = async (promise: Promise<unknown>): Promise<TroupeError> => {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(TroupeError);
  return error as TroupeError;
};

async function collect(events: AsyncGenerator<TroupeEvent, unknown>): Promise<TroupeEvent[]> {
  const all: TroupeEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

test("invoke runs the nodes in order and gives the graph's output", async () => {
  expect(await compile(twice).invoke({ n: 3 })).toEqual({ n: 12 });
});

test("events tell every record in order, and end with the run", async () => {
  const events = await collect(compile(twice).events({ n: 3 }));
  expect(events.map((e) => ("at" in e ? `${e.kind} ${e.at}` : e.kind))).toEqual([
    "began",
    "started first",
    "completed first",
    "started second",
    "completed second",
    "ended",
  ]);
});

test("a graph with issues is refused with all of them", () => {
  const broken = defineGraph({ ...twice, edges: { first: "third", second: "nowhere" } } as any);
  let error: unknown;
  try {
    compile(broken);
  } catch (e) {
    error = e;
  }
  expect((error as TroupeError).code).toBe("GRAPH_INVALID");
  expect((error as TroupeError).issues.filter(({ code }) => code === "unknown-target")).toHaveLength(2);
});

test.each([
  [{ n: "three" }, "n:"],
  [{}, "n:"],
  [{ n: 1, m: 2 }, "m: not an input"],
  ["three", "expected an object"],
])("input %j is refused by name before anything runs", async (input, says) => {
  const journal = memoryJournal();
  const error = await failure(compile(twice, { journal }).invoke(input as any, { thread: "t" }));
  expect(error.code).toBe("INPUT_INVALID");
  expect(error.message).toContain(says);
  expect(await journal.read("t")).toEqual([]);
});

test.each([
  ["throws", (): unknown => Promise.reject(new RangeError("no luck")), "SPECIALIST_FAILED", "no luck"],
  ["gives the wrong shape", (): unknown => ({ out: "x" }), "OUTPUT_INVALID", "out:"],
  ["gives nothing", (): unknown => undefined, "OUTPUT_INVALID", "only"],
] as const)("a specialist that %s fails the run with a code and its place", async (_, run, code, says) => {
  const error = await failure(compile(one(run)).invoke({ n: 1 }));
  expect(error.code).toBe(code);
  expect(error.detail.at).toBe("only");
  expect(error.message).toContain(says);
});

test("what a journal cannot keep is refused with its path", async () => {
  const graph = one(() => ({ out: 1 }));
  const dated = { ...graph.nodes.only!.specialist, output: z.looseObject({ out: z.number() }), run: () => ({ out: 1, when: new Date() }) };
  const error = await failure(compile({ ...graph, nodes: { only: { ...graph.nodes.only!, specialist: dated } } } as any).invoke({ n: 1 }));
  expect([error.code, error.detail.field]).toEqual(["OUTPUT_NOT_JSON", "when"]);
});

test("a specialist that hangs is stopped by its timeout, and its signal is aborted", async () => {
  let reason: unknown;
  const hangs = one(
    (_, ctx): Promise<never> =>
      new Promise(() => {
        ctx.signal.addEventListener("abort", () => {
          reason = ctx.signal.reason;
        });
      }),
    { timeout: 20 },
  );
  const error = await failure(compile(hangs).invoke({ n: 1 }));
  expect(error.code).toBe("TIMEOUT");
  expect(error.message).toContain("20 ms");
  expect(reason).toBe(error);
});

test("an abort ends the run at once, and only that run", async () => {
  const slow = one(async ({ n }, ctx) => {
    await sleep(n, undefined, { signal: ctx.signal });
    return { out: n };
  });
  const app = compile(slow);
  const stop = new AbortController();
  const [stopped, other] = [app.invoke({ n: 60_000 }, { signal: stop.signal }), app.invoke({ n: 30 })];
  setTimeout(() => stop.abort(new Error("enough")), 10);
  await expect(stopped).rejects.toThrow("enough");
  expect(await other).toEqual({ out: 30 });
});

test("leaving the events aborts the run", async () => {
  let aborted = false;
  const slow = one(async (_, ctx) => {
    ctx.signal.addEventListener("abort", () => {
      aborted = true;
    });
    await sleep(60_000, undefined, { signal: ctx.signal });
    return { out: 1 };
  });
  for await (const event of compile(slow).events({ n: 1 })) if (event.kind === "started") break;
  expect(aborted).toBe(true);
});

test("the first failure cancels what runs beside it, and resuming repeats only what was not completed", async () => {
  const ran: string[] = [];
  let broken = true;
  const part = (name: string, run: (ctx: any) => Promise<number> | number) =>
    specialist({
      name,
      does: name,
      input: z.object({ n: z.number() }),
      output: z.object({ part: z.number() }),
      run: async (_, ctx) => {
        ran.push(name);
        return { part: await run(ctx) };
      },
    });
  const graph = defineGraph({
    name: "parts",
    state: { n: z.number(), part: sum(z.number()) },
    input: ["n"],
    output: ["part"],
    nodes: {
      begin: use(double, { write: { n: "n" } }),
      quick: part("quick", () => 1),
      fails: part("fails", async () => {
        await sleep(20);
        if (broken) throw new RangeError("broken");
        return 10;
      }),
      slow: part("slow", async (ctx) => {
        await sleep(broken ? 60_000 : 1, undefined, { signal: ctx.signal });
        return 100;
      }),
    },
    start: "begin",
    edges: { begin: ["quick", "fails", "slow"], quick: END, fails: END, slow: END },
  });
  const journal = memoryJournal();
  const app = compile(graph, { journal });
  expect((await failure(app.invoke({ n: 1 }, { thread: "t" }))).detail.at).toBe("fails");
  const lines = Object.fromEntries((await app.ledger("t")).lines.map(({ at, status }) => [at, status]));
  expect(lines).toEqual({ begin: "completed", quick: "completed", fails: "failed", slow: "cancelled" });
  broken = false;
  expect(await app.resume("t")).toEqual({ part: 111 });
  expect(ran.sort()).toEqual(["fails", "fails", "quick", "slow", "slow"]);
  expect(await app.resume("t")).toEqual({ part: 111 });
  expect(ran).toHaveLength(5);
});

test("calls are journalled: after a failure their recorded keys answer at once", async () => {
  const ran: string[] = [];
  let broken = true;
  const graph = one(async ({ n }, ctx) => {
    ran.push("only");
    const run = ({ n }: { n: number }) => {
      ran.push("double");
      return { n: n * 2 };
    };
    const called = { ...double, run };
    const { n: out } = await ctx.call("double", called, { n });
    if (broken) throw new RangeError("broken");
    return { out };
  });
  const app = compile(graph, { journal: memoryJournal() });
  await failure(app.invoke({ n: 4 }, { thread: "t" }));
  broken = false;
  expect(await app.resume("t")).toEqual({ out: 8 });
  expect(ran).toEqual(["only", "double", "only"]);
});

test("a failed call can be caught, and a key used twice is an error", async () => {
  const bad = { ...double, run: () => Promise.reject(new RangeError("no")) };
  const caught = one(async (_, ctx) => ({
    out: await ctx.call("bad", bad, { n: 1 }).then(
      () => 1,
      () => 2,
    ),
  }));
  expect(await compile(caught).invoke({ n: 1 })).toEqual({ out: 2 });
  const again = one(async ({ n }, ctx) => {
    await ctx.call("x", double, { n });
    return { out: (await ctx.call("x", double, { n })).n };
  });
  expect((await failure(compile(again).invoke({ n: 1 }))).code).toBe("KEY_INVALID");
});

test("plan tasks are occurrences of the run, in parallel where their refs allow", async () => {
  let under = 0;
  let most = 0;
  const slow = specialist({
    ...double,
    name: "slow",
    run: async ({ n }) => {
      most = Math.max(most, ++under);
      await sleep(10);
      under--;
      return { n: n + 1 };
    },
  });
  const plan = {
    tasks: [
      { id: "a", member: "slow", args: { n: { ref: "input.n" } } },
      { id: "b", member: "slow", args: { n: { ref: "input.n" } } },
      { id: "c", member: "double", args: { n: { ref: "a.n" } } },
    ],
    output: { left: { ref: "c.n" }, right: { ref: "b.n" } },
  };
  const graph = one(async ({ n }, ctx) => {
    const made = async () => ({ plan, by: "typed", notes: [] });
    const { left, right } = await ctx.plan(made, [slow, double], { n });
    return { out: left * 100 + right };
  });
  const app = compile(graph, { journal: memoryJournal() });
  expect(await app.invoke({ n: 1 }, { thread: "t" })).toEqual({ out: 402 });
  expect(most).toBe(2);
  expect((await app.ledger("t")).lines.map(({ at }) => at)).toEqual(["only", "only#1/a", "only#1/b", "only#1/c"]);
});

test("a graph stands as a specialist at a node, in a call and in a plan, and is resumed inside", async () => {
  const inner = asSpecialist(twice);
  let broken = true;
  const breaks = specialist({
    ...double,
    name: "breaks",
    run: ({ n }) => (broken ? Promise.reject(new RangeError("broken")) : { n: n + 1 }),
  });
  const failing = asSpecialist(defineGraph({ ...twice, name: "failing", nodes: { first: double, second: breaks } } as any)) as typeof inner;
  const calls: typeof double = specialist({
    ...double,
    name: "calls",
    run: async ({ n }, ctx) => {
      const called = await ctx.call("inner", inner, { n });
      const plan = { tasks: [{ id: "t", member: "failing", args: { n: { ref: "input.n" } } }], output: { n: { ref: "t.n" } } };
      return (await ctx.plan(async () => ({ plan, by: "hand", notes: [] }), [failing], called)) as { n: number };
    },
  });
  const graph = defineGraph({
    name: "outer",
    state: { n: z.number() },
    input: ["n"],
    output: ["n"],
    nodes: { node: inner, calls },
    start: "node",
    edges: { node: "calls", calls: END },
  });
  const journal = memoryJournal();
  const app = compile(graph, { journal });
  expect((await failure(app.invoke({ n: 1 }, { thread: "t" }))).detail.at).toBe("calls#1/t/second");
  broken = false;
  expect(await app.resume("t")).toEqual({ n: 33 });
  const started = (await journal.read("t")).flatMap((e) => (e.kind === "started" ? [`${e.at} ${e.attempt}`] : []));
  expect(started.filter((line) => line.startsWith("calls/inner/"))).toEqual(["calls/inner/first 1", "calls/inner/second 1"]);
  expect(started.filter((line) => line.startsWith("calls#1/t/"))).toEqual([
    "calls#1/t/first 1",
    "calls#1/t/second 1",
    "calls#1/t/second 2",
  ]);
});

test("a loop goes round until its rule or its bound lets it out, and reducers fold in order", async () => {
  const step = specialist({
    ...double,
    name: "step",
    output: z.object({ n: z.number(), seen: z.number() }),
    run: ({ n }) => ({ n: n + 1, seen: n }),
  });
  const graph = defineGraph({
    name: "loop",
    state: { n: z.number(), seen: append(z.number()) },
    input: ["n"],
    output: ["n", "seen"],
    nodes: { step },
    loops: { step: { max: 5, then: END } },
    start: "step",
    edges: { step: [{ when: { n: { lt: 3 } }, to: "step" }, { otherwise: END }] },
  });
  expect(await compile(graph).invoke({ n: 0 })).toEqual({ n: 3, seen: [0, 1, 2] });
  expect(await compile(graph).invoke({ n: -9 })).toEqual({ n: -4, seen: [-9, -8, -7, -6, -5] });
});

test("it stands in a LangChain chain, and runs a LangChain runnable's callbacks", async () => {
  const app = compile(twice);
  const chain = RunnableLambda.from((n: number) => ({ n }))
    .pipe(app as any)
    .pipe(({ n }: any) => n + 1);
  expect(await chain.invoke(3)).toBe(13);
  expect(await app.pipe(({ n }) => n + 1).invoke({ n: 3 })).toBe(13);
  expect(await app.batch([{ n: 1 }, { n: 2 }], { maxConcurrency: 1 })).toEqual([{ n: 4 }, { n: 8 }]);
  const chunks = [];
  for await (const chunk of await app.stream({ n: 1 })) chunks.push(chunk);
  expect(chunks).toEqual([{ n: 4 }]);

  const heard: string[] = [];
  class Listener extends BaseCallbackHandler {
    name = "listener";
    override handleChainStart(_chain: any, _input: any, _run: any, parent?: string, _tags?: any, _meta?: any, _type?: any, name?: string) {
      heard.push(`${name}${parent ? " inside" : ""}`);
    }
  }
  const inner = RunnableLambda.from((n: number) => n).withConfig({ runName: "inner" });
  const traced = one(async ({ n }, ctx) => ({ out: await inner.invoke(n, ctx.config) }));
  await compile(traced).invoke({ n: 1 }, { callbacks: [new Listener()] });
  expect(heard).toEqual(["one", "only inside", "inner inside"]);
});

test("a batch can give errors in their places", async () => {
  const app = compile(one(({ n }) => (n < 0 ? Promise.reject(new RangeError("negative")) : { out: n })));
  const [good, bad] = await app.batch([{ n: 1 }, { n: -1 }], {}, { returnExceptions: true });
  expect(good).toEqual({ out: 1 });
  expect(bad).toBeInstanceOf(TroupeError);
});

test("a thread keeps its runs apart: a second holder, an unfinished run and a changed graph are refused", async () => {
  const journal = memoryJournal();
  const stop = new AbortController();
  let begun = () => {};
  const underWay = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const slow = one((_, ctx) => {
    begun();
    return sleep(60_000, { out: 1 }, { signal: ctx.signal });
  });
  const app = compile(slow, { journal });
  const running = app.invoke({ n: 1 }, { thread: "t", signal: stop.signal });
  await underWay;
  expect((await failure(app.invoke({ n: 1 }, { thread: "t" }))).code).toBe("THREAD_BUSY");
  stop.abort();
  await expect(running).rejects.toThrow();
  expect((await failure(app.invoke({ n: 1 }, { thread: "t" }))).code).toBe("THREAD_UNFINISHED");
  const changed = await failure(compile(twice, { journal }).resume("t"));
  expect(changed.code).toBe("GRAPH_CHANGED");
  expect((await failure(app.resume("nobody"))).code).toBe("THREAD_UNKNOWN");
});

test("limits and trust reach specialists, what was not given by default; unknown ones are refused", async () => {
  const seen: any[] = [];
  const graph = one((_, ctx) => {
    seen.push(ctx.limits, ctx.trust);
    return { out: 1 };
  });
  await compile(graph, { limits: { pixels: 7 }, trust: { hosts: [] } }).invoke({ n: 1 });
  expect(seen).toMatchObject([
    { pixels: 7, seconds: 3600 },
    { hosts: [], folders: [process.cwd()] },
  ]);
  for (const options of [{ limits: { pixel: 7 } }, { trust: { host: [] } }])
    expect(() => compile(graph, options as object)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
});

test("an answer of a model has a limit of tokens: what asks for more is refused, what says nothing gets no more", async () => {
  const bounds: unknown[] = [];
  class Hears extends SimpleChatModel {
    maxTokens = 5000;
    _llmType() {
      return "hears";
    }
    async _call() {
      bounds.push(this.maxTokens);
      return "yes";
    }
  }
  const graph = one(async ({ n }, ctx) => {
    await ctx.generate({ prompt: "?", ...(n ? { maxTokens: n } : {}) });
    return { out: 1 };
  });
  const app = compile(graph, { models: { default: new Hears({}) }, limits: { tokens: 300 } });
  await app.invoke({ n: 0 });
  await app.invoke({ n: 20 });
  expect(bounds).toEqual([300, 20]);
  expect(await failure(app.invoke({ n: 301 }))).toMatchObject({ code: "LIMIT_CROSSED", what: expect.stringContaining("limits.tokens") });
});

test("services reach specialists and never the journal", async () => {
  const journal = memoryJournal();
  const graph = one((_, ctx) => ({ out: ctx.services.secret.length }));
  expect(await compile(graph, { journal }).invoke({ n: 1 }, { thread: "t", services: { secret: "hush" } })).toEqual({ out: 4 });
  expect(JSON.stringify(await journal.read("t"))).not.toContain("hush");
});
