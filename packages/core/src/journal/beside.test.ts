import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunRecord } from "../engine/record.js";
import { joined, parted } from "./beside.js";

const long = fc.integer({ min: 1, max: 3 }).map((n) => "long ".repeat(2000 * n));
/** JSON of any shape, some of it large, some keys those of objects themselves. */
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(fc.string({ unit: "binary" }), long, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("__proto__", "0", "toString")), tie("value"), { maxKeys: 3 }),
    fc.array(fc.record({ a: fc.string({ maxLength: 5 }) }), { minLength: 900, maxLength: 1000 }),
  ),
})).value;
const record = json.map((output) => ({ kind: "completed", at: "n", output, ms: 1, usage: [] }) as unknown as RunRecord);

test("what is taken out of records comes back in its place, and nothing large stays that has no large part", () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 3 }), (records) => {
      const whole = JSON.parse(JSON.stringify(records));
      const { records: text, kept, values } = parted(records);
      expect(joined(JSON.parse(text), kept, (hash) => values.get(hash)!)).toEqual(whole);
      expect(text.match(/(long ){2000}/)).toBe(null);
      for (const value of values.values()) expect(value.length).toBeGreaterThan(8000);
    }),
    { numRuns: 200 },
  );
});

test("a value that several records pass on is kept once", () => {
  const text = "x".repeat(5_000_000);
  const records = Array.from({ length: 10 }, (_, i) => ({ kind: "completed", at: `n${i}`, output: { [`f${i}`]: text } }) as any);
  const { records: left, values } = parted(records);
  expect([values.size, left.length < 1000]).toEqual([1, true]);
});

test.each([
  ["a place that is not there", '[[[0,"output","none"],"00"]]'],
  ["one whose value was never taken out", '[[[0,"at"],"00"]]'],
  ["one that is not its own", '[[[0,"__proto__","x"],"00"]]'],
])("%s is refused", (_, kept) => {
  expect(() => joined([{ kind: "completed", at: "n", output: {} }], kept, () => "1")).toThrow(TypeError);
});
