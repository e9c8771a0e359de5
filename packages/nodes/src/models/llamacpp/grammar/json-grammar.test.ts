import { jsonSchemaOf } from "@troupe/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { llamaRuntime } from "../runtime.js";
import { jsonGrammar } from "./json-grammar.js";

/** Whether llama.cpp itself takes this text as a whole under the grammar of this schema. */
async function takes(schema: object, text: string): Promise<boolean> {
  const grammar = await (await llamaRuntime()).createGrammar({ grammar: jsonGrammar(schema as any) });
  return (grammar as any)._testText(text);
}

const cases: [what: string, schema: object, yes: string[], no: string[]][] = [
  [
    "required and optional properties, in order",
    jsonSchemaOf(z.object({ a: z.string(), b: z.number().optional(), c: z.boolean() })),
    ['{"a":"x","b":-1.5,"c":true}', '{"a": "x", "c": false}'],
    ['{"a":"x"}', '{"c":true}', '{"a":"x","c":true,"d":1}', '{"a":1,"c":true}', '{"a":"x","c":true} and more'],
  ],
  [
    "only optional properties",
    { type: "object", properties: { a: { type: "integer" }, b: { type: "integer" } } },
    ["{}", '{"a":1}', '{"b":2}', '{"a":1,"b":2}'],
    ['{"a":1,}', '{,"b":2}', '{"a":1.5}'],
  ],
  ["null beside a type", jsonSchemaOf(z.object({ a: z.string().nullable() })), ['{"a":null}', '{"a":"b"}'], ['{"a":1}']],
  [
    "enum and const",
    jsonSchemaOf(z.object({ a: z.enum(["x", 'say "y"']), b: z.literal(3) })),
    ['{"a":"say \\"y\\"","b":3}'],
    ['{"a":"z","b":3}', '{"a":"x","b":4}'],
  ],
  [
    "lists and their bounds",
    jsonSchemaOf(z.object({ a: z.array(z.int()).min(1).max(2), b: z.array(z.string()) })),
    ['{"a":[1],"b":[]}', '{"a":[1, 2],"b":["x", "y", "z"]}'],
    ['{"a":[],"b":[]}', '{"a":[1,2,3],"b":[]}', '{"a":[1],"b":[1]}'],
  ],
  ["a record", jsonSchemaOf(z.object({ a: z.record(z.string(), z.number()) })), ['{"a":{}}', '{"a":{"x":1,"y":2}}'], ['{"a":{"x":"1"}}']],
  [
    "a union of objects",
    jsonSchemaOf(
      z.object({ t: z.discriminatedUnion("k", [z.object({ k: z.literal("a"), n: z.number() }), z.object({ k: z.literal("b") })]) }),
    ),
    ['{"t":{"k":"a","n":1}}', '{"t":{"k":"b"}}'],
    ['{"t":{"k":"a"}}', '{"t":{"k":"c"}}'],
  ],
  [
    "a schema that refers to itself",
    {
      type: "object",
      properties: { tree: { $ref: "#/$defs/node" } },
      required: ["tree"],
      $defs: {
        node: {
          type: "object",
          properties: { v: { type: "integer" }, kids: { type: "array", items: { $ref: "#/$defs/node" } } },
          required: ["v", "kids"],
        },
      },
    },
    ['{"tree":{"v":1,"kids":[{"v":2,"kids":[]}]}}'],
    ['{"tree":{"v":1,"kids":[2]}}'],
  ],
  ["lengths of strings", { type: "string", minLength: 2, maxLength: 3 }, ['"ab"', '"é\\n"'], ['"a"', '"abcd"']],
  ["dates", { type: "string", format: "date" }, ['"2026-10-14"'], ['"14/10/2026"', '"2026-13-01"']],
  ["anything", {}, ['{"a":[1,null,{"b":"c"}]}', "3"], ["{a:1}"]],
  ["strings that would end the JSON", { type: "string" }, ['"\\u00e9 \\\\ \\""'], ['"a"b"', '"a\nb"', '"\\x"']],
  [
    "white space as models write it, bounded",
    { type: "object", properties: { a: { type: "array", items: { type: "integer" } } }, required: ["a"] },
    ['{\n  "a": [\n    1,\n    2\n  ]\n}', '{ "a": [1, 2] }', '{"a":[]}', '{"a": [\n]}'],
    [`{${" ".repeat(3)}"a":[]}`, `{\n${" ".repeat(40)}"a":[]}`, '{\n\n\n"a":[]}', '{"a" :[]}'],
  ],
  [
    "keys by patterns, and no others",
    { type: "object", patternProperties: { "^n_": { type: "number" }, "^s_": { type: "string" } }, additionalProperties: false },
    ["{}", '{"n_a":1,"s_b":"x"}'],
    ['{"n_a":"x"}', '{"s_a":1}', '{"x":1}'],
  ],
  [
    "keys beside those that are named",
    {
      type: "object",
      properties: { a: { type: "string" } },
      patternProperties: { "^b": { type: "number" } },
      additionalProperties: { type: "boolean" },
    },
    ['{"a":"x","b1":2,"c":true}', "{}"],
    ['{"a":1}', '{"a":"x","a":true}', '{"b1":true}', '{"c":2}'],
  ],
  [
    "names of keys",
    {
      type: "object",
      propertyNames: { pattern: "^[a-z]{2}$" },
      additionalProperties: { type: "integer" },
      minProperties: 1,
      maxProperties: 2,
    },
    ['{"ab":1}', '{"ab":1,"cd":2}'],
    ["{}", '{"abc":1}', '{"ab":1,"cd":2,"ef":3}'],
  ],
  [
    "so many of the optional fields",
    {
      type: "object",
      properties: { a: { type: "integer" }, b: { type: "integer" }, c: { type: "integer" } },
      additionalProperties: false,
      minProperties: 2,
    },
    ['{"a":1,"b":2}', '{"a":1,"c":2}', '{"a":1,"b":2,"c":3}'],
    ["{}", '{"a":1}', '{"c":1}'],
  ],
  [
    "labels without repetition",
    { type: "array", items: { enum: ["x", "y", "z"] }, uniqueItems: true, minItems: 1, maxItems: 2 },
    ['["x"]', '["z", "x"]'],
    ["[]", '["x","x"]', '["x","y","z"]'],
  ],
  ["what may not be", { type: "string", not: { enum: ["no", "nope"] }, maxLength: 4 }, ['"yes"', '"nop"'], ['"no"', '"nope"', '"maybe"']],
  ["labels without one", { enum: ["a", "b", 3], type: "string", not: { const: "b" } }, ['"a"'], ['"b"', "3"]],
  [
    "alternatives of one object",
    { type: "object", properties: { a: { type: "string" }, b: { type: "string" } }, anyOf: [{ required: ["a"] }, { required: ["b"] }] },
    ['{"a":"x"}', '{"b":"x"}', '{"a":"x","b":"y"}'],
    ["{}"],
  ],
  [
    "intersections",
    { allOf: [{ type: "number", minimum: 3 }, { type: "integer", maximum: 5 }, { anyOf: [{ maximum: 3 }, { minimum: 5 }] }] },
    ["3", "5"],
    ["2", "4", "6", "3.5"],
  ],
  [
    "a reference with bounds beside it",
    { $ref: "#/$defs/n", maximum: 9, $defs: { n: { type: "integer", minimum: 2 } } },
    ["2", "9"],
    ["1", "10"],
  ],
  [
    "what nothing fits, left out where it may be missing",
    { type: "object", properties: { a: { type: "integer" }, b: { not: {} }, c: { type: "array", items: { not: {} } } }, required: ["a"] },
    ['{"a":1}', '{"a":1,"c":[]}'],
    ['{"a":1,"b":2}', '{"a":1,"c":[1]}'],
  ],
  ["patterns together with lengths", { type: "string", pattern: "^(ab)+$", minLength: 3, maxLength: 5 }, ['"abab"'], ['"ab"', '"ababab"']],
  ["quotes and lines in a pattern", { type: "string", pattern: '^"\\\\\n[^a]$' }, ['"\\"\\\\\\n\\n"', '"\\"\\\\\\nb"'], ['"\\"\\\\\\na"']],
];

