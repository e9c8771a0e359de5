import { expect, test } from "vitest";
import { compatible } from "./compatible.js";
import type { JsonSchema } from "./json.js";
import { misfits } from "./misfits.js";
import { alternatives, resolve } from "./resolve.js";

const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });
const of = ($defs: Record<string, JsonSchema>): JsonSchema => ({ $defs, ...ref(Object.keys($defs)[0]!) });
const times = (count: number, one: (i: number) => JsonSchema) => Array.from({ length: count }, (_, i) => one(i));

/** A union of a union, and so on, each member named often: as many ways as there are seconds in a century. */
const doubled = (more: JsonSchema = {}) =>
  of({
    ...Object.fromEntries(times(60, () => ({})).map((_, i) => [`a${i}`, { ...more, anyOf: times(4, () => ref(`a${i + 1}`)) }])),
    a60: { type: "string" },
  });

test("a union that is a member of itself has its other members", () => {
  const text = of({ a: { anyOf: [ref("a"), { anyOf: [ref("a"), ref("b")] }, ref("a")] }, b: { anyOf: [ref("a"), { type: "string" }] } });
  expect(alternatives(text, text)).toEqual([{ type: "string" }]);
  expect(misfits(text, "x")).toEqual([]);
  expect(misfits(text, 1)).toHaveLength(1);
  expect(compatible(text, { type: "string" })).toBeUndefined();
  expect(compatible({ type: "number" }, text)).toBe("a number is not text");
});

test("a union of nothing but itself takes nothing", () => {
  const none = of({ a: { anyOf: times(16, () => ref("a")) } });
  expect(alternatives(none, none)).toEqual([]);
  expect(misfits(none, 1)).toHaveLength(1);
  expect(compatible({ type: "string" }, none)).toBeTruthy();
});

test("a schema that is a part of itself asks for the rest", () => {
  const all = of({ a: { allOf: [ref("a"), ref("b"), { required: ["x"] }] }, b: { allOf: [ref("a"), { type: "object" }] } });
  expect(resolve(all, all)).toMatchObject({ type: "object", required: ["x"] });
  expect(misfits(all, {})).toMatchObject([{ path: [], message: '"x" is missing' }]);
});

test.each([
  ["bare", doubled()],
  ["with titles", doubled({ title: "t" })],
  ["with more to ask", doubled({ minLength: 1 })],
])("unions that double at each step end: %s", (_, schema) => {
  expect(misfits(schema, "x")).toEqual([]);
  expect(compatible({ type: "string" }, schema)).toBeUndefined();
  expect(compatible(schema, schema)).toBeUndefined();
});

test("unions that all hold one another end", () => {
  const names = times(40, () => ({})).map((_, i) => `a${i}`);
  const mesh = of(Object.fromEntries(names.map((name) => [name, { minLength: 1, anyOf: [...names.map(ref), { type: "string" }] }])));
  expect(misfits(mesh, "x")).toEqual([]);
  expect(compatible(mesh, mesh)).toBeUndefined();
});

const bush = (leaf: JsonSchema) =>
  of({
    tree: { type: "object", properties: { ...Object.fromEntries("abcdefgh".split("").map((key) => [key, ref("tree")])), leaf } },
  });

test("trees with many branches agree, and differ in a leaf", () => {
  expect(compatible(bush({ type: "string" }), bush({ type: "string" }))).toBeUndefined();
  expect(compatible(bush({ type: "string" }), bush({ type: "number" }))).toMatch(/in "leaf" text is not a number$/);
});

test("that two schemas agree is not kept where it hung on another pair that does not", () => {
  const from = of({
    a: { type: "object", properties: { next: ref("b"), x: { type: "string" } } },
    b: { type: "object", properties: { back: ref("a") } },
  });
  const to = (x: string) => ({
    $defs: {
      a: { type: "object", properties: { next: ref("b"), x: { type: x } } },
      b: { type: "object", properties: { back: ref("a") } },
    },
    anyOf: [ref("a"), { type: "object", properties: { next: ref("b") } }],
  });
  expect(compatible(from, to("string"))).toBeUndefined();
  expect(compatible(from, to("number"))).toBeTruthy();
});

test("a deep value under a union that branches into itself is looked at once a place", () => {
  const deep = of({ list: { anyOf: times(4, () => ({ type: "array", items: ref("list") }) as JsonSchema) } });
  let value: unknown = [];
  for (let i = 0; i < 60; i++) value = [value];
  expect(misfits(deep, value)).toEqual([]);
  for (let i = 0; i < 60; i++) value = i ? [value] : ["x"];
  expect(misfits(deep, value).length).toBeGreaterThan(0);
});

test("schemas of thousands of steps are followed without end of memory", () => {
  const steps = (step: (next: JsonSchema) => JsonSchema) =>
    of(Object.fromEntries(times(20_000, () => ({})).map((_, i) => [`a${i}`, i < 19_999 ? step(ref(`a${i + 1}`)) : { type: "string" }])));
  for (const step of [
    (next: JsonSchema) => next,
    (next: JsonSchema) => ({ allOf: [next] }),
    (next: JsonSchema) => ({ anyOf: [next] }),
    (next: JsonSchema) => ({ type: "object", properties: { next } }),
  ])
    expect(compatible(steps(step), steps(step))).toBeUndefined();
});
