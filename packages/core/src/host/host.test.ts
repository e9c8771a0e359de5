import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import {
  type AttemptAt,
  asSpecialist,
  compile,
  defineGraph,
  END,
  type Host,
  inProcess,
  memoryJournal,
  specialist,
  sum,
  team,
  use,
} from "../index.js";
import { scriptedModel, simulated } from "../testing/index.js";
import { deferred } from "./deferred.js";

const number = z.object({ n: z.number() });
const add = specialist({ name: "add", does: "Adds one", input: number, output: number, run: ({ n }) => ({ n: n + 1 }) });
const twice = specialist({
  name: "twice",
  does: "Adds two",
  input: number,
  output: number,
  run: async ({ n }, ctx) => ctx.call("second", add, await ctx.call("first", add, { n })),
});
const desk = team({ name: "desk", does: "Adds one", members: [add], input: number, output: number });
const start = specialist({ name: "start", does: "Begins", input: z.object({}), output: z.object({}), run: () => ({}) });
/** Items with calls inside, then a team, round a loop. */
const graph = defineGraph({
  name: "sums",
  state: { numbers: z.array(z.number()), n: z.number(), total: sum(z.number()), left: z.number() },
  input: ["numbers"],
  output: ["total", "left"],
  nodes: {
    start,
    twice: use(twice, { write: { n: "total" } }),
    desk: use(desk, { read: { n: "total" }, write: { n: "left" } }),
    again: use(add, { read: { n: "left" }, write: { n: "left" } }),
  },
  loops: { again: { max: 3, then: END } },
  start: "start",
  edges: {
    start: { each: "numbers", as: "n", to: "twice", then: "desk" },
    twice: END,
    desk: "again",
    again: [{ when: { left: { lt: 100 } }, to: "again" }, { otherwise: END }],
  },
} as any) as any;
/** What a generator gives last. */
async function last<T>(given: AsyncGenerator<unknown, T>): Promise<T> {
  for (;;) {
    const { done, value } = await given.next();
    if (done) return value;
  }
}

/** A graph of one node. */
const only = (work: any) =>
  defineGraph({
    name: "only",
    state: { n: z.number() },
    input: ["n"],
    output: ["n"],
    nodes: { work },
    start: "work",
    edges: { work: END },
  } as any) as any;
const input = { numbers: [1, 2, 3] };
const expected = { total: 12, left: 16 };

/** What others have written for a queue of jobs, of which workers elsewhere know specialists by their names, and JSON is all that passes. */
class Queue {
  readonly #jobs: { readonly job: string; readonly answer: (json: string) => void; readonly fail: (error: unknown) => void }[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly done: string[] = [];

