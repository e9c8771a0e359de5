import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { append, compile, defineGraph, END, memoryJournal, reduced, specialist, TroupeError, use } from "../index.js";

/** One node that writes `n` to a reduced field, and goes on by a condition. */
const around = ({
  test = () => true,
  better = (_: any, next: any) => next,
}: {
  test?: (values: any) => any;
  better?: (total: any, next: any) => any;
}) => {
  const one = specialist({
    name: "one",
    does: "x",
    input: z.object({ n: z.number() }),
    output: z.object({ best: z.any() }),
    run: ({ n }) => ({ best: n }),
  });
  return defineGraph({
    name: "g",
    state: { n: z.number(), best: reduced("better", z.any()) },
    input: ["n"],
    output: ["best"],
    nodes: { one, two: one },
    conditions: { sure: { reads: ["n"], test } },
    reducers: { better },
    start: ["one", "two"],
    edges: { one: [{ when: "sure", to: END }, { otherwise: END }], two: END },
  } as any);
};
const failure = (promise: Promise<unknown>): Promise<any> =>
  promise.then(
    () => undefined,
    (error) => error,
  );

test.each<[string, () => any]>([
  ["that holds later", async () => true],
  ["that fails later", async () => Promise.reject(new Error("late"))],
  ["that is a promise of another kind", () => ({ then: (_: any, no: any) => void no(new Error("late")) })],
])("a condition %s is an error that says so, and nothing is left unheard", async (_, condition) => {
  const unheard: unknown[] = [];
  const listen = (reason: unknown) => unheard.push(reason);
  process.on("unhandledRejection", listen);
  onTestFinished(() => void process.off("unhandledRejection", listen));
  const error = await failure(compile(around({ test: condition })).invoke({ n: 1 }));
  expect([error.code, error.hint]).toEqual(["CONDITION_FAILED", expect.stringContaining("specialist")]);
  expect(error.message).toContain("sure gives a promise");
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(unheard).toEqual([]);
});

test.each<[string, (total: any, next: any) => any, RegExp]>([
  ["a promise", async (a, b) => a + b, /gives a promise/],
  ["a promise that fails", async () => Promise.reject(new Error("late")), /gives a promise/],
  ["nothing", () => {}, /gives nothing/],
  ["a date", () => new Date(0), /object of class Date/],
  ["no number", () => Number.NaN, /NaN/],
  ["what holds a function", () => ({ a: { b: () => 1 } }), /function.*a\.b/],
])("a reducer that gives %s is an error that says so", async (_, better, says) => {
  const error = await failure(compile(around({ better })).invoke({ n: 1 }));
  expect([error.code, error.detail.field]).toEqual(["REDUCER_FAILED", "best"]);
  expect(error.message).toMatch(says);
});

test("what a reducer gives is a copy: it may keep what it gave, and change it", async () => {
  const kept: number[] = [];
  const better = (total: any, next: any) => {
    kept.push(next);
    return [total, next].flat().length > 0 ? kept : total;
  };
  const app = compile(around({ better }));
  const { best } = await app.invoke({ n: 1 });
  const before = JSON.stringify(best);
  kept.push(99);
  expect(JSON.stringify(best)).toBe(before);
});

test("what was given to make a graph can be changed later, and the graph stays as it was", async () => {
  const level = { low: [1] };
  const read: Record<string, string> = { text: "ticket" };
  const map = { read, set: { level } };
  const reads = ["ticket"];
  const conditions = { sure: { reads, test: () => true } };
  const edges: any = { only: [{ when: "sure", to: END }, { otherwise: END }] };
  const input = ["ticket"];
  const only = specialist({
    name: "only",
    does: "x",
    input: z.object({ text: z.string(), level: z.object({ low: z.array(z.number()) }) }),
    output: z.object({ out: z.string() }),
    run: (given) => ({ out: JSON.stringify(given) }),
  });
  const models = {};
  const graph = defineGraph({
    name: "g",
    state: { ticket: z.string(), out: z.string() },
    input,
    output: ["out"],
    nodes: { only: use(only, map as any) },
    conditions,
    start: "only",
    edges,
  } as any);
  const app = compile(graph, { models });
  const before = await app.invoke({ ticket: "t" });
  const data = JSON.stringify(graph);
  level.low.push(2);
  read.text = "out";
  reads.push("nothing");
  conditions.sure.test = () => {
    throw new Error("changed");
  };
  edges.only = "nowhere";
  input.length = 0;
  Object.assign(models, { default: 3 });
  expect(await app.invoke({ ticket: "t" })).toEqual(before);
  expect(JSON.stringify(graph)).toBe(data);
});

test("what a memory journal hands out cannot change what it keeps", async () => {
  const journal = memoryJournal();
  const graph = defineGraph({
    name: "g",
    state: { n: z.number(), seen: append(z.object({ n: z.number() })) },
    input: ["n"],
    output: ["seen"],
    nodes: {
      only: specialist({
        name: "only",
        does: "x",
        input: z.object({ n: z.number() }),
        output: z.object({ seen: z.object({ n: z.number() }) }),
        run: ({ n }) => ({ seen: { n } }),
      }),
    },
    start: "only",
    edges: { only: END },
  });
  await compile(graph, { journal }).invoke({ n: 1 }, { thread: "t" });
  const before = JSON.stringify(await journal.read("t"));
  for (const entry of (await journal.read("t")) as any[]) {
    try {
      for (const part of Object.values(entry)) if (typeof part === "object") Object.assign(part as object, { spoilt: true });
      entry.kind = "spoilt";
      if (entry.output) entry.output.seen.n = 99;
      entry.input.n = 99;
    } catch (error) {
      if (error instanceof TroupeError) throw error; // frozen ones say no, which is as good
    }
  }
  expect(JSON.stringify(await journal.read("t"))).toBe(before);
});
