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