  put(job: object): Promise<object> {
    return new Promise((answer, fail) => {
      this.#jobs.push({ job: JSON.stringify(job), answer: (json) => answer(JSON.parse(json)), fail });
      this.#waiting.shift()?.();
    });
  }
  async work(known: Readonly<Record<string, (input: any) => object | Promise<object>>>): Promise<never> {
    for (;;) {
      const next = this.#jobs.shift();
      if (!next) await new Promise<void>((more) => this.#waiting.push(more));
      else {
        const { name, at, input } = JSON.parse(next.job);
        this.done.push(at);
        await Promise.resolve(input)
          .then(known[name])
          .then((output) => next.answer(JSON.stringify(output)), next.fail);
      }
    }
  }
}

/** A host of one's own: what workers know goes to the queue, the rest is done here; ids and chance are counted. */
function queued(queue: Queue, known: ReadonlySet<string>): Host {
  let count = 0;
  return {
    ...inProcess(),
    computes: false,
    random: () => (count++ % 100) / 100,
    uuid: () => `id-${count++}`,
    perform: ({ at, specialist, input, signal }: AttemptAt, work) => {
      if (!known.has(specialist.name)) return work();
      const stopped = new Promise<never>((_, stop) => signal.addEventListener("abort", () => stop(signal.reason)));
      return Promise.race([queue.put({ at, name: specialist.name, input }), stopped]);
    },
  };
}

test("a host of one's own carries the same graph out, with work done elsewhere, and its failures and ends are those of any run", async () => {
  const queue = new Queue();
  const known = { add: ({ n }: { n: number }) => ({ n: n + 1 }), start: () => ({}) };
  void queue.work(known);
  void queue.work(known);
  const host = queued(queue, new Set(Object.keys(known)));
  const journal = memoryJournal();
  const app = compile(graph, { host, journal });
  expect(await app.invoke(input, { thread: "t" })).toEqual(expected);
  expect(await compile(graph).invoke(input)).toEqual(expected);
  expect(queue.done.filter((at) => at.startsWith("twice"))).toHaveLength(6);
  expect((await app.ledger("t")).energy).toMatchObject({ unknown: [] });

  const broken = new Queue();
  void broken.work({ ...known, add: () => ({ n: "many" }) });
  await expect(compile(graph, { host: queued(broken, new Set(["add"])) }).invoke(input)).rejects.toMatchObject({ code: "OUTPUT_INVALID" });
  const nobody = compile(graph, { host: queued(new Queue(), new Set(["add"])) });
  await expect(nobody.invoke(input, { timeout: 20 })).rejects.toMatchObject({ code: "TIMEOUT" });
});

test("a host that asks for an attempt's work several times is given the same each time, and the work is done once", async () => {
  let done = 0;
  const count = specialist({ ...add, name: "count", run: ({ n }: { n: number }) => ({ n: n + ++done }) } as any);
  const inner = defineGraph({ ...only(count), name: "inner" });
  for (const work of [
    count,
    asSpecialist(inner),
    specialist({ ...twice, run: async ({ n }: any, ctx: any) => ctx.call("k", count, { n }) } as any),
  ])
    for (const perform of [
      async (_: unknown, own: () => unknown) => (await Promise.all([own(), own()]))[1],
      async (_: unknown, own: () => unknown) => (await own()) && own(),
    ]) {
      done = 0;
      expect(await compile(only(work), { host: { ...inProcess(), perform } }).invoke({ n: 1 }, { timeout: 1000 })).toEqual({ n: 2 });
      expect(done).toBe(1);
    }
  let tried = 0;
  const fails = specialist({ ...add, run: () => { throw new RangeError(`try ${++tried}`); } } as any); // biome-ignore format: short
  const again = async (_: unknown, own: () => unknown) => { try { return await own(); } catch { return own(); } }; // biome-ignore format: short
  await expect(compile(only(fails), { host: { ...inProcess(), perform: again } }).invoke({ n: 1 })).rejects.toThrow("try 1");
});

test("the work of an attempt that was stopped meanwhile does not begin", async () => {
  let done = 0;
  const mail = specialist({ ...add, effects: true, run: ({ n }: { n: number }) => ({ n: n + ++done }) } as any);
  const { promise: later, resolve: begin } = deferred<void>();
  const late: Host = { ...inProcess(), perform: (_, work) => later.then(work) };
  await expect(compile(only(mail), { host: late }).invoke({ n: 1 }, { timeout: 5 })).rejects.toMatchObject({ code: "TIMEOUT" });
  const atOnce: Host = { ...inProcess(), after: (_, work) => work() ?? (() => {}) };
  const bounded = specialist({ ...mail, timeout: 5 } as any);
  await expect(compile(only(bounded), { host: atOnce }).invoke({ n: 1 })).rejects.toMatchObject({ code: "TIMEOUT" });
  const slow = specialist({ ...mail, input: z.object({ n: z.number().refine(() => later.then(() => true)) }) } as any);
  await expect(compile(only(slow)).invoke({ n: 1 }, { timeout: 5 })).rejects.toMatchObject({ code: "TIMEOUT" });
  begin();
  await new Promise((passed) => setTimeout(passed, 20));
  expect(done).toBe(0);
});

const parts = ["now", "elapsed", "random", "uuid", "after"] as const;

/** A host one part of which is amiss from the n-th time on that it is asked. */
function amiss(part: (typeof parts)[number], from: number, what: () => unknown): Host {
  let asked = 0;
  const own = inProcess()[part] as (...given: unknown[]) => unknown;
  return { ...inProcess(), [part]: (...given: unknown[]) => (++asked >= from ? what() : own(...given)) } as Host;
}

test.each(parts)("a host whose %s throws or gives what it should not fails its run by name, and nothing else", async (part) => {
  const lost: unknown[] = [];
  const hear = (thrown: unknown) => void lost.push(thrown);
  process.on("unhandledRejection", hear).on("uncaughtException", hear);
  onTestFinished(() => void process.off("unhandledRejection", hear).off("uncaughtException", hear));
  const asks = async ({ n }: { n: number }, ctx: any) => {
    ctx.random();
    await new Promise((passed) => setTimeout(passed, 2));
    return ctx.call("k", add, { n: n + 0 * ctx.now() });
  };
  const work = specialist({ ...twice, timeout: 9000, run: asks } as any);
  const down = new RangeError("the host is down");
  const throws = () => {
    throw down;
  };
  let broken = 0;
  for (const from of [1, 2, 3, 4, 5, 6])
    for (const what of [throws, () => Number.NaN, () => undefined])
      for (const listened of [false, true]) {
        const app = compile(only(work), { host: amiss(part, from, what) });
        const run = listened ? last(app.events({ n: 1 }, { timeout: 9000 })) : app.invoke({ n: 1 }, { thread: "t", timeout: 9000 });
        const error = await run.then(
          () => undefined,
          (thrown) => thrown,
        );
        if (!error) continue;
        broken++;
        expect(error).toMatchObject({ code: "HOST_BROKEN", message: expect.stringContaining(`host's ${part}`), detail: { graph: "only" } });
        if (what === throws) expect(error.cause).toBe(down);
      }
  expect(broken).toBeGreaterThan(5);
  await new Promise((passed) => setTimeout(passed, 10));
  expect(lost).toEqual([]);
});

test.each([undefined, 5, "yes"])("a host that has a model answer %s is told so", async (gave) => {
  const asks = specialist({ name: "asks", does: "Asks", input: number, output: number, prompt: ({ n }: { n: number }) => `${n}?` });
  const host: Host = { ...inProcess(), ask: async () => gave as never };
  const run = compile(only(asks), { host, models: { default: scriptedModel(["-"]) } }).invoke({ n: 1 });
  await expect(run).rejects.toMatchObject({ code: "HOST_BROKEN", message: expect.stringContaining("host's ask"), detail: { at: "work" } });
});

test("a run under a host that throws still ends when it is aborted or its time is up", async () => {
  const waits = (timeout?: number) =>
    specialist({ ...add, ...(timeout === undefined ? {} : { timeout }), run: () => new Promise(() => {}) } as any);
  const throws = () => {
    throw new RangeError("the host is down");
  };
  for (const part of ["elapsed", "after"] as const) {
    const stop = new AbortController();
    const run = compile(only(waits()), { host: amiss(part, part === "after" ? 1 : 2, throws) }).invoke(
      { n: 1 },
      { thread: "t", signal: stop.signal },
    );
    setTimeout(() => stop.abort(), 5);
    await expect(run).rejects.toMatchObject({ code: "ABORTED" });
  }
  const late = compile(only(waits(5)), { host: amiss("elapsed", 2, throws) });
  await expect(late.invoke({ n: 1 })).rejects.toMatchObject({ code: "TIMEOUT" });
});

test("a clock that is set back stands still: nothing takes less than no time", async () => {
  let time = 1000;
  const app = compile(only(twice), { host: { ...inProcess(), elapsed: () => time-- }, journal: memoryJournal() });
  await app.invoke({ n: 1 }, { thread: "t" });
  expect((await app.ledger("t")).lines.map(({ ms }) => ms)).toEqual([0, 0, 0]);
});

afterEach(() => vi.restoreAllMocks());

test("a run asks for time, chance, names and timers at its host, and nowhere else", async () => {
  const elsewhere = () => {
    throw new Error("asked elsewhere");
  };
  const host = simulated();
  const app = compile(graph, { host, timeout: 60_000 });
  for (const [of, what] of [
    [Date, "now"],
    [performance, "now"],
    [Math, "random"],
    [crypto, "randomUUID"],
    [globalThis, "setTimeout"],
  ] as const)
    vi.spyOn(of as any, what).mockImplementation(elsewhere as never);
  const output = await app.invoke(input, { timeout: 100_000 });
  vi.restoreAllMocks();
  expect(output).toEqual(expected);
});

test("the same seed makes the same run, to the record", async () => {
  const records = async (seed: number) => {
    const host = simulated({ seed });
    const journal = memoryJournal(host.now);
    await compile(graph, { host, journal }).invoke(input, { thread: "t" });
    return journal.read("t");
  };
  expect(await records(1)).toEqual(await records(1));
  expect(await records(1)).not.toEqual(await records(2));
});

test.each([
  ["none", "quick"],
  ["one that lacks a part", { ...inProcess(), after: undefined }],
  ["one whose part is none", { ...inProcess(), perform: "here" }],
])("a host that is %s is refused", (_, host) => {
  expect(() => compile(graph, { host: host as unknown as Host })).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
});
