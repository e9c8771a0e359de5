import { expect, test } from "vitest";
import { jsonSchemaOf, type Schema } from "./schema.js";

const of = (json: object) =>
  ({
    "~standard": {
      version: 1,
      vendor: "x",
      validate: (value: unknown) => ({ value }),
      jsonSchema: { input: () => json, output: () => json },
    },
  }) as unknown as Schema;

test.each([
  ["nests too deep", Array.from({ length: 5_000 }).reduce<object>((items) => ({ type: "array", items }), { type: "string" })],
  ["doubles at each step", Array.from({ length: 40 }).reduce<object>((one) => ({ anyOf: [one, one] }), { type: "string" })],
  [
    "holds itself as an object",
    (() => {
      const one: any = { type: "array" };
      one.items = one;
      return one;
    })(),
  ],
])("a schema that %s is refused, in time", (_, json) => {
  expect(() => jsonSchemaOf(of(json))).toThrow(
    expect.objectContaining({ code: "SCHEMA_OPAQUE", message: expect.stringMatching(/nests|large/) }),
  );
});

test("one that is large and shares parts is taken", () => {
  const one = { type: "object", properties: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, { type: "string" }])) };
  const json = { type: "object", properties: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`g${i}`, one])) };
  expect(jsonSchemaOf(of(json))).toEqual(json);
});
