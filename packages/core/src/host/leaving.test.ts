import { execFile } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { CallbackHandlerMethods } from "@langchain/core/callbacks/base";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { append, compile, defineGraph, END, type Journal, memoryJournal, specialist, TroupeError } from "../index.js";
import type { Hold } from "../journal/journal.js";

/** A graph whose one node is stopped by nothing but its signal, and what is known of it. */
function waiting() {
  let begin = () => {};
  let stop = () => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const wait = specialist({
    name: "wait",
    does: "Waits",
    input: z.object({ n: z.number() }),
    output: z.object({ out: z.number() }),
    run: async ({ n }, ctx) => {
      begin();
      await once(ctx.signal, "abort");
      stop();
      return { out: n };
    },
  });
  const graph = defineGraph({
    name: "waits",
    state: { n: z.number(), out: z.number() },
    input: ["n"],
    output: ["out"],
    nodes: { wait },
    start: "wait",
    edges: { wait: END },
  });
  const journal = memoryJournal();
  return { app: compile(graph, { journal }), journal, begun, stopped };
}

/** A graph of one node, which gives what it takes. */
function single(run: (input: { n: number }) => { n: number } = (input) => input, n: z.ZodType<number, number> = z.number()) {
  const number = z.object({ n: z.number() });
  return defineGraph({
    name: "g",
    state: { n },
    input: ["n"],
    output: ["n"],
    nodes: { work: specialist({ name: "work", does: "Works", input: number, output: number, run }) },
    start: "work",
    edges: { work: END },
  });
}

/** A graph that goes round a thousand times and waits for nothing. */
function busy() {
  const number = z.object({ n: z.number() });
  const told = { rounds: 0 };
  const run = ({ n }: { n: number }) => {
    told.rounds++;
    return { n: n + 1 };
  };
  const graph = defineGraph({
    name: "busy",
    state: { n: z.number() },
    input: ["n"],
    output: ["n"],
    nodes: { step: specialist({ name: "step", does: "Adds one", input: number, output: number, run }) },
    loops: { step: { max: 1000, then: END } },
    start: "step",
    edges: { step: [{ when: { n: { lt: 1000 } }, to: "step" }, { otherwise: END }] },
  });
  return { app: compile(graph), told };
}

async function drained(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events);
}

/** Rejections and errors that nobody heard while a test ran: each would end the process. */
function unheard(): unknown[] {
  const lost: unknown[] = [];
  const hear = (reason: unknown) => void lost.push(reason);
  for (const event of ["unhandledRejection", "uncaughtException"]) {
    process.on(event, hear);
    onTestFinished(() => void process.off(event, hear));
  }
  return lost;
}

test.each<[string, (app: ReturnType<typeof waiting>["app"], begun: Promise<void>) => Promise<unknown>]>([
  [
    "events that are left while one is waited for",
    async (app, begun) => {
      const events = app.events({ n: 1 });
      const reading = (async () => {
        for (;;) if ((await events.next()).done) return;
      })();
      await begun;
      await events.return(undefined as never);
      await reading;
    },
  ],
  [
    "a readable of events that is destroyed",
    async (app, begun) => {
      const readable = Readable.from(app.events({ n: 1 })).resume();
      await begun;
      readable.destroy();
      await once(readable, "close");
    },
  ],
  [
    "a stream that is cancelled",
    async (app, begun) => {
      const reader = (await app.stream({ n: 1 })).getReader();
      void reader.read().catch(() => {});
      await begun;
      await reader.cancel();
    },
  ],
  [
    "a stream of updates that is cancelled",
    async (app, begun) => {
      const reader = (await app.stream({ n: 1 }, { streamMode: "updates" })).getReader();
      void reader.read().catch(() => {});
      await begun;
      await reader.cancel();
    },
  ],
  [
    "LangChain's events that are cancelled",
    async (app, begun) => {
      const reader = app.streamEvents({ n: 1 }, { version: "v2" }).getReader();
      void (async () => {
        for (;;) if ((await reader.read()).done) return;
      })().catch(() => {});
      await begun;
      await reader.cancel();
    },
  ],
])("a run ends at once when nobody listens any more: %s", async (_, leave) => {
  const lost = unheard();
  const { app, begun, stopped } = waiting();
  await leave(app, begun);
  await stopped;
  await sleep(5);
  expect(lost).toEqual([]);
});

