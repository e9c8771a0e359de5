import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { z as zod3 } from "zod-3";
import { z as zod40 } from "zod-4-0";
import { z as zod41 } from "zod-4-1";
import { append, asSpecialist, check, compile, defineGraph, END, jsonSchemaOf, media, type Schema, specialist } from "../index.js";
import { isOptional, listSchema, objectSchema, validate } from "./schema.js";

/** A graph of one node, its fields and the node's side by side. */
const graphOf = (input: Schema, output: Schema, state: Record<string, any>, run: (input: any) => any) =>
  defineGraph({
    name: "one",
    state,
    input: ["text"],
    output: ["topic"],
    nodes: { only: specialist({ name: "only", does: "Sorts", input, output, run }) } as any,
    start: "only",
    edges: { only: END },
  } as any);

const made = (zod: any): Record<string, Schema> => ({
  object: zod.object({ text: zod.string().describe("What was said"), size: zod.int().max(9).optional() }),
  labels: zod.enum(["a", "b"]),
  date: zod.iso.date(),
  union: zod.union([zod.string(), zod.array(zod.number())]),
  record: zod.record(zod.enum(["x", "y"]), zod.number()),
  tuple: zod.tuple([zod.string(), zod.number()]),
  named: zod.object({ inner: zod.object({ a: zod.string() }).meta({ id: "Inner", title: "An inner one" }) }),
  fallback: zod.object({ n: zod.number().default(3) }),
  loose: zod.looseObject({ n: zod.number() }),
  lazy: zod.lazy(() => zod.object({ n: zod.number() })),
  medium: zod.object({ page: media.page() }),
});

describe.each([
  ["4.0", zod40],
  ["4.1", zod41],
])("schemas of zod %s", (_, zod: any) => {
  const now = made(z);
  test.each(Object.entries(made(zod)))("say themselves as those of today do: %s", (name, schema) => {
    for (const side of ["input", "output"] as const) expect(jsonSchemaOf(schema, side)).toEqual(jsonSchemaOf(now[name]!, side));
  });

  test("make a graph that runs", async () => {
    const topics = zod.enum(["a", "b"]);
    const one = graphOf(zod.object({ text: zod.string() }), zod.object({ topic: topics }), { text: zod.string(), topic: topics }, () => ({
      topic: "b",
    }));
    expect(check(one)).toEqual([]);
    expect(await compile(one).invoke({ text: "x" })).toEqual({ topic: "b" });
  });

  test("what they can't say is still an issue", () => {
    const one = graphOf(
      zod.object({ text: zod.date() }),
      zod.object({ topic: zod.string() }),
      { text: zod.date(), topic: zod.string() },
      (x) => x,
    );
    expect(check(one).map(({ code, path }) => [code, path.join(".")])).toEqual([
      ["schema-opaque", "state.text"],
      ["schema-opaque", "nodes.only"],
    ]);
  });
});

test("a schema of zod 3 is told that it is one, and what to do", () => {
  const one = graphOf(
    zod3.object({ text: zod3.string() }) as Schema,
    zod3.object({ topic: zod3.string() }) as Schema,
    { text: zod3.string(), topic: z.string() },
    (x) => x,
  );
  const issues = check(one);
  expect(issues.map(({ code, path }) => [code, path.join(".")])).toEqual([
    ["schema-opaque", "state.text"],
    ["schema-opaque", "nodes.only"],
    ["schema-opaque", "nodes.only"],
  ]);
  for (const { message, hint } of issues) {
    expect(message).toContain("this is zod 3");
    expect(hint).toContain("zod@4");
  }
});

test("what is no schema at all, or cannot say itself, is told what to do", () => {
  expect(() => jsonSchemaOf(v.string())).toThrow(
    expect.objectContaining({ code: "SCHEMA_OPAQUE", hint: expect.stringContaining("toStandardJsonSchema") }),
  );
  for (const nothing of [undefined, null, 3, "string", {}, { type: "string" }, { "~standard": {} }]) {
    expect(() => jsonSchemaOf(nothing as any)).toThrow(expect.objectContaining({ code: "SCHEMA_OPAQUE" }));
  }
});

