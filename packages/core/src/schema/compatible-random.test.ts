import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compatible } from "./compatible.js";
import type { JsonSchema } from "./json.js";

const keys = ["kind", "a", "b"];
const labels = fc.uniqueArray(fc.constantFrom("x", "y", "z"), { minLength: 1 });
const schema: fc.Arbitrary<JsonSchema> = fc.letrec<{ any: JsonSchema; leaf: JsonSchema; object: JsonSchema }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<JsonSchema>(
      { type: "string" },
      { type: "number" },
      { type: "integer" },
      { type: "boolean" },
      { type: "null" },
      { const: true },
    ),
    labels.map((all) => (all.length === 1 ? { const: all[0]! } : { type: "string", enum: all })),
  ),
  object: fc
    .record({
      properties: fc.dictionary(fc.constantFrom(...keys), tie("any"), { maxKeys: 3 }),
      left: fc.subarray(keys),
      closed: fc.constantFrom(false, undefined),
    })
    .map(({ properties, left, closed }) => ({
      type: "object",
      properties,
      required: Object.keys(properties).filter((key) => !left.includes(key)),
      ...(closed === false ? { additionalProperties: false } : {}),
    })),
  any: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    tie("leaf"),
    tie("object"),
    tie("any").map((items) => ({ type: "array", items })),
    labels.chain((all) => tie("leaf").map((more) => ({ anyOf: [...all.map((one) => ({ const: one })), more] }))),
    fc.array(tie("any"), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    labels.chain((all) =>
      fc.array(tie("object"), { minLength: all.length, maxLength: all.length }).map((objects) => ({
        anyOf: objects.map((one, i) => ({
          ...one,
          properties: { ...one.properties, kind: { const: all[i]! } },
          required: [...new Set(["kind", ...one.required!])],
        })),
      })),
    ),
  ),
})).any;

/** Values of a schema that hold what it names and no more. */
function valueFor(one: JsonSchema): fc.Arbitrary<unknown> {
  if (one.const !== undefined) return fc.constant(one.const);
  if (one.enum) return fc.constantFrom(...one.enum);
  if (one.anyOf) return fc.oneof(...one.anyOf.map(valueFor));
  switch (one.type) {
    case "string":
      return fc.constantFrom("x", "y", "other");
    case "number":
      return fc.constantFrom(0, 1.5);
    case "integer":
      return fc.constantFrom(0, 7);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(valueFor(one.items!), { maxLength: 2 });
    default:
      return fc.record(Object.fromEntries(Object.entries(one.properties!).map(([key, part]) => [key, valueFor(part)])), {
        requiredKeys: [...one.required!],
      });
  }
}

test("where one schema fits another, every value of it is taken; what is taken by itself fits", () => {
  const ajv = new Ajv2020({ strict: false });
  const tally = { fits: 0, not: 0 };
  fc.assert(
    fc.property(
      schema.chain((from) =>
        fc.tuple(fc.constant(from), fc.oneof(schema, fc.constant(from)), fc.array(valueFor(from), { minLength: 12, maxLength: 12 })),
      ),
      ([from, to, values]) => {
        expect(compatible(from, from)).toBeUndefined();
        const why = compatible(from, to);
        tally[why === undefined ? "fits" : "not"]++;
        if (why !== undefined) return;
        const valid = ajv.compile(to);
        for (const value of values) expect([value, valid(value)]).toEqual([value, true]);
      },
    ),
    { numRuns: 1500 },
  );
  expect(Math.min(tally.fits, tally.not)).toBeGreaterThan(200);
});
