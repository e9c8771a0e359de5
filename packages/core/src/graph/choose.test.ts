import { expect, test } from "vitest";
import { choose, passes } from "./choose.js";
import type { GraphData, RuleData } from "./data.js";

const graph = (rule: RuleData) => ({ name: "g", edges: { n: rule }, conditions: { urgent: ["level"] } }) as unknown as GraphData;
const conditions = { urgent: { reads: ["level"], test: ({ level }: any) => level > 3 } };
const lead = (rule: RuleData, state: Record<string, unknown>) =>
  choose(graph(rule), "n", { look: (field) => state[field], hand: (field) => state[field] }, conditions as any);

test.each([
  [{ topic: "bug", level: 1 }, ["engineer"]],
  [{ topic: "billing", level: 5 }, ["boss"]],
  [{ topic: "billing", level: 1 }, ["desk"]],
])("the first case that holds decides: %j", (state, to) => {
  const rule: RuleData = {
    kind: "when",
    cases: [
      { when: { topic: { eq: "bug" } }, to: ["engineer"] },
      { when: "urgent", to: ["boss"] },
    ],
    otherwise: ["desk"],
  };
  expect(lead(rule, state)).toEqual({ to });
});

test("a label leads to its target, any other to `otherwise`", () => {
  const rule: RuleData = { kind: "by", by: "topic", to: { bug: ["engineer"], true: ["yes"] }, otherwise: ["desk"] };
  expect(lead(rule, { topic: "bug" })).toEqual({ to: ["engineer"] });
  expect(lead(rule, { topic: true })).toEqual({ to: ["yes"] });
  expect(lead(rule, { topic: "toString" })).toEqual({ to: ["desk"] });
});

test("a rule under which nothing matches is an error with the value and the way out, never a silent end", () => {
  const rule: RuleData = { kind: "by", by: "topic", to: { bug: ["engineer"] } };
  expect(() => lead(rule, { topic: "jobs" })).toThrow(
    expect.objectContaining({ code: "ROUTE_UNMATCHED", message: expect.stringContaining('"jobs"') }),
  );
});

test("an `each` needs a list", () => {
  const rule: RuleData = { kind: "each", each: "pages", as: "page", to: "read", collect: {}, then: ["end"] };
  expect(lead(rule, { pages: [1, 2] })).toEqual({ each: "read", items: [1, 2] });
  expect(() => lead(rule, {})).toThrow(expect.objectContaining({ code: "LIST_EXPECTED" }));
});

test.each([
  [3, { gte: 3, lt: 4 }, true],
  [4, { gte: 3, lt: 4 }, false],
  ["3", { gte: 3 }, false],
  [undefined, { exists: false }, true],
  [null, { exists: true }, false],
  [undefined, { lt: 5 }, false],
  [undefined, { not: "x" }, true],
  ["b", { in: ["a", "b"] }, true],
])("%j against %j", (value, test, holds) => expect(passes(value, test)).toBe(holds));
