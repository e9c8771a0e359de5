import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import {
  asSpecialist,
  compile,
  defineGraph,
  END,
  fileJournal,
  type Graph,
  type Journal,
  memoryJournal,
  reduced,
  type Specialist,
  specialist,
  TroupeError,
  use,
} from "../index.js";
import { openDatabase } from "../journal/open-database.js";
import { change } from "../journal/thread-row.js";
import { threadNamed } from "../journal/threads-kept.js";

const thing = z.record(z.string(), z.any());
const made = (name: string, input: object, output: object, run: (input: any, ctx: any) => unknown, more: { timeout?: number } = {}) =>
  specialist({ name, does: name, input: z.object(input as any), output: z.object(output as any), run, ...more } as any) as Specialist;
const graph = (given: object): Graph => defineGraph({ name: "g", ...given } as any) as Graph;

/** A graph of one node around `run`. */
const one = (run: (input: { n: number }, ctx: any) => unknown, more: { timeout?: number } = {}): Graph =>
  graph({
    state: { n: z.number(), out: z.any() },
    input: ["n"],
    output: ["out"],
    nodes: { only: made("only", { n: z.number() }, { out: z.any() }, run, more) },
    start: "only",
    edges: { only: END },
  });

const failure = async (promise: Promise<unknown>): Promise<TroupeError> => {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(TroupeError);
  return error as TroupeError;
};

const kinds = async (journal: Journal) => (await journal.read("t")).map((e) => ("at" in e ? `${e.kind} ${e.at}` : e.kind));

/** Rejections that nobody heard of while the test ran. */
function unheard(): unknown[] {
  const heard: unknown[] = [];
  const listen = (reason: unknown) => heard.push(reason);
  process.on("unhandledRejection", listen);
  onTestFinished(() => void process.off("unhandledRejection", listen));
  return heard;
}

test("what a specialist does to its input, or to a call's answer, nobody else sees", async () => {
  const spoil = made("spoil", { x: thing }, { y: z.number() }, ({ x }) => x.list.push("spoilt") && { y: 1 });
  const echo = made("echo", { x: thing }, { x: thing }, ({ x }) => ({ x }));
  const look = made("look", { x: thing, y: z.number() }, { z: thing }, async ({ x }, ctx) => {
    const answer = await ctx.call("echo", echo, { x });
    answer.x.list.push("spoilt");
    return { z: x };
  });
  const spoilt = graph({
    state: { x: thing, y: z.number(), z: thing },
    input: ["x"],
    output: ["z"],
    nodes: { spoil, look },
    start: "spoil",
    edges: { spoil: "look", look: END },
  });
  const journal = memoryJournal();
  const app = compile(spoilt, { journal });
  const output = await app.invoke({ x: { list: [1] } }, { thread: "t" });
  expect(output).toEqual({ z: { list: [1] } });
  output.z.list.push("spoilt");
  expect(await app.resume("t")).toEqual({ z: { list: [1] } });
  expect(JSON.stringify(await journal.read("t"))).not.toContain(`"spoilt"]`);
});

test("conditions and reducers may change what they are given", async () => {
  const cat = (total: unknown[], next: unknown[]) => {
    total.push(...next);
    return total;
  };
  const add = made("add", {}, { all: z.array(z.string()) }, (_, { at }) => ({ all: [at] }));
  const count = made("count", { all: z.array(z.string()) }, { n: z.number() }, ({ all }) => ({ n: all.length }));
  const changed = graph({
    state: { n: z.number(), all: reduced("cat", z.array(z.string())) },
    reducers: { cat },
    conditions: { last: { reads: ["all"], test: ({ all }: any) => all.reverse()[0] === "b" } },
    input: [],
    output: ["all", "n"],
    nodes: { b: add, a: add, count, again: count },
    start: ["a", "b"],
    edges: { a: "count", b: "count", count: [{ when: "last", to: "again" }, { otherwise: "again" }], again: END },
  });
  expect(await compile(changed).invoke({})).toEqual({ all: ["b", "a"], n: 2 });
});

