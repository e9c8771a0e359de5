import { expect, test } from "vitest";
import { z } from "zod";
import {
  append,
  asSpecialist,
  check,
  compile,
  defineGraph,
  END,
  jsonSchemaOf,
  media,
  type Schema,
  schemaFromJson,
  specialist,
} from "../index.js";
import { resolve } from "../schema/resolve.js";

/** A graph of one node that takes and gives what these schemas say. */
function around(input: Schema, output: Schema, state: Record<string, any>, { from = [], to = [], run = (x: any) => x }: any = {}) {
  return defineGraph({
    name: "one",
    state,
    input: from,
    output: to,
    nodes: { only: specialist({ name: "only", does: "Works", input, output, run }) } as any,
    start: "only",
    edges: { only: END },
  } as any);
}

interface Tree {
  name: string;
  children: Tree[];
}
/** One that refers to itself at its root, and one that does so further in. */
const rooted: z.ZodType<Tree> = z.object({
  name: z.string(),
  get children(): any {
    return z.array(rooted);
  },
});
const nested = z.object({ tree: z.object({ name: z.string(), children: z.lazy((): any => z.array(nested.shape.tree)) }) });
const oak = { name: "oak", children: [{ name: "acorn", children: [] }] };

test("a schema that refers to itself is what a node takes and gives whole", async () => {
  const graph = around(rooted, rooted, { name: z.string(), children: z.array(rooted) }, { from: ["name", "children"], to: ["children"] });
  expect(check(graph)).toEqual([]);
  expect(await compile(graph).invoke(oak)).toEqual({ children: oak.children });
  const wrong = around(
    rooted,
    rooted,
    { name: z.string(), children: z.array(z.object({ name: z.string(), children: z.string() })) },
    { from: ["name", "children"] },
  );
  expect(check(wrong).map(({ code, path }) => [code, path.join(".")])).toEqual([["field-type", "nodes.only.read.children"]]);
});

test("a schema that refers to itself is a field that nodes read, write and append", async () => {
  const input = z.object({ tree: rooted });
  const output = z.object({ tree: rooted, seen: nested.shape.tree });
  const graph = around(
    input,
    output,
    { tree: rooted, seen: append(rooted) },
    { from: ["tree"], to: ["seen", "tree"], run: ({ tree }: any) => ({ tree, seen: tree }) },
  );
  expect(check(graph)).toEqual([]);
  expect(await compile(graph).invoke({ tree: oak })).toEqual({ tree: oak, seen: [oak] });
  await expect(compile(graph).invoke({ tree: { name: "oak", children: [{ name: 3, children: [] }] } })).rejects.toThrow("children.0.name");
  const other = z.object({ tree: z.object({ name: z.string(), children: z.array(z.object({ name: z.number() })) }) });
  expect(check(around(other, output, { tree: rooted, seen: append(rooted) }, { from: ["tree"] }))).toMatchObject([
    { code: "field-type", path: ["nodes", "only", "read", "tree"], message: expect.stringContaining("text is not a number") },
  ]);
  const wrong = around(
    input,
    z.object({ seen: z.object({ name: z.string(), children: z.array(z.string()) }) }),
    { tree: rooted, seen: append(rooted) },
    { from: ["tree"] },
  );
  expect(check(wrong).map(({ code, path }) => [code, path.join(".")])).toEqual([["field-type", "nodes.only.write.seen"]]);
});

test("a list of schemas that refer to themselves is gone through and collected", async () => {
  const visit = specialist({
    name: "visit",
    does: "Visits",
    input: z.object({ tree: rooted }),
    output: z.object({ first: rooted }),
    run: ({ tree }) => ({ first: tree.children[0] ?? tree }),
  });
  const graph = defineGraph({
    name: "forest",
    state: { forest: append(rooted), tree: rooted, first: rooted, firsts: z.array(rooted), text: z.string() },
    input: ["forest", "text"],
    output: ["firsts"],
    nodes: {
      open: specialist({ name: "open", does: "Opens", input: z.object({ text: z.string() }), output: z.object({}), run: () => ({}) }),
      visit,
    },
    start: "open",
    edges: { open: { each: "forest", as: "tree", to: "visit", collect: { first: "firsts" }, then: END }, visit: END },
  } as any);
  expect(check(graph)).toEqual([]);
  expect(await compile(graph).invoke({ forest: [oak], text: "" })).toEqual({ firsts: [oak.children[0]] });
});

test("every reference in what a graph says of itself as a specialist leads somewhere", () => {
  const graph = around(
    z.object({ tree: rooted }),
    z.object({}),
    { tree: rooted, "a/b~c": nested.shape.tree, seen: append(rooted), plain: z.string() },
    { from: ["tree", "a/b~c", "seen", "plain"] },
  );
  const json = jsonSchemaOf(asSpecialist(graph).input);
  const refs = [...JSON.stringify(json).matchAll(/"\$ref":"([^"]*)"/g)].map(([, ref]) => ref!);
  expect(refs.length).toBeGreaterThan(3);
  for (const $ref of refs) expect(resolve({ $ref }, json)).toMatchObject({ type: "object", properties: { name: { type: "string" } } });
});

