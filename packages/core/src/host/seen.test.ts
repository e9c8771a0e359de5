import fc from "fast-check";
import { expect, test } from "vitest";
import type { Labels } from "../schema/label.js";
import type { Live } from "./live.js";
import { hold, labelsOf } from "./seen.js";

const at = { step: "one" };
const secret = { step: "letter" };

/** An occurrence that has seen what is private. */
const occurrence = () => ({ at: "one", private: secret }) as unknown as Live;

/** Reads of lists and objects, in `rounds` of a value that is held and another that is handed on. */
function readsIn(rounds: number, value: (n: number) => object): number {
  let reads = 0;
  const counted = (whole: object): object =>
    new Proxy(whole, {
      get: (target, key) => {
        reads++;
        const part = Reflect.get(target, key);
        return typeof part === "object" && part !== null ? counted(part) : part;
      },
    });
  const live = occurrence();
  for (let n = 1; n <= rounds; n++) {
    hold(live, { answer: counted(value(n)) }, { answer: {} });
    labelsOf(live, { next: counted(value(-n)) });
  }
  return reads;
}

test("what is known of a value is found as quickly however many values are held", () => {
  const record = (n: number) => ({ name: `record ${n}`, lines: [{ n }, { n: n + 0.5 }] });
  expect(readsIn(200, record)).toBeLessThan(2.5 * readsIn(100, record));
});

test("a value is what the values are in which it stands", () => {
  const live = occurrence();
  const told: Labels = { open: { untrusted: at }, own: { private: secret }, clean: {} };
  hold(live, { open: { list: [1, { a: "x", b: null }], both: "y" }, own: ["y", 7], clean: [[7]], rest: "unknown" }, told);
  const of = (value: unknown) => labelsOf(live, { value }).value;
  for (const value of [1, { b: null, a: "x" }, [1, { a: "x", b: null }], null]) expect(of(value)).toEqual({ untrusted: at });
  expect(of(["y", 7])).toEqual({ private: secret });
  for (const value of ["y", 7, [7], [[7]]]) expect(of(value)).toEqual({});
  const worst = { private: secret, untrusted: { step: "one" } };
  for (const value of ["unknown", { a: "x" }, { a: "x", b: undefined }, [7, "y"], "[1,2]", [], undefined, new Date(7)])
    expect(of(value)).toEqual(worst);
});

test("what a class made is known by what it holds, and what goes in a circle stands nowhere", () => {
  const live = occurrence();
  hold(live, { when: { at: new Date(7), of: new Map([["a", 1]]) } }, { when: {} });
  const circle: Record<string, unknown> = { at: new Date(7) };
  circle.of = circle;
  const { same, map, other, round } = labelsOf(live, { same: new Date(7), map: new Map([["a", 1]]), other: new Date(8), round: circle });
  expect([same, map]).toEqual([{}, {}]);
  for (const label of [other, round]) expect(label).toEqual({ private: secret, untrusted: { step: "one" } });
});

test("every part of what is held is found, whatever it is", () => {
  const partsOf = (value: unknown): unknown[] =>
    typeof value === "object" && value !== null ? [value, ...Object.values(value).flatMap(partsOf)] : [value];
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 4 }), (values) => {
      const live = occurrence();
      for (const value of values) hold(live, { value }, { value: {} });
      for (const value of structuredClone(values).flatMap(partsOf)) expect(labelsOf(live, { value }).value).toEqual({});
      expect(labelsOf(live, { value: { held: values } }).value).toEqual({ private: secret, untrusted: { step: "one" } });
    }),
  );
});