test("a reducer that throws fails who reads the field, and the run where it is the output", async () => {
  const add = made("add", {}, { y: z.number() }, () => ({ y: 1 }));
  const read = made("read", { y: z.number() }, { out: z.number() }, ({ y }) => ({ out: y }));
  let broken = true;
  const boom = (a: number, b: number) => {
    if (broken) throw new RangeError("boom");
    return a + b;
  };
  const state = { y: reduced("boom", z.number()), out: z.number() };
  const nodes = { a: add, b: add, read };
  const edges = { a: "read", b: "read", read: END };
  const given = { state, reducers: { boom }, input: [], nodes, start: ["a", "b"], edges };
  const journal = memoryJournal();
  const app = compile(graph({ ...given, output: ["out"] }), { journal });
  const error = await failure(app.invoke({}, { thread: "t" }));
  expect([error.code, error.detail.at, error.detail.field]).toEqual(["REDUCER_FAILED", "read", "y"]);
  expect((await kinds(journal)).slice(-2)).toEqual(["failed read", "ended"]);
  broken = false;
  expect(await app.resume("t")).toEqual({ out: 2 });

  broken = true;
  const { read: _, ...ends } = nodes;
  const last = compile(graph({ ...given, output: ["y"], nodes: ends, edges: { a: END, b: END } }), { journal });
  expect((await failure(last.invoke({}, { thread: "u" }))).code).toBe("REDUCER_FAILED");
  broken = false;
  expect(await last.resume("u")).toEqual({ y: 2 });
});

test("a condition that throws fails its node by name", async () => {
  const test = () => {
    throw new RangeError("odd");
  };
  const throws = graph({
    ...one(() => ({ out: 1 })),
    conditions: { odd: { reads: ["out"], test } },
    edges: { only: [{ when: "odd", to: END }, { otherwise: END }] },
  });
  const error = await failure(compile(throws).invoke({ n: 1 }));
  expect([error.code, error.detail.at]).toEqual(["CONDITION_FAILED", "only"]);
});

test("a rule sees the null its node wrote, not the value before", async () => {
  const clear = made("clear", {}, { memo: z.string().nullable() }, () => ({ memo: null }));
  const say = (what: string) => made(what, {}, { r: z.string() }, () => ({ r: what }));
  const cleared = graph({
    state: { memo: z.string().nullable(), r: z.string() },
    input: ["memo"],
    output: ["r"],
    nodes: { clear, present: say("present"), absent: say("absent") },
    start: "clear",
    edges: { clear: [{ when: { memo: { exists: true } }, to: "present" }, { otherwise: "absent" }], present: END, absent: END },
  });
  expect(await compile(cleared).invoke({ memo: "old" })).toEqual({ r: "absent" });
});

test("a reducer may have any name", async () => {
  const add = made("add", {}, { y: z.number() }, () => ({ y: 1 }));
  const named = graph({
    state: { y: reduced("constructor", z.number()) },
    reducers: { constructor: (a: number, b: number) => a + b },
    input: [],
    output: ["y"],
    nodes: { a: add, b: add },
    start: ["a", "b"],
    edges: { a: END, b: END },
  });
  expect(await compile(named).invoke({})).toEqual({ y: 2 });
});

test("a plan that comes after its occurrence timed out is neither journalled nor carried out", async () => {
  const ran: string[] = [];
  const member = made("member", { n: z.number() }, { n: z.number() }, ({ n }) => {
    ran.push("member");
    return { n };
  });
  let planned!: () => void;
  const late = new Promise<void>((resolve) => {
    planned = resolve;
  });
  const plan = { tasks: [{ id: "t", member: "member", args: { n: { ref: "input.n" } } }], output: { n: { ref: "t.n" } } };
  const slow = made(
    "slow",
    { n: z.number() },
    { n: z.number() },
    ({ n }, ctx) => ctx.plan(() => late.then(() => ({ plan, by: "hand", notes: [] })), [member], { n }),
    { timeout: 10 },
  );
  const journal = memoryJournal();
  const caught = one(async ({ n }, ctx) => {
    const code = await ctx.call("slow", slow, { n }).catch((error: TroupeError) => error.code);
    planned();
    await sleep(5);
    return { out: code };
  });
  expect(await compile(caught, { journal }).invoke({ n: 1 }, { thread: "t" })).toEqual({ out: "TIMEOUT" });
  expect(ran).toEqual([]);
  expect((await kinds(journal)).filter((kind) => kind.includes("#"))).toEqual([]);
});

