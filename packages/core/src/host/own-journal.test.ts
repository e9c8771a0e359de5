import { expect, test } from "vitest";
import { z } from "zod";
import { TroupeError } from "../error/error.js";
import { defineGraph, END } from "../graph/graph.js";
import { use } from "../graph/use.js";
import { media } from "../index.js";
import { compile } from "../interop/compile.js";
import type { Hold, Journal } from "../journal/journal.js";
import { memoryJournal } from "../journal/memory.js";
import { specialist } from "../specialist/specialist.js";

const n = z.object({ n: z.number() });
const step = (name: string) => specialist({ name, does: "Adds one", input: n, output: n, run: ({ n }) => ({ n: n + 1 }) });
const graph = defineGraph({
  name: "sums",
  state: { n: z.number() },
  input: ["n"],
  output: ["n"],
  nodes: { one: step("one"), two: step("two") },
  start: "one",
  edges: { one: "two", two: END },
});

/** A journal of the user's own, which is one in memory but for some of its methods. */
function own(parts: Partial<Journal>, ofHold: (hold: Hold) => Partial<Hold> = () => ({})): Journal {
  const inner = memoryJournal();
  const hold: Journal["hold"] = async (thread) => {
    const held = await inner.hold(thread);
    return { ...held, ...ofHold(held) };
  };
  return { ...inner, hold, ...parts };
}

const lost = new Error("connection reset");
const fails = () => {
  throw lost;
};
const rejects = () => Promise.reject(lost);

test.each([
  ["hold", fails, "JOURNAL_UNREADABLE"],
  ["hold", rejects, "JOURNAL_UNREADABLE"],
  ["read", fails, "JOURNAL_UNREADABLE"],
  ["read", rejects, "JOURNAL_UNREADABLE"],
] as const)("a journal's %s that fails is an error that names it, with what was thrown as its cause", async (call, way, code) => {
  const app = compile(graph, { journal: own({ [call]: way }) });
  const said = {
    code,
    cause: lost,
    message: expect.stringMatching(new RegExp(`${call} failed for thread t: connection reset.*sums.*\\n`, "s")),
  };
  for (const signal of [undefined, new AbortController().signal]) {
    const given = { thread: "t", ...(signal ? { signal } : {}) };
    await expect(app.invoke({ n: 0 }, given)).rejects.toMatchObject(said);
    await expect(app.resume("t", given)).rejects.toMatchObject(said);
  }
  if (call === "read") await expect(app.ledger("t")).rejects.toMatchObject(said);
});

test.each([
  ["throws", fails],
  ["rejects", rejects],
])("a journal that %s when it is to keep something ends its run with an error that says how to go on", async (_, way) => {
  let broken = true;
  const journal = own({}, ({ append }) => ({
    append: (run, records) => (broken && records.some(({ kind }) => kind === "completed") ? way() : append(run, records)),
  }));
  const app = compile(graph, { journal });
  const told = app.events({ n: 0 }, { thread: "t" });
  const heard = async () => {
    for await (const _ of told);
  };
  await expect(heard()).rejects.toMatchObject({ code: "JOURNAL_UNWRITABLE", cause: lost, hint: expect.stringMatching(/resume/) });
  broken = false;
  expect(await app.resume("t")).toEqual({ n: 2 });
});

test("a journal's own TroupeError is handed on as it is", async () => {
  const busy = new TroupeError("THREAD_BUSY", "Thread t is being run by another machine", { hint: "Wait for it." });
  const app = compile(graph, { journal: own({ hold: () => Promise.reject(busy) }) });
  expect(await app.invoke({ n: 0 }, { thread: "t" }).catch((error) => error)).toBe(busy);
});

