import { expect, test } from "vitest";
import { assign } from "./assign.js";
import type { Candidate } from "./candidate.js";
import { type Sought, soughtFor } from "./sought.js";

const at = (start: number): Candidate => ({ start, end: start + 1, text: "x", value: start, signs: {} });
const ranked = (...scores: readonly (readonly [number, number])[]) =>
  scores.map(([start, score]) => ({ candidate: at(start), score, share: score, signs: {} }));
const fields = { begins: { kind: "date" }, finishes: { kind: "date" }, total: { kind: "amount" }, amountDue: { kind: "amount" } } as const;
const sought = Object.fromEntries(Object.keys(fields).map((name) => [name, soughtFor(name, fields)]));

type Best = Readonly<Record<string, ReturnType<typeof ranked>>>;
const assigned = (best: Best, wanted: Readonly<Record<string, Sought>> = sought, bill = false) =>
  assign(
    Object.entries(wanted).flatMap(([field, sought]) => (best[field] ? [{ field, sought, ranked: best[field] }] : [])),
    bill,
  );
const taken = (best: Best) => Object.fromEntries([...assigned(best)].map(([field, { start }]) => [field, start]));

test("a span goes to the field it is surest of, and the other takes its next best, or nothing", () => {
  expect(taken({ begins: ranked([1, 1.9], [2, 0.5]), finishes: ranked([1, 1.1], [2, 0.95]) })).toEqual({ begins: 1, finishes: 2 });
  expect(taken({ begins: ranked([1, 1.9]), finishes: ranked([1, 1.1], [2, 0.3]) })).toEqual({ begins: 1 });
});

test("the next best is none the surer for a better one that another field may have taken wrongly", () => {
  expect(taken({ begins: ranked([1, 0.78]), finishes: ranked([1, 1.1], [2, 0.95]) })).toEqual({ begins: 1 });
});

test("of two values that are as likely neither is taken", () => {
  const twice = [1, 2].map((start) => ({ candidate: at(start), score: 0.9, share: 0.45, signs: {} }));
  expect(assigned({ begins: twice }).size).toBe(0);
});

test("what is a person's name is no organisation's", () => {
  const named = { driver: { kind: "person" }, carrier: { kind: "organisation" } } as const;
  const both = { driver: soughtFor("driver", named), carrier: soughtFor("carrier", named) };
  expect([...assigned({ driver: ranked([1, 1.6]), carrier: ranked([1, 1.2]) }, both).keys()]).toEqual(["driver"]);
});

test("a receipt is taken at its word where a letter is not", () => {
  const close = { begins: ranked([1, 0.5], [2, 0.45]) };
  const day = { begins: soughtFor("date", { date: { kind: "date" } }) };
  expect([assigned(close, day, true).size, assigned(close, day).size]).toEqual([1, 0]);
});

test("fields that mean the same may share a span", () => {
  const taken = assigned({ total: ranked([1, 1.2]), amountDue: ranked([1, 1.1]) });
  expect([taken.get("total")?.start, taken.get("amountDue")?.start]).toEqual([1, 1]);
});
