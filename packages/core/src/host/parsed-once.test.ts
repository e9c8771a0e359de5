import { FakeListChatModel } from "@langchain/core/utils/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineGraph, END, type Graph } from "../graph/graph.js";
import { append, reduced, sum } from "../graph/reducer.js";
import { use } from "../graph/use.js";
import { appOf } from "../interop/app-of.js";
import { compile } from "../interop/compile.js";
import { memoryJournal } from "../journal/memory.js";
import { asModel } from "../model/model.js";
import type { Context } from "../specialist/context.js";
import { asSpecialist, specialist } from "../specialist/specialist.js";

/** Schemas that make something else of what they have made. */
const bang = () =>
  z
    .string()
    .transform((s) => `${s}!`)
    .pipe(z.string());
const short = () =>
  z
    .string()
    .refine((s) => s.length < 3)
    .transform((s) => `${s}!!`)
    .pipe(z.string());
const share = () => z.preprocess((percent) => Number(percent) / 100, z.number());

const note = specialist({
  name: "note",
  does: "Notes how long a text is",
  input: z.object({ text: z.string() }),
  output: z.object({ length: z.number() }),
  run: ({ text }) => ({ length: text.length }),
});

/** A graph whose input is its output too. */
const passing = (text: z.ZodType, output = ["text", "length"]): Graph<any, any> =>
  defineGraph({
    name: "passing",
    state: { text, length: z.number() },
    input: ["text"],
    output,
    nodes: { note },
    start: "note",
    edges: { note: END },
  } as any) as any;

test.each([
  ["makes something of what it takes", bang(), "a!"],
  ["would not take what it makes", short(), "a!!"],
  ["overwrites", z.string().overwrite((s) => `${s}!`), "a!"],
])("an input that stands in the output as well is parsed once, by a schema that %s", async (_, schema, text) => {
  const app = compile(passing(schema), { journal: memoryJournal() });
  expect(await app.invoke({ text: "a" }, { thread: "t" })).toEqual({ text, length: text.length });
  expect(await app.resume("t")).toEqual({ text, length: text.length });
});

test("nor is it parsed again where a run goes on", async () => {
  const stop = new AbortController();
  const waits = specialist({
    ...note,
    run: async ({ text }: { text: string }, ctx: Context) => {
      if (ctx.attempt === 1) stop.abort();
      return { length: text.length };
    },
  } as any);
  const graph = { ...passing(short()), nodes: { note: { ...passing(short()).nodes.note!, specialist: waits } } } as any;
  const app = compile(graph, { journal: memoryJournal() });
  await expect(app.invoke({ text: "a" }, { thread: "t", signal: stop.signal })).rejects.toMatchObject({ code: "ABORTED" });
  expect(await app.resume("t")).toEqual({ text: "a!!", length: 3 });
});

test("nor in a graph that is a specialist, at a node or called", async () => {
  const inner = asSpecialist(passing(short()));
  const outer = defineGraph({
    name: "outer",
    state: { text: z.string(), length: z.number() },
    input: ["text"],
    output: ["text", "length"],
    nodes: { inner },
    start: "inner",
    edges: { inner: END },
  } as any) as any;
  expect(await compile(outer).invoke({ text: "a" })).toEqual({ text: "a!!", length: 3 });
  expect(await appOf(inner).invoke({ request: { text: "a" } })).toEqual({ answer: { text: "a!!", length: 3 } });
});

test("nor are the items that a list of contributions had to begin with, and those that nodes add are held where they stand", async () => {
  const adds = (text: string) =>
    specialist({ ...note, name: "adds", output: z.object({ text: z.string() }), run: () => ({ text }) } as any);
  const graph = (schema: z.ZodType, text?: string) =>
    defineGraph({
      name: "lists",
      state: { text: z.string(), texts: append(schema), length: z.number() },
      input: ["text", "texts"],
      output: ["texts"],
      nodes: { add: text === undefined ? note : use(adds(text) as any, { write: { text: "texts" } }) },
      start: "add",
      edges: { add: END },
    } as any) as any;
  const given = { text: "t", texts: ["a", "b"] };
  for (const [one, come] of [
    [graph(short()), ["a!!", "b!!"]],
    [graph(short(), "c"), ["a!!", "b!!", "c!!"]],
  ] as const) {
    const app = compile(one, { journal: memoryJournal() });
    expect(await app.invoke(given, { thread: "t" })).toEqual({ texts: come });
    const outer = { ...one, state: { ...one.state, texts: z.array(z.string()) }, nodes: { inner: use(asSpecialist(one)) } };
    const nested = defineGraph({ ...outer, name: "outer", start: "inner", edges: { inner: END } });
    expect(await compile(nested).invoke(given)).toEqual({ texts: come });
  }
  await expect(compile(graph(short(), "long")).invoke(given)).rejects.toThrow("texts.2");
});