test("events that are left before the first is asked for begin no run", async () => {
  const { app, journal } = waiting();
  await app.events({ n: 1 }, { thread: "t" }).return(undefined as never);
  expect(await journal.threads()).toEqual([]);
});

test("a run that is aborted says so as a TroupeError, with what it was aborted with", async () => {
  const { app, begun } = waiting();
  const stop = new AbortController();
  const running = app.invoke({ n: 1 }, { thread: "t", signal: stop.signal });
  await begun;
  stop.abort(new RangeError("not needed any more"));
  const error = await running.catch((error: unknown) => error as TroupeError);
  expect(error).toBeInstanceOf(TroupeError);
  expect(error).toMatchObject({ code: "ABORTED", cause: stop.signal.reason });
  expect(String(error)).toContain("not needed any more");
  await expect(app.resume("t", { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ABORTED" });
});

test.each<[string, () => object]>([
  [
    "was revoked",
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    },
  ],
  ["throws at whoever looks", () => new Proxy({}, { get: () => expect.fail(), getPrototypeOf: () => expect.fail() })],
])("a run is aborted, and nothing else ends, with a reason that %s", async (_, reason) => {
  const lost = unheard();
  for (const begin of [
    (app: ReturnType<typeof waiting>["app"], signal: AbortSignal) => app.invoke({ n: 1 }, { signal }),
    (app: ReturnType<typeof waiting>["app"], signal: AbortSignal) => drained(app.events({ n: 1 }, { signal })),
  ]) {
    const { app, begun } = waiting();
    const stop = new AbortController();
    const running = begin(app, stop.signal);
    const refused = expect(running).rejects.toMatchObject({ code: "ABORTED" });
    await begun;
    stop.abort(reason());
    await refused;
    await expect(app.invoke({ n: 1 }, { signal: stop.signal })).rejects.toMatchObject({ code: "ABORTED" });
  }
  expect(lost).toEqual([]);
});

test.each(["handleChainStart", "handleChainEnd", "handleChainError"])(
  "a callback that never answers %s holds up no run whose time is up",
  async (heard) => {
    const app = compile(single(heard === "handleChainError" ? () => expect.fail("always") : undefined));
    const callbacks = [{ name: "hangs", awaitHandlers: true, [heard]: () => new Promise<never>(() => {}) } as CallbackHandlerMethods];
    await expect(app.invoke({ n: 1 }, { timeout: 50, callbacks })).rejects.toMatchObject({ code: "TIMEOUT" });
  },
);

test("a run that has ended gives what it came to, though its callbacks never answer that", async () => {
  const handleChainEnd = (_: object, __: string, parent?: string) => (parent === undefined ? new Promise<never>(() => {}) : undefined);
  const callbacks = [{ name: "hangs", awaitHandlers: true, handleChainEnd }];
  expect(await compile(single()).invoke({ n: 1 }, { timeout: 50, callbacks })).toEqual({ n: 1 });
});

test("an input whose schema never answers holds up no run whose time is up", async () => {
  const never = z.number().refine(() => new Promise<never>(() => {}));
  const app = compile(single(undefined, never));
  await expect(app.invoke({ n: 1 }, { timeout: 50 })).rejects.toMatchObject({ code: "TIMEOUT" });
  await expect(app.events({ n: 1 }, { thread: "t", timeout: 50 }).next()).rejects.toMatchObject({ code: "TIMEOUT" });
});

test("a callback that fails at the failure of what is aborted ends no process", async () => {
  const lost = unheard();
  const { app, begun } = waiting();
  const stop = new AbortController();
  const handler = { name: "fails", raiseError: true, awaitHandlers: true, handleChainError: () => expect.fail("told") };
  const running = app.invoke({ n: 1 }, { signal: stop.signal, callbacks: [handler] });
  const refused = expect(running).rejects.toThrow();
  await begun;
  stop.abort();
  await refused;
  await sleep(20);
  expect(lost).toEqual([]);
});

test("a failed run that is resumed by who wants it no more is let go at once, as it was", async () => {
  const journal = memoryJournal();
  const app = compile(
    single(() => expect.fail("always")),
    { journal },
  );
  await expect(app.invoke({ n: 1 }, { thread: "t" })).rejects.toMatchObject({ code: "SPECIALIST_FAILED" });
  const before = await journal.read("t");
  await expect(app.resume("t", { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ABORTED" });
  expect(await journal.read("t")).toEqual(before);
  await expect(app.resume("t")).rejects.toMatchObject({ code: "SPECIALIST_FAILED" });
});

test("a run that is aborted while its last answer is kept has not ended in its journal either", async () => {
  const stop = new AbortController();
  const journal = memoryJournal();
  const hold: Journal["hold"] = async (thread) => {
    const held = await journal.hold(thread);
    const append: Hold["append"] = (run, records) => {
      if (records.some(({ kind }) => kind === "completed")) stop.abort();
      return held.append(run, records);
    };
    return { ...held, append };
  };
  const app = compile(single(), { journal: { ...journal, hold } });
  await expect(app.invoke({ n: 1 }, { thread: "t", signal: stop.signal })).rejects.toMatchObject({ code: "ABORTED" });
  expect(await journal.threads()).toMatchObject([{ status: "interrupted" }]);
  expect(await app.resume("t")).toEqual({ n: 1 });
});

test("a run that takes longer than its time says so, though nothing else keeps the process alive", async () => {
  const { app } = waiting();
  await expect(app.invoke({ n: 1 }, { timeout: 20 })).rejects.toMatchObject({ code: "TIMEOUT" });
  const program = `
    import { compile, defineGraph, END, specialist } from "@troupe/core";
    import { z } from "zod";
    const n = z.number();
    const hang = specialist({ name: "hang", does: "Hangs", input: z.object({ n }), output: z.object({ n }), run: () => new Promise(() => {}) });
    const graph = defineGraph({ name: "g", state: { n }, input: ["n"], output: ["n"], nodes: { hang }, start: "hang", edges: { hang: END } });
    await compile(graph).invoke({ n: 1 }, { timeout: 50 }).catch(({ code }) => console.log(code));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], { cwd: import.meta.dirname });
  expect(stdout.trim()).toBe("TIMEOUT");
});

const counting = () => {
  const step = specialist({
    name: "step",
    does: "Counts",
    input: z.object({ n: z.number() }),
    output: z.object({ n: z.number(), seen: z.number() }),
    run: ({ n }) => ({ n: n + 1, seen: n }),
  });
  const say = specialist({
    name: "say",
    does: "Says a number",
    input: z.object({ n: z.number() }),
    output: z.object({ said: z.string() }),
    prompt: ({ n }) => `Say ${n}`,
  });
  return compile(
    defineGraph({
      name: "counting",
      state: { n: z.number(), seen: append(z.number()), said: z.string() },
      input: ["n"],
      output: ["n", "said"],
      nodes: { step, say },
      loops: { step: { max: 5, then: "say" } },
      start: "step",
      edges: { step: [{ when: { n: { lt: 2 } }, to: "step" }, { otherwise: "say" }], say: END },
    }),
    // Without tools of its own it is asked in words, and streams.
    { models: { default: Object.assign(new FakeListChatModel({ responses: ['{"said":"two"}'] }), { bindTools: undefined }) } },
  );
};
const all = async <T>(stream: Promise<AsyncIterable<T>>): Promise<T[]> => {
  const chunks: T[] = [];
  for await (const chunk of await stream) chunks.push(chunk);
  return chunks;
};

test("a stream tells the state, what each node wrote, or what models say; without a mode it is the output, as a chain takes it", async () => {
  const input = { n: 0 };
  expect(await all(counting().stream(input))).toEqual([{ n: 2, said: "two" }]);
  expect(await all(counting().stream(input, { streamMode: "values" }))).toEqual([
    { n: 0, seen: [] },
    { n: 1, seen: [0] },
    { n: 2, seen: [0, 1] },
    { n: 2, seen: [0, 1], said: "two" },
  ]);
  const updates = [{ step: { n: 1, seen: 0 } }, { step: { n: 2, seen: 1 } }, { say: { said: "two" } }];
  expect(await all(counting().stream(input, { streamMode: "updates" }))).toEqual(updates);
  const messages = await all(counting().stream(input, { streamMode: "messages" }));
  expect(messages.map(([chunk]) => chunk.text).join("")).toBe('{"said":"two"}');
  expect(messages.length).toBeGreaterThan(5);
  expect(messages[0]![1]).toMatchObject({ node: "say", at: "say" });
  const both = await all(counting().stream(input, { streamMode: ["updates", "messages"] }));
  expect(both.flatMap((one) => (one[0] === "updates" ? [one[1]] : []))).toEqual(updates);
  await expect(counting().stream(input, { streamMode: "debug" as never })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  await expect(counting().stream(input, { streamMode: [] })).rejects.toMatchObject({ code: "OPTION_INVALID" });
});

test("a batch begins nothing more once it has failed, and refuses a bound that runs nothing", async () => {
  const begun: number[] = [];
  const only = specialist({
    name: "only",
    does: "Fails at once or waits",
    input: z.object({ n: z.number() }),
    output: z.object({ out: z.number() }),
    run: async ({ n }) => {
      begun.push(n);
      if (n === 1) throw new RangeError("one");
      await sleep(20);
      return { out: n };
    },
  });
  const graph = defineGraph({
    name: "batched",
    state: { n: z.number(), out: z.number() },
    input: ["n"],
    output: ["out"],
    nodes: { only },
    start: "only",
    edges: { only: END },
  });
  const app = compile(graph);
  const inputs = [0, 1, 2, 3, 4, 5].map((n) => ({ n }));
  await expect(app.batch(inputs, { maxConcurrency: 2 })).rejects.toThrow("one");
  await sleep(60);
  expect(begun).toEqual([0, 1]);
  for (const maxConcurrency of [0, -1, Number.NaN]) {
    await expect(app.batch([{ n: 2 }], { maxConcurrency })).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(app.batch([{ n: 2 }], {}, { maxConcurrency })).rejects.toMatchObject({ code: "OPTION_INVALID" });
  }
});

test("events that are left end a run whose nodes wait for nothing", async () => {
  const { app, told } = busy();
  let completed = 0;
  for await (const { kind } of app.events({ n: 0 })) if (kind === "completed" && ++completed === 3) break;
  expect(told.rounds).toBeLessThan(100);
});

test("a run whose nodes wait for nothing is aborted by who has begun it", async () => {
  const { app, told } = busy();
  const controller = new AbortController();
  const run = app.invoke({ n: 0 }, { signal: controller.signal });
  controller.abort();
  await expect(run).rejects.toMatchObject({ code: "ABORTED" });
  expect(told.rounds).toBe(0);
});

test.each([0, -1, Number.NaN, "5"])("a time of %j that no run could hold is refused", async (timeout: any) => {
  const graph = defineGraph({
    name: "g",
    state: { n: z.number() },
    input: ["n"],
    output: ["n"],
    nodes: {
      same: specialist({ name: "same", does: "x", input: z.object({ n: z.number() }), output: z.object({ n: z.number() }), run: (n) => n }),
    },
    start: "same",
    edges: { same: END },
  });
  const refused = { code: "OPTION_INVALID", what: expect.stringMatching(/timeout/) };
  await expect(compile(graph).invoke({ n: 1 }, { timeout })).rejects.toMatchObject(refused);
  expect(() => compile(graph, { timeout })).toThrow(expect.objectContaining(refused));
});

test("a signal that outlives many runs keeps nothing of those that were listened to", async () => {
  const { signal } = new AbortController();
  const listeners = () => getEventListeners(signal, "abort").length;
  const reader = async (options: object) => (await waiting().app.stream({ n: 1 }, { signal, ...options })).getReader();
  const events = waiting().app.events({ n: 1 }, { signal });
  void events.next();
  const streams = [await reader({}), await reader({ streamMode: "updates" })];
  for (const stream of streams) void stream.read();
  await expect.poll(listeners).toBe(3);
  await events.return(undefined as never);
  for (const stream of streams) await stream.cancel();
  await expect.poll(listeners).toBe(0);
});

test.each<[string, any, any, any, string]>([
  ["a set", new Set([{ n: 1 }]), {}, {}, "batch.inputs is an object of class Set"],
  ["nothing", undefined, {}, {}, "batch.inputs is missing"],
  ["fewer options than inputs", [{ n: 1 }, { n: 2 }], [{}], {}, "batch.options has 1 for 2 inputs"],
  ["a bound that is a bigint", [{ n: 1 }], {}, { maxConcurrency: 2n }, "batch.maxConcurrency is a bigint"],
])("a batch of %s is refused", async (_, inputs, options, how, what) => {
  await expect(compile(single()).batch(inputs, options, how)).rejects.toMatchObject({ code: "OPTION_INVALID", what });
});