test.each<[string, Partial<Journal>, Partial<Hold>]>([
  ["hold", { hold: async () => undefined as never }, {}],
  ["hold", { hold: async () => ({ append: () => ({ seq: 1, time: 1 }) }) as never }, {}],
  ["append", {}, { append: () => undefined as never }],
  ["append", {}, { append: async () => ({ seq: "1", time: 1 }) as never }],
  ["append", {}, { append: () => ({ seq: 1, time: Number.NaN }) }],
  ["read", { read: async () => undefined as never }, {}],
  ["read", { read: async () => [null] as never }, {}],
  ["read", { read: async () => ["began"] as never }, {}],
  ["read", { read: async () => [{ kind: "begun", run: 1, seq: 1, time: 1 }] as never }, {}],
  ["read", { read: async () => [{ kind: "ended", run: 1, seq: 2, time: 1 }] as never }, {}],
  ["read", { read: async () => [{ kind: "ended", run: "1", seq: 1, time: 1 }] as never }, {}],
])("what no journal gives is JOURNAL_BROKEN, and names what gave it: %s", async (call, parts, ofHold) => {
  const app = compile(graph, { journal: own(parts, () => ofHold) });
  const said = { code: "JOURNAL_BROKEN", message: expect.stringMatching(new RegExp(`${call} gave .*thread t`)), hint: expect.any(String) };
  await expect(app.invoke({ n: 0 }, { thread: "t" })).rejects.toMatchObject(said);
  if (call !== "read") return;
  await expect(app.resume("t")).rejects.toMatchObject(said);
  await expect(app.ledger("t")).rejects.toMatchObject(said);
});

test("records that only look like some are JOURNAL_BROKEN when a run goes by them", async () => {
  const inner = memoryJournal();
  await compile(graph, { journal: inner }).invoke({ n: 0 }, { thread: "t" });
  const entries = await inner.read("t");
  const { hash } = entries[0] as any;
  const bent = [
    { ...entries[0], graph: null, hash },
    { ...entries[0], graph: { ...(entries[0] as any).graph, nodes: 3 }, hash },
  ];
  for (const first of bent) {
    const app = compile(graph, { journal: own({ read: async () => [first as any] }) });
    await expect(app.resume("t")).rejects.toMatchObject({ code: "JOURNAL_BROKEN", message: expect.stringMatching(/records/) });
  }
  const unspent = entries.map((entry) => (entry.kind === "completed" ? { ...entry, usage: null } : entry));
  const app = compile(graph, { journal: own({ read: async () => unspent as any }) });
  await expect(app.ledger("t")).rejects.toMatchObject({ code: "JOURNAL_BROKEN", cause: expect.any(TypeError) });
});

test("a store of bytes that fails, or gives no path, names itself", async () => {
  const keeps = specialist({
    name: "keeps",
    does: "Makes a picture",
    input: n,
    output: z.object({ picture: media.image() }),
    run: () => ({ picture: Buffer.from("89504e470d0a1a0a", "hex") }) as any,
  });
  const pictures = defineGraph({
    name: "pictures",
    state: { n: z.number(), picture: media.image() },
    input: ["n"],
    output: ["picture"],
    nodes: { keeps },
    start: "keeps",
    edges: { keeps: END },
  });
  const failing = compile(pictures, { journal: own({}, () => ({ store: rejects })) });
  await expect(failing.invoke({ n: 0 }, { thread: "t" })).rejects.toMatchObject({ code: "JOURNAL_UNWRITABLE", cause: lost });
  const odd = compile(pictures, { journal: own({}, () => ({ store: async () => 3 as never })) });
  await expect(odd.invoke({ n: 0 }, { thread: "t" })).rejects.toMatchObject({
    code: "JOURNAL_BROKEN",
    message: expect.stringMatching(/store gave 3/),
  });
});

test("a finished run gives its output though its journal cannot be written, and one that is not finished says so", async () => {
  const full = new TroupeError("JOURNAL_UNWRITABLE", "The disk is full");
  let isFull = false;
  const inner = memoryJournal();
  const journal = { ...inner, hold: async (thread: string) => (isFull ? Promise.reject(full) : inner.hold(thread)) };
  let isDown = true;
  const down = specialist({
    ...step("two"),
    name: "two",
    run: ({ n }) => {
      if (isDown) throw lost;
      return { n };
    },
  });
  const app = compile({ ...graph, nodes: { one: use(step("one")), two: use(down) } } as typeof graph, { journal });
  await expect(app.invoke({ n: 0 }, { thread: "half" })).rejects.toMatchObject({ code: "SPECIALIST_FAILED" });
  isDown = false;
  await app.invoke({ n: 0 }, { thread: "whole" });
  isFull = true;
  expect(await app.resume("whole")).toEqual({ n: 1 });
  const events: unknown[] = [];
  for await (const { kind } of app.resumeEvents("whole")) events.push(kind);
  expect(events.at(-1)).toBe("ended");
  for (const thread of ["half", "none"]) await expect(app.resume(thread)).rejects.toBe(full);
  await expect(app.invoke({ n: 0 }, { thread: "whole" })).rejects.toBe(full);
});