describe("the grammar of a JSON Schema", () => {
  it.each(cases)("%s", async (_what, schema, yes, no) => {
    for (const text of yes) expect([text, await takes(schema, text)]).toEqual([text, true]);
    for (const text of no) expect([text, await takes(schema, text)]).toEqual([text, false]);
  });
});

it("ends every text of a schema that refers to itself", async () => {
  const nested = (depth: number) => `${'{"next":'.repeat(depth)}null${"}".repeat(depth)}`;
  const schema = { type: "object", properties: { next: { anyOf: [{ $ref: "#" }, { type: "null" }] } }, required: ["next"] };
  expect(await takes(schema, nested(5))).toBe(true);
  expect(await takes(schema, nested(40))).toBe(false);
});

it("refuses what nothing fits before llama.cpp sees it", () => {
  for (const schema of [
    { not: {} },
    { type: "integer", minimum: 5, maximum: 4 },
    { type: "string", allOf: [{ pattern: "^a" }, { pattern: "^b" }] },
    { allOf: [{ type: "string" }, { type: "number" }] },
    { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/a" } } },
    { type: "object", properties: { a: { $ref: "#" } }, required: ["a"] },
    { type: "array", items: { type: "string" }, minItems: 5, maxItems: 2 },
    { type: "string", minLength: 5, maxLength: 2 },
    { type: "object", additionalProperties: { type: "string" }, minProperties: 2, maxProperties: 1 },
  ])
    expect(() => jsonGrammar(schema as any)).toThrow(expect.objectContaining({ code: "SCHEMA_UNSUPPORTED" }));
});

it("makes a grammar, or says that it is too large, in bounded time", () => {
  const refs = (count: number) => Array.from({ length: count }, () => ({ $ref: "#" }));
  const hostile = [
    { anyOf: [...refs(20), { type: "null" }] },
    { allOf: refs(12) },
    { type: "object", properties: { a: { allOf: refs(6) } } },
    { type: "object", properties: Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`k${i}`, { $ref: "#" }])) },
    { type: "string", pattern: "^(a|b|c){1,900}(d|e){1,900}$", minLength: 900 },
    { type: "string", minLength: 100_000, maxLength: 1_000_000 },
    {
      type: "object",
      properties: Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, { type: "string" }])),
      minProperties: 150,
    },
    { type: "array", items: { enum: Array.from({ length: 500 }, (_, i) => i) }, uniqueItems: true, maxItems: 100_000 },
  ];
  for (const schema of hostile) {
    try {
      expect(jsonGrammar(schema as any).length).toBeLessThan(5_000_000);
    } catch (error) {
      expect(error).toMatchObject({ code: "SCHEMA_UNSUPPORTED" });
    }
  }
});