const named = z.object({ text: z.string(), topic: z.enum(["a", "b"]) }).meta({ id: "Whole" });
const shapes = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("circle"), radius: z.number() }),
  z.object({ kind: z.literal("square"), side: z.number(), label: z.string().optional() }),
]);
const state = {
  text: z.string(),
  topic: z.enum(["a", "b"]),
  kind: z.enum(["circle", "square"]),
  radius: z.number().optional(),
  side: z.number().optional(),
  label: z.string().optional(),
  x: z.number(),
  y: z.number().optional(),
};

test.each([
  ["a schema with an id", named, ["text", "topic"], { text: "t", topic: "a" }],
  ["a discriminated union", shapes, ["kind", "radius", "side", "label"], { kind: "circle", radius: 2 }],
  [
    "a union",
    z.union([z.object({ kind: z.literal("circle"), radius: z.number() }), z.object({ kind: z.literal("square") })]),
    ["kind", "radius"],
    { kind: "square" },
  ],
  ["an intersection", z.intersection(z.object({ text: z.string() }), z.object({ x: z.number() })), ["text", "x"], { text: "t", x: 1 }],
  ["a record of labels", z.record(z.enum(["x"]), z.number()), ["x"], { x: 3 }],
  ["a record of some labels", z.partialRecord(z.enum(["x", "y"]), z.number()), ["x", "y"], { x: 3 }],
])("%s as a whole is read field by field", async (_, schema, fields, value) => {
  const graph = around(schema as any, z.object({ x: z.number() }), state, {
    from: Object.keys(value),
    to: ["x"],
    run: (given: any) => ({ x: JSON.stringify(given).length }),
  });
  expect(check(graph)).toEqual([]);
  expect(Object.keys(graph.nodes.only!.read)).toEqual([]);
  expect(await compile(graph).invoke(value as any)).toEqual({ x: JSON.stringify(value).length });
  // A field of the wrong type is seen too.
  const wrong = around(schema as any, z.object({}), { ...state, [fields[0]!]: z.array(z.boolean()) }, {});
  expect(check(wrong).map(({ code, path }) => [code, path.join(".")])).toContainEqual(["field-type", `nodes.only.read.${fields[0]}`]);
});

test.each([
  ["a schema with an id", named, { text: "t", topic: "a" }],
  ["a discriminated union", shapes, { kind: "circle", radius: 2 }],
  ["a record of labels", z.record(z.enum(["x"]), z.number()), { x: 3 }],
])("%s as a whole is written field by field", async (_, schema, value) => {
  const optional = { ...state, kind: state.kind.optional(), x: state.x.optional() };
  const graph = around(
    z.object({}),
    schema as any,
    { ...optional, text: z.string(), topic: z.enum(["a", "b"]) },
    { to: Object.keys(value), run: () => value },
  );
  expect(check(graph)).toEqual([]);
  expect(await compile(graph).invoke({})).toEqual(value);
});

test.each([
  ["a record", z.record(z.string(), z.number())],
  ["a list", z.array(z.string())],
  ["a text", z.string()],
  ["what may be null", z.object({ text: z.string() }).nullable()],
  ["a union of an object and a text", z.union([z.object({ text: z.string() }), z.string()])],
  ["anything", z.any()],
  ["an object that says nothing of its fields", schemaFromJson({ type: "object" })],
  ["a medium", media.page()],
])("%s as a whole is refused, since nothing of it could be read or written", (_, schema) => {
  const graph = around(schema as any, z.object({}), state);
  expect(check(graph).map(({ code, path }) => [code, path.join(".")])).toEqual([["no-fields", "nodes.only"]]);
  const other = around(z.object({}), schema as any, state);
  expect(check(other).map(({ code, path }) => [code, path.join(".")])).toEqual([["no-fields", "nodes.only"]]);
  expect(check(other)[0]!.message).toContain("output");
});

test.each([
  ["names no fields", "no-fields", z.string()],
  ["can't be written as JSON Schema", "schema-opaque", z.object({ text: z.bigint() })],
])("a schema that %s, put in the place of a graph's own, is named", (_, code, schema) => {
  const text = z.object({ text: z.string() });
  const inner = asSpecialist(around(text, text, { text: z.string() }, { from: ["text"], to: ["text"] }) as any);
  expect(check(around(inner.input as any, inner.output as any, { text: z.string() }, { from: ["text"], to: ["text"] }))).toEqual([]);
  for (const side of ["input", "output"]) {
    const graph = defineGraph({
      name: "outer",
      state: { text: z.string() },
      input: ["text"],
      output: ["text"],
      nodes: { only: { specialist: { ...inner, [side]: schema }, read: {}, write: {}, set: {} } },
      start: "only",
      edges: { only: END },
    } as any);
    expect(check(graph).map(({ code, path }) => [code, path.join(".")])).toEqual([[code, "nodes.only"]]);
  }
});
