import { expect, test } from "vitest";
import { z } from "zod";
import { defineGraph, END } from "../graph/index.js";
import { use } from "../graph/use.js";
import { compile } from "../interop/compile.js";
import { memoryJournal } from "../journal/memory.js";
import type { Context } from "../specialist/context.js";
import { specialist } from "../specialist/specialist.js";
import { fingerprint } from "./replay/fingerprint.js";

const any = z.object({ v: z.any() });
const sees = specialist({ name: "sees", does: "Sees", input: any, output: any, run: ({ v }) => ({ v: typeof v }) });

const appOf = (run: (ctx: Context, i: unknown) => unknown) =>
  compile(
    defineGraph({
      name: "g",
      state: { i: z.any(), v: z.any() },
      input: ["i"],
      output: ["v"],
      nodes: {
        n: use(
          specialist({
            name: "n",
            does: "Works",
            input: z.object({ i: z.any() }),
            output: any,
            run: async ({ i }, ctx) => ({ v: await run(ctx, i) }),
          }),
        ),
      },
      start: "n",
      edges: { n: END },
    }),
    { journal: memoryJournal() },
  );

const circle: Record<string, unknown> = { a: 1 };
circle.self = [circle];
const deep = (levels: number) => {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = i % 2 ? [value] : { value };
  return value;
};

test.each([
  ["in a circle", circle],
  ["101 levels deep", deep(101)],
  ["100,000 levels deep", deep(100_000)],
])("a value %s is refused with its place, wherever it is given", async (_, value) => {
  const crossed = (at: string | undefined, field: string) => ({
    code: "LIMIT_CROSSED",
    detail: { graph: "g", ...(at === undefined ? {} : { at }), field },
  });
  await expect(appOf(() => 1).invoke({ i: value })).rejects.toMatchObject(crossed(undefined, "i"));
  await expect(appOf(() => value).invoke({ i: 1 })).rejects.toMatchObject(crossed("n", "v"));
  await expect(appOf((ctx) => ctx.call("key", sees, { v: value })).invoke({ i: 1 })).rejects.toMatchObject(crossed("n/key", "v"));
  await expect(appOf((ctx) => ctx.call("key", use(sees, { set: { v: value } }), {})).invoke({ i: 1 })).rejects.toMatchObject(
    crossed("n/key", "v"),
  );
  await expect(appOf((ctx) => ctx.once("key", () => value)).invoke({ i: 1 })).rejects.toMatchObject(crossed("n/key", "value"));
  const plan = async () => ({ plan: { tasks: [], output: {} }, by: "code", notes: [] });
  await expect(appOf((ctx) => ctx.plan(plan, [], { v: value })).invoke({ i: 1 })).rejects.toMatchObject(crossed("n", "v"));
});

test("what is 100 levels deep is taken", async () => {
  const value = deep(99);
  expect(await appOf((ctx, i) => ctx.call("key", sees, { v: i })).invoke({ i: value })).toEqual({ v: { v: "object" } });
});

test.each([
  ["a date", () => new Date(0)],
  ["a bigint", () => 5n],
  ["a function", () => () => 1],
  ["NaN", () => Number.NaN],
])("a run comes to nothing that no journal keeps, though the state's schema makes %s of it", async (_, made) => {
  const work = specialist({ name: "n", does: "Works", input: z.object({}), output: any, run: () => ({ v: 1 }) });
  const graph = defineGraph({
    name: "g",
    state: { v: z.any().overwrite(made) },
    input: [],
    output: ["v"],
    nodes: { n: work },
    start: "n",
    edges: { n: END },
  });
  const app = compile(graph, { journal: memoryJournal() });
  const refused = { code: "RESULT_INVALID", what: expect.stringContaining("v: "), detail: { graph: "g" } };
  await expect(app.invoke({}, { thread: "t" })).rejects.toMatchObject(refused);
  await expect(app.resume("t")).rejects.toMatchObject(refused);
  expect((await app.ledger("t")).lines).toMatchObject([{ at: "n", status: "completed" }]);
});

test("a zero has no sign, in a run that goes on as in one that was read from its journal", async () => {
  const { v } = (await appOf((_, i) => ({ brought: i, made: -0 })).invoke({ i: -0 })) as { v: { brought: number; made: number } };
  expect([v.brought, v.made].map((one) => Object.is(one, 0))).toEqual([true, true]);
});

test.each([
  ["in a circle", circle],
  ["that holds a function", { a: [() => 1] }],
  ["that holds a date", { a: [new Date(0)] }],
])("a run's meta %s is refused before anything is kept", async (_, meta) => {
  const app = appOf(() => 1);
  await expect(app.invoke({ i: 1 }, { thread: "t", meta: meta as any })).rejects.toMatchObject({
    code: "OPTION_INVALID",
    what: expect.stringContaining("invoke.meta"),
  });
  expect(await app.invoke({ i: 1 }, { thread: "t" })).toEqual({ v: 1 });
});

test("what is asked is told apart where JSON would not: NaN, infinite, null, undefined", () => {
  const prints = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null, undefined, 0].map((v) =>
    fingerprint("key", { list: [v] }),
  );
  expect(new Set(prints).size).toBe(6);
});

test("an order with a card and an id is no model, all of which its id would tell", () => {
  const order = (total: number) => ({ id: "order-1", card: { brand: "visa" }, total });
  expect(fingerprint("key", { state: order(5) })).not.toBe(fingerprint("key", { state: order(500) }));
  const model = (context: number) => ({ id: "m", card: { kind: "decisions", context }, load: async () => ({}) });
  expect(fingerprint("key", { model: model(1) })).toBe(fingerprint("key", { model: model(2) }));
});

test("the ledger of a thread that the journal does not have says so", async () => {
  const app = appOf(() => 1);
  await app.invoke({ i: 1 }, { thread: "monday" });
  await expect(app.ledger("tuesday")).rejects.toMatchObject({ code: "THREAD_UNKNOWN", what: "The journal has no thread tuesday" });
  await expect(app.ledger("")).rejects.toMatchObject({ code: "OPTION_INVALID" });
});

test("what is thrown and is no error is told as it is", async () => {
  const thrown = appOf(() => Promise.reject({ reason: "no paper" })).invoke({ i: 1 });
  await expect(thrown).rejects.toMatchObject({ code: "SPECIALIST_FAILED", what: 'A specialist threw: {"reason":"no paper"}' });
});

test("what refers to itself in many ways is told apart at once", () => {
  class Client {
    readonly name: string;
    readonly all: Client[] = [this, this];
    constructor(name: string) {
      this.name = name;
    }
  }
  const print = (name: string) => fingerprint("key", { client: new Client(name) });
  expect(print("a")).toBe(print("a"));
  expect(print("a")).not.toBe(print("b"));
});
