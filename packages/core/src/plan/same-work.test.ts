import { expect, test } from "vitest";
import type { Plan } from "../graph/plan.js";
import { sameWork } from "./same-work.js";

const plan = (first: string, second: string, from = `${first}.text`): Plan => ({
  tasks: [
    { id: second, member: "extract", args: { text: { ref: from } } },
    { id: first, member: "read", args: { page: { ref: "input.page" } } },
  ],
  output: { total: { ref: `${second}.total` } },
});

test("names and order of tasks make no difference, what is read from where does", () => {
  expect(sameWork(plan("t1", "t2"), plan("scan", "bill"))).toBe(true);
  expect(sameWork(plan("t1", "t2"), { ...plan("t1", "t2"), tasks: [...plan("t1", "t2").tasks].reverse() })).toBe(true);
  expect(sameWork(plan("t1", "t2"), plan("t1", "t2", "input.note"))).toBe(false);
  expect(sameWork(plan("t1", "t2"), { ...plan("t1", "t2"), output: { total: { ref: "t1.text" } } })).toBe(false);
});

test("who acts though nobody reads what it gives is work too, each time and with what it takes", () => {
  const base = plan("t1", "t2");
  const and = (...texts: string[]): Plan => ({
    ...base,
    tasks: [...texts.map((text, i) => ({ id: `p${i}`, member: "publish", args: { text: { ref: text } } })), ...base.tasks],
  });
  expect(sameWork(and("t1.text"), base)).toBe(false);
  expect(sameWork(base, and("t1.text"))).toBe(false);
  expect(sameWork(and("t1.text"), and("input.note"))).toBe(false);
  expect(sameWork(and("t1.text"), and("t1.text", "t1.text"))).toBe(false);
  expect(sameWork(and("t1.text", "input.note"), and("input.note", "t1.text"))).toBe(true);
});

test("a task that is read by many is followed once", () => {
  const chain = (name: string): Plan => ({
    tasks: Array.from({ length: 64 }, (_, i) => {
      const text = { ref: i ? `${name}${i - 1}.text` : "input.page" };
      return { id: `${name}${i}`, member: "join", args: { first: text, second: text } };
    }),
    output: { text: { ref: `${name}63.text` } },
  });
  expect(sameWork(chain("t"), chain("u"))).toBe(true);
});