test("what an occurrence asks for after it has answered is refused", async () => {
  let after: unknown;
  const quick = one((_, ctx) => {
    void sleep(5).then(async () => {
      after = await ctx
        .call(
          "late",
          made("late", {}, {}, () => ({})),
          {},
        )
        .catch((error: unknown) => error);
    });
    return { out: 1 };
  });
  const rest = made("rest", { out: z.any() }, { n: z.number() }, () => sleep(30, { n: 2 }));
  const longer = graph({ ...quick, output: ["n"], nodes: { ...quick.nodes, rest: use(rest) }, edges: { only: "rest", rest: END } });
  expect(await compile(longer).invoke({ n: 1 })).toEqual({ n: 2 });
  expect(String(after)).toContain("only has ended");
});

test("no plan is made for an occurrence that has answered", async () => {
  let after: unknown;
  let makes = 0;
  const quick = one((_, ctx) => {
    void sleep(5).then(async () => {
      after = await ctx.plan(async () => ++makes as never, [], {}).catch((error: unknown) => error);
    });
    return { out: 1 };
  });
  expect(await compile(quick).invoke({ n: 1 })).toEqual({ out: 1 });
  await sleep(20);
  expect(after).toMatchObject({ code: "ABORTED" });
  expect(makes).toBe(0);
});

test("a call nobody waits for any more is no unhandled rejection", async () => {
  const lost = unheard();
  const hangs = made("hangs", {}, {}, (_, ctx) => sleep(60_000, {}, { signal: ctx.signal }));
  const two = one(async (_, ctx) => {
    const first = ctx.call("first", hangs, {});
    await ctx.call("second", hangs, {});
    return first;
  });
  await expect(compile(two).invoke({ n: 1 }, { signal: AbortSignal.timeout(20) })).rejects.toThrow();
  await sleep(5);
  expect(lost).toEqual([]);
});

test.each([
  ["an object without a prototype", Object.create(null), "without a message"],
  ["a plain object", { message: "plain words" }, "plain words"],
  ["nothing", undefined, "undefined"],
])("a specialist that throws %s fails its run", async (_, thrown, says) => {
  const error = await failure(compile(one(() => Promise.reject(thrown))).invoke({ n: 1 }));
  expect([error.code, error.message]).toEqual(["SPECIALIST_FAILED", expect.stringContaining(says)]);
});

test("what a specialist threw says where in the user's files, and what was behind it", async () => {
  const journal = memoryJournal();
  const thrown = await failure(
    compile(
      one(() => {
        throw new TypeError("fetch failed", { cause: new Error("connect refused", { cause: new Error("no route") }) });
      }),
      { journal },
    ).invoke({ n: 1 }, { thread: "t" }),
  );
  expect(thrown.what).toBe("A specialist threw TypeError: fetch failed: connect refused: no route");
  expect(thrown.detail.file).toMatch(/trouble\.test\.ts:\d+$/);
  const line = Number(/:(\d+)$/.exec(thrown.detail.file!)![1]);
  expect(readFileSync(fileURLToPath(import.meta.url), "utf8").split("\n")[line - 1]).toContain("fetch failed");
  expect((await journal.read("t")).find(({ kind }) => kind === "failed")).toMatchObject({
    error: { message: expect.stringContaining("trouble.test.ts:") },
  });
  // Inside a library the line is where the user called it.
  const inside = await failure(compile(one(({ n }) => z.string().parse(n))).invoke({ n: 1 }));
  expect(inside.detail.file).toMatch(/trouble\.test\.ts:\d+$/);
  // So it is inside Node, whose own modules are no files.
  const missing = await failure(compile(one(async () => void (await readFile("/nowhere/at all")))).invoke({ n: 1 }));
  expect(missing.what).toContain("ENOENT");
  expect(missing.detail.file).toMatch(/trouble\.test\.ts:\d+$/);
  const placed = async (...lines: string[]) => {
    const stack = `Error: x\n${lines.map((line) => `    at ${line}`).join("\n")}`;
    const error = await failure(compile(one(() => Promise.reject(Object.assign(new Error("x"), { stack })))).invoke({ n: 1 }));
    return error.detail.file;
  };
  expect(await placed("Object.run (https://shop.example/assets/main.js:9:3)")).toBe("https://shop.example/assets/main.js:9");
  expect(await placed("async file:///my%20desk/run.js:4:1")).toBe("/my desk/run.js:4");
  expect(await placed("new Desk (C:\\desk\\run (old).js:4:1)")).toBe("C:\\desk\\run (old).js:4");
  expect(await placed("async open (node:internal/fs/promises:637:25)", "x (/a/node_modules/b/c.js:1:1)")).toBeUndefined();
  const loop: any = new Error("round");
  loop.cause = loop;
  expect((await failure(compile(one(() => Promise.reject(loop))).invoke({ n: 1 }))).what).toBe("A specialist threw: round");
});

