import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { readGraph } from "../file/read-graph.js";
import { check, compile, defineGraph, END, type JsonSchema, schemaFromJson, specialist } from "../index.js";
import { compatible } from "./compatible.js";
import { jsonSchemaOf, validate } from "./schema.js";

const problems = async (json: JsonSchema, value: unknown) => {
  const result = await validate(schemaFromJson(json), value);
  return "problems" in result ? result.problems : [];
};

const keys = { type: "object", patternProperties: { "^x": { type: "number" } }, additionalProperties: false } as const;
test.each<[any, unknown, unknown]>([
  [keys, { xa: 1, xb: 2 }, { xa: "1" }],
  [keys, {}, { y: 1 }],
  [{ type: "string", not: { const: "no" } }, "yes", "no"],
  [
    { type: "array", uniqueItems: true },
    [1, 2],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
  ],
  [{ type: "object", propertyNames: { pattern: "^[a-z]+$" } }, { ab: 1 }, { A1: 1 }],
  [{ type: "object", minProperties: 2, maxProperties: 3 }, { a: 1, b: 2 }, { a: 1 }],
  [{ type: "number", multipleOf: 0.5 }, 1.5, 1.2],
  [{ type: "array", contains: { const: 1 }, maxContains: 1 }, [1, 2], [1, 1]],
  [
    {
      oneOf: [
        { type: "number", minimum: 3 },
        { type: "number", maximum: 5 },
      ],
    },
    2,
    4,
  ],
  [{ allOf: [{ minimum: 5 }, { minimum: 3 }], type: "number" }, 5, 4],
  [{ $ref: "#/$defs/five", minimum: 3, $defs: { five: { type: "number", minimum: 5 } } }, 5, 4],
  [{ if: { properties: { a: { const: 1 } } }, then: { required: ["b"] }, type: "object" }, { a: 2 }, { a: 1 }],
  [{ type: "object", dependentRequired: { a: ["b"] } }, { a: 1, b: 1 }, { a: 1 }],
  [{ type: "object", properties: { a: {} }, unevaluatedProperties: false }, { a: 1 }, { b: 1 }],
  [{ type: "array", prefixItems: [{ type: "string" }], items: false }, ["a"], ["a", 1]],
  [{ type: "string", maxLength: 1 }, "😀", "😀😀"],
  [{ const: { a: 1, b: [2] } }, { b: [2], a: 1 }, { a: 1, b: [3] }],
  [{ type: "string", format: "date" }, "2026-03-14", "14.3.2026"],
  [{ type: "string", format: "email" }, "a@example.org", "a at example"],
  [{ type: "string", format: "time" }, "10:00:00", "10 o'clock"],
  [{ type: "string", format: "time" }, "19:30", "29:30:00"],
  [{ type: "string", format: "date-time" }, "2026-03-14T10:00:00", "2026-03-14"],
  [{ type: "string", format: "date-time" }, "2026-03-14T10:00", "2026-02-30T10:00:00"],
  [{ type: "string", format: "date-time" }, "2026-03-14T10:00:00+02:00", "2026-03-14T25:00:00"],
])("what a schema that came as data says is held: %j", async (json, right, wrong) => {
  expect(await problems(json, right)).toEqual([]);
  const [first] = await problems(json, wrong);
  expect(first).toMatch(/\w+/);
});

const scalar = fc.constantFrom<unknown>(null, true, 0, 1, 2.5, -3, 7, "", "a", "ab", "abc", "b1", "ö");
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    scalar,
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "ab", "x1"), tie("any"), { maxKeys: 3 }),
  ),
})).any;
const bound = fc.integer({ min: 0, max: 3 });
const pattern = fc.constantFrom("^a", "b", "^x\\d$", "^$");
const json: fc.Arbitrary<JsonSchema> = fc.letrec<{ schema: JsonSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom<JsonSchema>(
      {},
      { type: "string" },
      { type: "integer" },
      { type: ["number", "null"] },
      { enum: ["a", 1] },
      { const: "ab" },
      { type: "boolean" },
    ),
    fc.record<any>(
      {
        type: fc.constantFrom("string", "number"),
        minLength: bound,
        maxLength: bound,
        pattern,
        minimum: bound,
        exclusiveMaximum: bound,
        multipleOf: fc.constantFrom(1, 2.5),
      },
      { requiredKeys: ["type"] },
    ),
    fc.record<any>(
      {
        type: fc.constant("array"),
        items: tie("schema"),
        prefixItems: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }),
        minItems: bound,
        maxItems: bound,
        uniqueItems: fc.boolean(),
        contains: tie("schema"),
      },
      { requiredKeys: ["type"] },
    ),
    fc.record<any>(
      {
        type: fc.constant("object"),
        properties: fc.dictionary(fc.constantFrom("a", "b"), tie("schema")),
        required: fc.uniqueArray(fc.constantFrom("a", "b", "x1")),
        additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
        patternProperties: fc.dictionary(pattern, tie("schema"), { maxKeys: 2 }),
        propertyNames: fc.record({ pattern }),
        minProperties: bound,
        maxProperties: bound,
      },
      { requiredKeys: ["type"] },
    ),
    fc.record<any>(
      { anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }), type: fc.constantFrom("string", "number", "object") },
      { requiredKeys: ["anyOf"] },
    ),
    fc.record<any>(
      {
        oneOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }),
        allOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }),
        not: tie("schema"),
      },
      { requiredKeys: [] },
    ),
  ),
})).schema;

