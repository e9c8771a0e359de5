import { jsonSchemaOf, type Schema } from "@troupe/core";
import { describe, expect, it } from "vitest";
import { jsonGrammar } from "../../packages/nodes/src/models/llamacpp/grammar/json-grammar.js";
import { llamaRuntime } from "../../packages/nodes/src/models/llamacpp/runtime.js";
import { table } from "./table.mjs";

/** Whether llama.cpp itself takes these values under the grammar of this schema, written closely and in lines. */
async function taken(schema: Schema, values: readonly unknown[]): Promise<unknown[]> {
  const grammar = await (await llamaRuntime()).createGrammar({ grammar: jsonGrammar(jsonSchemaOf(schema)) });
  return values.filter((value) => [0, 2].every((indent) => (grammar as any)._testText(JSON.stringify(value, undefined, indent))));
}

const valid = async (schema: Schema, values: readonly unknown[]) => {
  const results = await Promise.all(values.map((value) => schema["~standard"].validate(value)));
  return values.filter((_, i) => !results[i]!.issues);
};

it("holds at least a hundred schemas", () => {
  expect(table.length).toBeGreaterThanOrEqual(100);
  expect(new Set(table.map(({ name }) => name)).size).toBe(table.length);
});

describe("schema, grammar and validator agree on", () => {
  it.each(table.map((row) => [row.name, row] as const))("%s", async (_, { schema, fits, misfits, loose }) => {
    expect(await valid(schema, fits)).toEqual(fits);
    expect(await valid(schema, [...misfits, ...loose])).toEqual([]);
    expect(await taken(schema, fits)).toEqual(fits);
    expect(await taken(schema, misfits)).toEqual([]);
  });
});
