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
];

describe("the grammar of a JSON Schema", () => {
  it.each(cases)("%s", async (_what, schema, yes, no) => {
    for (const text of yes) expect([text, await takes(schema, text)]).toEqual([text, true]);
    for (const text of no) expect([text, await takes(schema, text)]).toEqual([text, false]);
  });
});

it("refuses bounds that nothing fits before llama.cpp sees them", () => {
  for (const schema of [
    { type: "array", items: { type: "string" }, minItems: 5, maxItems: 2 },
    { type: "string", minLength: 5, maxLength: 2 },
    { type: "object", additionalProperties: { type: "string" }, minProperties: 2, maxProperties: 1 },
  ])
    expect(() => jsonGrammar(schema as any)).toThrow(expect.objectContaining({ code: "SCHEMA_UNSUPPORTED" }));
});