const percent = z
  .number()
  .refine((n) => n >= 2)
  .transform((n) => n / 100)
  .pipe(z.number());
test.each<[string, z.ZodType, number | undefined]>([
  ["makes something of what it takes", share(), undefined],
  ["makes something of what it takes, and began with an input", share(), 50],
  ["would not take what it made of the input", percent, 50],
])("nor is what contributions come to, by a schema that %s", async (_, schema, half) => {
  const adds = specialist({ ...note, name: "adds", output: z.object({ share: z.number() }), run: () => ({ share: 0.25 }) } as any);
  const plus = (total: number, next: number) => total + next;
  const given = half === undefined ? { text: "t" } : { text: "t", share: half };
  for (const field of [sum(schema as any), reduced("plus", schema)]) {
    const graph = defineGraph({
      name: "shares",
      state: { text: z.string(), share: field },
      input: Object.keys(given),
      output: ["share"],
      nodes: { one: adds, two: adds },
      reducers: { plus },
      start: "one",
      edges: { one: "two", two: END },
    } as any) as any;
    const come = { share: half === undefined ? 0.5 : 1 };
    expect(await compile(graph).invoke(given)).toEqual(come);
    expect(await appOf(asSpecialist(graph)).invoke({ request: given })).toEqual({ answer: come });
  }
});

test("what contributions come to is still held to the field's schema", async () => {
  const adds = specialist({ ...note, name: "adds", output: z.object({ share: z.number() }), run: () => ({ share: 0.75 }) } as any);
  const whole = z.number().refine((n) => n <= 1, "more than all");
  const graph = defineGraph({
    name: "shares",
    state: { text: z.string(), share: sum(whole) },
    input: ["text", "share"],
    output: ["share"],
    nodes: { adds },
    start: "adds",
    edges: { adds: END },
  } as any) as any;
  expect(await compile(graph).invoke({ text: "t", share: 0.25 })).toEqual({ share: 1 });
  await expect(compile(graph).invoke({ text: "t", share: 0.5 })).rejects.toThrow("more than all");
});

test("what a node wrote in the place of an input is parsed as any output is", async () => {
  const writes = specialist({ ...note, output: z.object({ text: z.string() }), run: () => ({ text: "long" }) } as any);
  const graph = defineGraph({
    name: "g",
    state: { text: short() },
    input: ["text"],
    output: ["text"],
    nodes: { writes },
    start: "writes",
    edges: { writes: END },
  } as any) as any;
  await expect(compile(graph).invoke({ text: "a" })).rejects.toMatchObject({ code: "RESULT_INVALID" });
});

test("what a model answers is parsed once, with tools and without", async () => {
  const answer = z.object({ share: share() });
  const tool = specialist({ ...note, name: "tool" } as any) as any;
  for (const tools of [undefined, [tool]]) {
    const says = specialist({
      name: "says",
      does: "Says how much",
      input: z.object({ text: z.string() }),
      output: answer,
      prompt: ({ text }: { text: string }) => text,
      ...(tools ? { tools } : {}),
    } as any) as any;
    const responses = Array(9).fill('{"share": 50}');
    const app = appOf(says, { models: { default: asModel(new FakeListChatModel({ responses })) } });
    expect(await app.invoke({ request: { text: "How much?" } })).toEqual({ answer: { share: 0.5 } });
  }
});

test("what code gives is parsed once, wherever it is called", async () => {
  const gives = specialist({ ...note, output: z.object({ share: share() }), run: () => ({ share: 50 }) } as any) as any;
  expect(await appOf(gives).invoke({ request: { text: "a" } })).toEqual({ answer: { share: 0.5 } });
});