test("many calls at once, and many runs under one signal, make no warning", async () => {
  const warned: string[] = [];
  const listen = ({ message }: Error) => warned.push(message);
  process.on("warning", listen);
  onTestFinished(() => void process.off("warning", listen));
  const short = made("short", {}, { n: z.number() }, () => sleep(1, { n: 1 }));
  const many = one((_, ctx) =>
    Promise.all(Array.from({ length: 20 }, (_, i) => ctx.call(`c${i}`, short, {}))).then((all) => ({ out: all.length })),
  );
  const app = compile(many);
  const { signal } = new AbortController();
  expect(
    await app.batch(
      Array.from({ length: 20 }, () => ({ n: 1 })),
      { signal },
    ),
  ).toHaveLength(20);
  await sleep(5);
  expect(warned).toEqual([]);
});

test.each([Number.POSITIVE_INFINITY, 2 ** 31])("a timeout of %d ms is longer than a timer counts, and bounds nothing", async (timeout) => {
  const slow = one(() => sleep(10, { out: 1 }), { timeout });
  expect(await compile(slow).invoke({ n: 1 }, { timeout })).toEqual({ out: 1 });
});

test.each([0, -1, Number.NaN, "50", 5n])(
  "what is called or planned with a timeout of %s, which is no time, is told so",
  async (timeout: any) => {
    const callee = { ...made("callee", { n: z.number() }, { n: z.number() }, ({ n }) => sleep(5, { n })), timeout };
    const journal = memoryJournal();
    const plan = { tasks: [{ id: "t", member: "callee", args: { n: { ref: "input.n" } } }], output: { n: { ref: "t.n" } } };
    for (const [asks, at] of [
      [(_: object, ctx: any) => ctx.call("k", callee, { n: 1 }), "only/k"],
      [(_: object, ctx: any) => ctx.call("k", use({ ...callee, timeout: 1 } as any, { timeout }), { n: 1 }), "only/k"],
      [(_: object, ctx: any) => ctx.plan(async () => ({ plan, by: "hand", notes: [] }), [callee], { n: 1 }), "only#1/t"],
    ] as const) {
      const error = await failure(compile(one(asks), { journal }).invoke({ n: 1 }, { thread: at + asks }));
      expect([error.code, error.what, error.detail.at]).toEqual(["OPTION_INVALID", expect.stringContaining("callee.timeout is"), at]);
      expect((await journal.read(at + asks)).at(-1)).toMatchObject({ kind: "ended" });
    }
  },
);

test.each([
  ["name", 5n],
  ["name", () => "callee"],
  ["output", undefined],
])("what is called and has no %s that serves (%s) is no specialist", async (part, odd) => {
  const callee = { ...made("callee", {}, {}, () => ({})), [part]: odd };
  const error = await failure(compile(one((_, ctx) => ctx.call("k", callee, {}))).invoke({ n: 1 }));
  expect([error.code, error.detail.at]).toEqual(["SPECIALIST_INVALID", "only"]);
});

