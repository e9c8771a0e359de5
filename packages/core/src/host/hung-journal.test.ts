import { expect, test } from "vitest";
import { z } from "zod";
import { defineGraph, END } from "../graph/graph.js";
import { compile } from "../interop/compile.js";
import type { Hold, Journal } from "../journal/journal.js";
import { memoryJournal } from "../journal/memory.js";
import { specialist } from "../specialist/specialist.js";
import { deferred } from "./deferred.js";
import { inProcess } from "./in-process.js";

const n = z.object({ n: z.number() });

/** Two nodes, one after the other, with how often each was at work. */
function counted() {
  const did = { one: 0, two: 0 };
  const step = (name: "one" | "two") =>
    specialist({
      name,
      does: "Adds one",
      input: n,
      output: n,
      run: async ({ n }) => {
        did[name]++;
        return { n: n + 1 };
      },
    });
  const graph = defineGraph({
    name: "g",
    state: { n: z.number() },
    input: ["n"],
    output: ["n"],
    nodes: { one: step("one"), two: step("two") },
    start: "one",
    edges: { one: "two", two: END },
  });
  return { graph, did };
}

type Through = (hold: Hold) => Partial<Hold>;

/** A journal in memory, of whose first hold some methods are others. */
function odd(through: Through): Journal & { readonly inner: Journal } {
  const inner = memoryJournal();
  let first = true;
  return {
    ...inner,
    inner,
    async hold(thread) {
      const hold = await inner.hold(thread);
      if (!first) return hold;
      first = false;
      return { ...hold, ...through(hold) };
    },
  };
}

const never = new Promise<never>(() => {});
/** What the first node came to. */
const tellsOne: (records: Parameters<Hold["append"]>[1]) => boolean = (records) =>
  records.some((record) => record.kind === "completed" && record.at === "one");
/** Nobody waits a second for these tests. */
const hasty = { ...inProcess(), after: (ms: number, work: () => void) => inProcess().after(Math.min(ms, 20), work) };
const start = (journal: Journal, graph = counted().graph) => compile(graph, { journal, host: hasty });
const unkept = { message: expect.stringMatching(/journal did not answer.*may not be kept/s) };

test("an aborted run ends though its journal never answers, and says that what was last written may not be kept", async () => {
  const stop = new AbortController();
  const asked = deferred<void>();
  const hung = odd((hold) => ({
    append: (run, records) => {
      if (!tellsOne(records)) return hold.append(run, records);
      asked.resolve();
      return never;
    },
  }));
  const run = start(hung).invoke({ n: 0 }, { thread: "t", signal: stop.signal });
  await asked.promise;
  stop.abort();
  await expect(run).rejects.toMatchObject({ code: "ABORTED", ...unkept });
});

test("a run whose time is up ends though its journal never answers, whatever that is asked", async () => {
  const asks: ((hold: Hold) => Partial<Hold>)[] = [() => ({ append: () => never }), () => ({ append: () => never, release: () => never })];
  for (const through of asks)
    await expect(start(odd(through)).invoke({ n: 0 }, { thread: "t", timeout: 5 })).rejects.toMatchObject({ code: "TIMEOUT", ...unkept });
  const inner = memoryJournal();
  for (const part of [{ hold: () => never }, { read: () => never }]) {
    const app = start({ ...inner, ...part });
    await expect(app.invoke({ n: 0 }, { thread: "t", timeout: 5 })).rejects.toMatchObject({ code: "TIMEOUT", ...unkept });
    await expect(app.resume("t", { timeout: 5 })).rejects.toMatchObject({ code: "TIMEOUT", ...unkept });
  }
  // Nor does its output wait for a thread that is not let go.
  const app = start(odd(() => ({ release: () => never })));
  expect(await app.invoke({ n: 0 }, { thread: "t", timeout: 50 })).toEqual({ n: 2 });
});

test("whoever listens hears the end of a run whose journal never answers", async () => {
  const kinds: string[] = [];
  const listening = async () => {
    for await (const { kind } of start(odd(() => ({ append: () => never }))).events({ n: 0 }, { thread: "t", timeout: 5 }))
      kinds.push(kind);
  };
  await expect(listening()).rejects.toMatchObject({ code: "TIMEOUT", ...unkept });
  expect(kinds).toEqual([]);
});

