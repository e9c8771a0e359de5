import { expect, test } from "vitest";
import { labelJudge, labelMatcher } from "./label-match.js";

const total = labelMatcher(["total", "zu zahlen", "summe", "net", "合計", "u"]);

test("a label that is a phrase reads best, the longer phrase the better", () => {
  expect(total("TOTAL")).toBeCloseTo(0.95);
  expect(total("Zu zahlen:")).toBeCloseTo(0.97);
  expect(total("total of the second page")).toBeLessThan(total("total"));
});

test("a misread letter and a compound count for less, other words for nothing", () => {
  expect(total("2u zahlen")).toBeGreaterThan(0.6);
  expect(total("2u zahlen")).toBeLessThan(total("zu zahlen"));
  expect(total("Rechnungssumme")).toBeCloseTo(0.7);
  expect(total("cash")).toBe(0);
  // Short phrases are read as they stand only.
  expect(total("nets")).toBe(0);
});

test("a script that parts no words is read from the ends of its runs; a phrase of a letter or two right before the value only", () => {
  expect(total("税込合計")).toBeCloseTo(0.85);
  expect(total("dostava u")).toBeGreaterThan(0.5);
  expect(total("u Zagrebu")).toBe(0);
});

test("a label says how well it reads as each meaning", () => {
  const judge = labelJudge([
    ["total", ["total"]],
    ["subtotal", ["sub total", "total excl"]],
  ]);
  const { total, subtotal } = Object.fromEntries(judge("Sub-total"));
  expect(subtotal).toBeGreaterThan(total!);
  expect([...judge("Cash")]).toEqual([]);
});