test("values are taken and refused as the standard says, whatever the schema", async () => {
  const ajv = new Ajv2020({ strict: false });
  await fc.assert(
    fc.asyncProperty(json, fc.array(value, { minLength: 4, maxLength: 8 }), async (schema, values) => {
      const valid = ajv.compile(schema);
      const held = schemaFromJson(schema);
      for (const one of values) expect([one, "value" in (await validate(held, one))]).toEqual([one, valid(one)]);
    }),
    { numRuns: 200 },
  );
});

test.each<[string, any, string]>([
  ["a keyword that is misspelt", { type: "array", uniqeItems: true }, "uniqueItems"],
  ["a keyword of another dialect", { type: "object", discriminator: { propertyName: "a" } }, "discriminator"],
  ["a format that nothing is known of", { type: "string", format: "colour" }, "colour"],
  ["a pattern that is none", { type: "string", pattern: "(" }, "("],
  ["a reference that leads nowhere", { $ref: "#/$defs/none" }, "#/$defs/none"],
  ["a type that is none", { type: "strng" }, "type"],
  ["a bound that is none", { type: "string", minLength: "two" }, "minLength"],
  ["one deep inside", { type: "object", properties: { a: { type: "array", items: { type: "string", patern: "a" } } } }, "pattern"],
])("%s is refused where the schema is made, and is an issue in a file", async (_, json, name) => {
  expect(() => schemaFromJson(json)).toThrow(expect.objectContaining({ code: "SCHEMA_UNHELD", message: expect.stringContaining(name) }));
  const text = JSON.stringify(
    {
      name: "g",
      state: { a: json.type ? json : { anyOf: [json] }, b: "string" },
      input: ["b"],
      output: [],
      nodes: {},
      start: "end",
      edges: {},
    },
    null,
    1,
  );
  const { issues } = await readGraph({ text }, { load: async () => ({}) });
  expect(issues).toContainEqual(
    expect.objectContaining({ code: "schema-unheld", path: ["state", "a"], line: 4, message: expect.stringContaining(name) }),
  );
});

test("a format that nothing is known of is held by the pattern beside it", async () => {
  const formatted = { type: "object", properties: { id: { type: "string", format: "nanoid", pattern: "^[a-z]{3}$" } } };
  expect(await problems(formatted, { id: "abc" })).toEqual([]);
  expect(await problems(formatted, { id: "ab" })).toHaveLength(1);
  for (const schema of [z.nanoid(), z.cuid2(), z.ulid(), z.emoji(), z.base64url(), z.e164(), z.cidrv4(), z.string().startsWith("a")])
    expect(() => schemaFromJson(jsonSchemaOf(schema))).not.toThrow();
  expect(() => schemaFromJson({ type: "string", format: "nanoid" })).toThrow("nanoid");
});

test("what says nothing of values is no hindrance", async () => {
  const noted = {
    type: "string",
    title: "T",
    description: "d",
    default: "a",
    examples: ["b"],
    deprecated: true,
    $comment: "c",
    "x-media-note": 1,
    id: "Named",
  };
  expect(await problems(noted, "x")).toEqual([]);
  expect(await problems({ ...noted, minLength: 2, pattern: "^x" }, "xy")).toEqual([]);
});

test("a graph with such schemas runs, and refuses what they refuse", async () => {
  const schema = schemaFromJson(keys);
  const only = specialist({
    name: "only",
    does: "Passes on",
    input: { ...schema, ...schemaFromJson({ type: "object", properties: { x: keys }, required: ["x"] }) },
    output: schemaFromJson({ type: "object", properties: { y: keys }, required: ["y"] }),
    run: ({ x }: any) => ({ y: x }),
  });
  const graph = defineGraph({
    name: "g",
    state: { x: schema, y: schema },
    input: ["x"],
    output: ["y"],
    nodes: { only } as any,
    start: "only",
    edges: { only: END },
  } as any);
  expect(check(graph)).toEqual([]);
  expect(await compile(graph).invoke({ x: { x1: 1 } })).toEqual({ y: { x1: 1 } });
  await expect(compile(graph).invoke({ x: { y1: 1 } })).rejects.toThrow(expect.objectContaining({ code: "INPUT_INVALID" }));
});

test("a default stands where nothing is given, held like any other value", async () => {
  const length: JsonSchema = { type: "integer", minimum: 5, default: 40 };
  expect(await validate(schemaFromJson(length), undefined)).toEqual({ value: 40 });
  expect(await validate(schemaFromJson(length, true), undefined)).toEqual({ value: 40 });
  expect(await validate(schemaFromJson(length), 9)).toEqual({ value: 9 });
  expect(await problems({ ...length, default: 2 }, undefined)).toHaveLength(1);
});

test("decimals are multiples of decimal steps", async () => {
  const cents = schemaFromJson({ type: "number", multipleOf: 0.01 });
  for (const value of [19.99, 0.07, 4.35, -0.01, 1_234_567.89]) expect(await validate(cents, value)).toEqual({ value });
  for (const value of [1.005, 0.001]) expect(await validate(cents, value)).toHaveProperty("problems");
  expect(compatible({ type: "number", multipleOf: 0.3 }, { type: "number", multipleOf: 0.1 }, { bounds: true })).toBeUndefined();
  expect(compatible({ type: "number", multipleOf: 0.25 }, { type: "number", multipleOf: 0.1 }, { bounds: true })).toBeDefined();
});