test("a run that was resumed and broke off again is unfinished", async () => {
  let runs = 0;
  const twice = one(async (_, ctx) => {
    if (++runs === 1) throw new RangeError("once");
    await sleep(60_000, undefined, { signal: ctx.signal });
  });
  const app = compile(twice, { journal: memoryJournal() });
  await failure(app.invoke({ n: 1 }, { thread: "t" }));
  await expect(app.resume("t", { signal: AbortSignal.timeout(10) })).rejects.toThrow();
  expect((await failure(app.invoke({ n: 1 }, { thread: "t" }))).code).toBe("THREAD_UNFINISHED");
});

test("a graph that is called takes only what a journal can keep", async () => {
  const inner = asSpecialist(
    graph({
      name: "inner",
      state: { d: z.any(), e: z.any() },
      input: ["d"],
      output: ["e"],
      nodes: { p: made("p", { d: z.any() }, { e: z.any() }, () => ({ e: 1 })) },
      start: "p",
      edges: { p: END },
    }),
  );
  const error = await failure(compile(one((_, ctx) => ctx.call("k", inner, { d: new Date() }))).invoke({ n: 1 }));
  expect([error.code, error.detail.at]).toEqual(["INPUT_INVALID", "only/k"]);
});

test.each([1, 2, 3, 4, 5, 6])(
  "a journal that cannot be written, from record %d on, stops the run and its work with that error",
  async (from) => {
    const lost = unheard();
    const whole = memoryJournal();
    const full = new TroupeError("JOURNAL_UNWRITABLE", "The disk is full");
    let written = 0;
    const journal: Journal = {
      ...whole,
      hold: async (thread) => {
        const hold = await whole.hold(thread);
        const append: typeof hold.append = async (run, records) => {
          written += records.length;
          if (written >= from) throw full;
          return hold.append(run, records);
        };
        return { ...hold, append, release: () => hold.release().then(() => Promise.reject(new RangeError("no room to let go"))) };
      },
    };
    let working = 0;
    const work = made("work", {}, { out: z.any() }, async (_, ctx) => {
      working++;
      try {
        await sleep(ctx.at.endsWith("b") ? 60_000 : 1, undefined, { signal: ctx.signal });
      } finally {
        working--;
      }
      return { out: 1 };
    });
    const calls = one((_, ctx) => Promise.all(["a", "b"].map((key) => ctx.call(key, work, {}))));
    expect(await failure(compile(calls, { journal }).invoke({ n: 1 }, { thread: "t" }))).toBe(full);
    await sleep(5);
    expect(working).toBe(0);
    expect((await kinds(whole)).length).toBeLessThan(from);
    expect(lost).toEqual([]);
  },
);

test.each<[string, (release: () => unknown) => unknown]>([
  ["throws", () => expect.fail("no room")],
  ["gives no promise", (release) => void release()],
])("what came of a run counts, though its journal %s as it lets go of the thread", async (_, letGo) => {
  const whole = memoryJournal();
  const hold: Journal["hold"] = async (thread) => {
    const held = await whole.hold(thread);
    return { ...held, release: () => letGo(held.release) as Promise<void> };
  };
  const app = compile(
    one(() => ({ out: 1 })),
    { journal: { ...whole, hold } },
  );
  expect(await app.invoke({ n: 1 }, { thread: "t" })).toEqual({ out: 1 });
});

test("a thread that another process took over is left to it", async () => {
  const { mkdtemp, rm } = await import("node:fs/promises");
  const { tmpdir } = await import("node:os");
  const { join } = await import("node:path");
  const folder = await mkdtemp(join(tmpdir(), "troupe-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const journal = fileJournal(join(folder, "runs.db"));
  let aborted = false;
  const slow = one(async (_, ctx) => {
    ctx.signal.addEventListener("abort", () => {
      aborted = true;
    });
    const file = join(folder, "runs.db");
    const other = await openDatabase(file);
    const row = (await threadNamed(file, other, "t"))!;
    await other.write([[change(row, { ...row, epoch: row.epoch + 1 })]]);
    await other.close();
    await ctx.call(
      "next",
      made("next", {}, {}, () => ({})),
      {},
    );
    return { out: 1 };
  });
  expect((await failure(compile(slow, { journal }).invoke({ n: 1 }, { thread: "t" }))).code).toBe("THREAD_TAKEN");
  expect(aborted).toBe(true);
  expect(await kinds(journal)).toEqual(["began", "started only"]);
  await journal.close();
});
