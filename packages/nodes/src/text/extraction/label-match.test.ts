import { expect, test } from "vitest";
import { labelMatcher } from "./label-match.js";

const total = labelMatcher(["total", "zu zahlen", "summe", "net"]);

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
