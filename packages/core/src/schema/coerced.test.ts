import { expect, test } from "vitest";
import { z } from "zod";
import { coerced } from "./coerced.js";

const n = z.object({ n: z.coerce.number() });

test.each([
  ["no number", n, { n: null }, ["n: expected a number, got null"]],
  ["a blank", n, { n: " " }, ['n: expected a number, got " "']],
  ["a list", n, { n: [] }, ["n: expected a number, got an empty list"]],
  ["yes and no", z.object({ b: z.coerce.boolean() }), { b: "no" }, ['b: expected a boolean, got "no"']],
  ["no text", z.object({ s: z.coerce.string().optional() }), { s: null }, ["s: expected a string, got null"]],
  ["an item", z.array(z.object({ n: z.coerce.number().min(1) })), [{ n: 1 }, { n: true }], ["1.n: expected a number, got true"]],
  ["a value of a record", z.record(z.string(), z.coerce.number().pipe(z.number())), { a: "" }, ['a: expected a number, got ""']],
  ["by itself", z.coerce.number(), null, ["expected a number, got null"]],
] as const)("%s is made nothing of", (_, schema, value, problems) => {
  expect(coerced(schema, value).map((one) => one.slice(0, 60))).toEqual(problems);
});

test("what says a value is left to zod, and so is what may be null or missing", () => {
  const all = z.object({ n: z.coerce.number().nullable(), s: z.coerce.string(), b: z.coerce.boolean(), t: z.tuple([z.coerce.number()]) });
  expect(coerced(all, { n: null, s: 5, b: "true", t: ["1.5"] })).toEqual([]);
  for (const b of ["True", "yes", "1", 0, 1, false]) expect(coerced(all, { b })).toEqual([]);
  expect(coerced(all, {})).toEqual([]);
  expect(
    coerced(
      z.preprocess((x) => x ?? 0, z.number()),
      null,
    ),
  ).toEqual([]);
});