test("Valibot's and ArkType's schemas make graphs that run", async () => {
  const valibot = (schema: any) => toStandardJsonSchema(schema) as Schema;
  const first = graphOf(
    valibot(v.object({ text: v.string() })),
    valibot(v.object({ topic: v.picklist(["a", "b"]) })),
    { text: valibot(v.string()), topic: valibot(v.picklist(["a", "b"])) },
    () => ({ topic: "a" }),
  );
  const second = graphOf(
    type({ text: "string" }) as Schema,
    type({ topic: "'a'|'b'" }) as Schema,
    { text: type("string"), topic: type("'a'|'b'") },
    () => ({ topic: "a" }),
  );
  for (const one of [first, second]) {
    expect(check(one)).toEqual([]);
    expect(await compile(one).invoke({ text: "x" })).toEqual({ topic: "a" });
  }
});

test("messages are read from issues whatever they are made of", async () => {
  const person = type({ name: "string", age: "number" }) as Schema;
  const graph = defineGraph({
    name: "people",
    state: { person, people: append(person) },
    input: ["person", "people"],
    output: ["people"],
    nodes: {},
    start: END,
    edges: {},
  } as any);
  const { input } = asSpecialist(graph);
  const problems = async (value: unknown) => {
    const result = await validate(input, value);
    return "problems" in result ? result.problems : [];
  };
  expect(await problems({ person: { name: 3, age: 1 }, people: [] })).toEqual(["person.name: name must be a string (was a number)"]);
  expect(await problems({ person: { name: "Ada", age: 1 }, people: [{ name: "Ada", age: "1" }] })).toEqual([
    "people.0.age: age must be a number (was a string)",
  ]);
});

test("a schema that validates asynchronously, or throws, is one of a field that must be there", async () => {
  expect(isOptional(z.string().refine(async () => true))).toBe(false);
  const failing = (validate: () => any) => ({ "~standard": { version: 1, vendor: "x", validate } }) as Schema;
  expect(isOptional(failing(() => Promise.reject(new Error("no"))))).toBe(false);
  expect(
    isOptional(
      failing(() => {
        throw new Error("no");
      }),
    ),
  ).toBe(false);
  // Nothing is left unheard.
  await new Promise((resolve) => setTimeout(resolve, 10));
});

/** A schema of nobody's library, of numbers. */
const of = (validate: (value: unknown) => unknown): Schema =>
  ({ "~standard": { version: 1, vendor: "own", validate, jsonSchema: { input: () => ({}), output: () => ({}) } } }) as unknown as Schema;

test("a part that throws leaves nothing unheard of the parts beside it", async () => {
  const unhandled: unknown[] = [];
  const hear = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", hear);
  onTestFinished(() => void process.off("unhandledRejection", hear));
  const rejects = of(() => Promise.reject(new Error("late")));
  const throws = of(() => expect.fail("at once"));
  const either = of((value) => (value === 1 ? Promise.reject(new Error("late")) : expect.fail("at once")));
  await expect(validate(objectSchema({ rejects, throws }), {})).rejects.toThrow();
  await expect(validate(listSchema(either), [1, 2])).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(unhandled).toEqual([]);
});

test("a part may be found out by any thenable", async () => {
  const later = of((value) => ({
    then: (tell: (result: unknown) => void) => tell(value === 1 ? { value } : { issues: [{ message: "no" }] }),
  }));
  expect(await validate(objectSchema({ n: later }), { n: 1 })).toEqual({ value: { n: 1 } });
  expect(await validate(listSchema(later), [1, 2])).toEqual({ problems: ["1: no"] });
  expect(isOptional(later)).toBe(false);
});

test("a refinement that gives a promise runs once, and where that rejects whoever validates hears it, and nobody else", async () => {
  let runs = 0;
  const slow = z.object({
    name: z.string().refine(async (name) => {
      runs++;
      if (name === "gone") throw new Error("the register is gone");
      return name !== "taken";
    }, "is taken"),
  });
  expect(await validate(slow, { name: "free" })).toEqual({ value: { name: "free" } });
  expect(await validate(slow, { name: "taken" })).toEqual({ problems: ["name: is taken"] });
  expect(runs).toBe(2);
  const unheard: unknown[] = [];
  const hear = (thrown: unknown) => unheard.push(thrown);
  process.on("unhandledRejection", hear);
  await expect(validate(slow, { name: "gone" })).rejects.toThrow("the register is gone");
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off("unhandledRejection", hear);
  expect(unheard).toEqual([]);
});

test("a refinement that answers at once is there at once, and one that throws rejects", async () => {
  expect(
    validate(
      z.string().refine((text) => text !== "", "is empty"),
      "",
    ),
  ).toEqual({ problems: ["is empty"] });
  await expect(
    validate(
      z.string().refine(() => {
        throw new Error("a bug");
      }),
      "",
    ),
  ).rejects.toThrow("a bug");
});