test("a thread that is taken after its run has ended is let go", async () => {
  const inner = memoryJournal();
  const late = deferred<void>();
  const app = start({ ...inner, hold: (thread) => late.promise.then(() => inner.hold(thread)) });
  await expect(app.invoke({ n: 0 }, { thread: "t", timeout: 5 })).rejects.toMatchObject({ code: "TIMEOUT" });
  late.resolve();
  await new Promise((done) => setTimeout(done, 5));
  expect(await app.invoke({ n: 0 }, { thread: "t" })).toEqual({ n: 2 });
});

/** Aborts a run while its journal hangs over what `one` came to, then goes on with the thread; `land` is called in between. */
async function goneOn(through: Through, asked: Promise<unknown>, land: () => unknown) {
  const { graph, did } = counted();
  const journal = odd(through);
  const app = start(journal, graph);
  const stop = new AbortController();
  const run = app.invoke({ n: 0 }, { thread: "t", signal: stop.signal });
  await asked;
  stop.abort();
  await expect(run).rejects.toMatchObject({ code: "ABORTED" });
  await land();
  expect(await app.resume("t")).toEqual({ n: 2 });
  const entries = await journal.read("t");
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1));
  expect(entries.filter(({ kind }) => kind === "completed")).toHaveLength(2);
  return did;
}

test("a thread whose last records were not kept is gone on from before them", async () => {
  const asked = deferred<void>();
  const hung: Through = (hold) => ({
    append: (run, records) => {
      if (!tellsOne(records)) return hold.append(run, records);
      asked.resolve();
      return never;
    },
  });
  expect(await goneOn(hung, asked.promise, () => {})).toEqual({ one: 2, two: 1 });
});

test("a thread whose last records were kept, though nobody said so, is gone on from after them", async () => {
  const asked = deferred<void>();
  const hung: Through = (hold) => ({
    append: async (run, records) => {
      const place = await hold.append(run, records);
      if (!tellsOne(records)) return place;
      asked.resolve();
      return never;
    },
  });
  expect(await goneOn(hung, asked.promise, () => {})).toEqual({ one: 1, two: 1 });
});

test("a thread whose last records land late, before it is let go, is gone on from after them; nothing else is written there", async () => {
  const [asked, landing] = [deferred<void>(), deferred<void>()];
  const written: number[] = [];
  let before: Promise<unknown> = Promise.resolve();
  const queue: Through = (hold) => {
    // As one connection to a database does it: one thing after the other.
    const inTurn = <T>(work: () => T | Promise<T>) => {
      const done = before.then(work);
      before = done.catch(() => {});
      return done;
    };
    return {
      append: (run, records) =>
        inTurn(async () => {
          if (tellsOne(records)) {
            asked.resolve();
            await landing.promise;
          }
          written.push(records.length);
          return hold.append(run, records);
        }),
      release: () => inTurn(() => hold.release()),
    };
  };
  const land = async () => {
    landing.resolve();
    await before;
  };
  expect(await goneOn(queue, asked.promise, land)).toEqual({ one: 1, two: 1 });
  // That the run began with its first node, and what that came to with the next.
  expect(written).toEqual([2, 2]);
});

test("records that land late, after the thread was let go, are refused and change nothing", async () => {
  const [asked, landing, refused] = [deferred<void>(), deferred<void>(), deferred<unknown>()];
  const late: Through = (hold) => ({
    append: async (run, records) => {
      if (tellsOne(records)) {
        asked.resolve();
        await landing.promise;
      }
      try {
        return await hold.append(run, records);
      } catch (error) {
        refused.resolve(error);
        throw error;
      }
    },
  });
  const { graph, did } = counted();
  const journal = odd(late);
  const app = start(journal, graph);
  const stop = new AbortController();
  const run = app.invoke({ n: 0 }, { thread: "t", signal: stop.signal });
  await asked.promise;
  stop.abort();
  await expect(run).rejects.toMatchObject({ code: "ABORTED" });
  const resumed = app.resumeEvents("t");
  await resumed.next();
  landing.resolve();
  expect(await refused.promise).toMatchObject({ code: "THREAD_TAKEN" });
  for await (const _ of resumed);
  expect(did).toEqual({ one: 2, two: 1 });
  expect((await journal.read("t")).at(-1)).toMatchObject({ kind: "ended", output: { n: 2 } });
});
