import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { cut, type Growing, grow, growing, grownAmid } from "../engine/growing.js";
import type { Schema } from "../schema/schema.js";
import { heldInput } from "./held-input.js";

const item = z.object({ n: z.number() });
const held = (schema: Schema, all: unknown) => heldInput(schema, { all, more: 1 });

/** What a run does with a list: another contribution at its end or amid it, a reader that starts, one that takes its input. */
const steps = fc.array(fc.record({ step: fc.constantFrom("add", "amid", "read", "read", "take"), at: fc.nat(20), reader: fc.nat(1) }), {
  maxLength: 60,
});

test("whoever reads a list that grows finds what it was when it was handed out, whole and in order", () => {
  const schemas = [z.object({ all: z.array(item) }), z.object({ all: z.array(z.looseObject({ n: z.number() })), more: z.number() })];
  fc.assert(
    fc.property(steps, (plan) => {
      let list: Growing = growing([{ n: -1, more: "x" }]);
      const model: object[] = [...(list.items as object[])];
      const readers: { schema: Schema; all: unknown; was: readonly object[] }[] = [];
      for (const [n, { step, at, reader }] of plan.entries()) {
        const one = { n, more: "x" };
        if (step === "add") {
          grow(list, one);
          model.push(one);
        } else if (step === "amid") {
          const place = at % (model.length + 1);
          list = grownAmid(list, place, one);
          model.splice(place, 0, one);
        } else if (step === "read") readers.push({ schema: schemas[reader]!, all: cut(list), was: [...model] });
        else {
          const [taken] = readers.splice(at % (readers.length || 1), 1);
          if (taken)
            expect(held(taken.schema, taken.all)).toEqual({
              value: taken.schema["~standard"].validate({ all: taken.was, more: 1 })["value" as never],
            });
        }
      }
      expect(list.items).toEqual(model);
    }),
    { numRuns: 500 },
  );
});

/** A schema that says which lists were held to it. */
function watched<S extends Schema>(schema: S) {
  const seen: number[] = [];
  const standard = schema["~standard"];
  const validate = (value: any) => {
    seen.push(value.all.length);
    return standard.validate(value);
  };
  return { seen, schema: Object.create(schema, { "~standard": { value: { ...standard, validate } } }) as S };
}

const read = (schema: Schema) => {
  const list = growing([]);
  for (const n of [1, 2, 3]) {
    grow(list, { n });
    expect(held(schema, cut(list))).toMatchObject({ value: { all: list.items } });
  }
};

test("a schema that only looks at each item is shown each once", () => {
  const { schema, seen } = watched(z.object({ all: z.array(item) }));
  read(schema);
  expect(seen).toEqual([1, 1, 1]);
});

test.each([
  ["of the list", z.object({ all: z.array(item).refine(() => true) })],
  ["of an item", z.object({ all: z.array(item.refine(() => true)) })],
  ["of all", z.object({ all: z.array(item) }).refine(() => true)],
  ["of how long it is", z.object({ all: z.array(item).max(3) })],
])("a schema with a condition %s is shown the whole list each time", (_, whole) => {
  const { schema, seen } = watched(whole);
  read(schema);
  expect(seen).toEqual([1, 2, 3]);
});

test("what is wrong with an item is said at its place in the whole list, and each time", () => {
  const schema = z.object({ all: z.array(item) });
  const list = growing([{ n: 1 }]);
  held(schema, cut(list));
  grow(list, { n: "two" });
  for (let i = 0; i < 2; i++) expect(held(schema, cut(list))).toMatchObject({ problems: [expect.stringMatching(/^all\.1\.n: /)] });
});

test("a list that its reader changes is nobody else's, and its items cannot be changed", () => {
  const schema = z.object({ all: z.array(item) });
  const list = growing([{ n: 1 }]);
  const { value } = held(schema, cut(list)) as { value: { all: { n: number }[] } };
  value.all.push({ n: 2 });
  value.all.reverse();
  expect(() => Object.assign(value.all[1]!, { n: 9 })).toThrow(TypeError);
  expect(held(schema, cut(list))).toEqual({ value: { all: [{ n: 1 }] } });
  expect(list.items).toEqual([{ n: 1 }]);
});
