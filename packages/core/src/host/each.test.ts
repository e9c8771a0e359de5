import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { append, compile, defineGraph, END, reduced, specialist, sum, use } from "../index.js";

/** A graph whose items each tell what they cost, what they saw and a note, after turns of their own. */
function costing(atOnce: number | undefined) {
  const work = specialist({
    name: "work",
    does: "Works on one",
    input: z.object({ item: z.number(), cost: z.number() }),
    output: z.object({ cost: z.number(), seen: z.string(), longest: z.string(), note: z.string() }),
    run: async ({ item, cost }) => {
      for (let i = item; i > 0; i--) await new Promise(setImmediate);
      return { cost: item, seen: `saw ${item}`, longest: "x".repeat(item), note: `${cost}` };
    },
  });
  const first = specialist({
    name: "first",
    does: "Costs one",
    input: z.object({}),
    output: z.object({ cost: z.number() }),
    run: () => ({ cost: 1 }),
  });
  return compile(
    defineGraph({
      name: "costs",
      state: {
        items: z.array(z.number()),
        item: z.number(),
        cost: sum(z.number()),
        seen: append(z.string()),
        longest: reduced("longer", z.string()),
        note: z.string(),
        notes: z.array(z.string()),
      },
      input: ["items"],
      output: ["cost", "seen", "notes", "longest"],
      reducers: { longer: (a: string, b: string) => (b.length > a.length ? b : a) },
      nodes: { first, work: use(work) },
      start: "first",
      edges: {
        first: { each: "items", as: "item", to: "work", collect: { note: "notes" }, then: END, ...(atOnce ? { atOnce } : {}) },
        work: END,
      },
    } as any),
  );
}

test("what items contribute is folded in their order, however they end, and none of them sees it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(9), { minLength: 1, maxLength: 8 }), fc.constantFrom(undefined, 1, 2, 3), async (items, atOnce) => {
      const output = await costing(atOnce).invoke({ items });
      expect(output).toEqual({
        cost: items.reduce((total, one) => total + one, 1),
        seen: items.map((one) => `saw ${one}`),
        notes: items.map(() => "1"),
        longest: "x".repeat(Math.max(...items)),
      });
    }),
    { numRuns: 40 },
  );
});

test("a label is not missing, whatever it is called", async () => {
  const choose = (name: string, label: string | undefined) =>
    compile(
      defineGraph({
        name: "labels",
        state: { label: z.enum(["undefined", "other"]).optional(), took: z.string() },
        input: [],
        output: ["took"],
        nodes: {
          pick: specialist({
            name,
            does: "Picks a label",
            input: z.object({}),
            output: z.object({ label: z.enum(["undefined", "other"]).optional() }),
            run: () => ({ label }) as any,
          }),
          named: specialist({
            name: "n",
            does: "n",
            input: z.object({}),
            output: z.object({ took: z.string() }),
            run: () => ({ took: "named" }),
          }),
          rest: specialist({
            name: "r",
            does: "r",
            input: z.object({}),
            output: z.object({ took: z.string() }),
            run: () => ({ took: "rest" }),
          }),
        },
        start: "pick",
        edges: { pick: { by: "label", to: { undefined: "named", other: "rest" }, otherwise: "rest" }, named: END, rest: END },
      } as any),
    ).invoke({});
  expect(await choose("pick", "undefined")).toEqual({ took: "named" });
  expect(await choose("pick", undefined)).toEqual({ took: "rest" });
});
