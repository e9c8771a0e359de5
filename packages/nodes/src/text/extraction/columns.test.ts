import { expect, test } from "vitest";
import { columnLabels } from "./columns.js";
import { linesOf } from "./lines.js";

const labelled = (text: string) => {
  const lines = linesOf(text);
  const found = columnLabels(lines, ({ text }) => /^[\d.]+$/.test(text));
  return Object.fromEntries([...found].map(([start, { text: label }]) => [lines.find((line) => line.start === start)!.text, label]));
};

test("values on lines of their own take the labels of as many lines before them, one each", () => {
  expect(labelled("5.00\nSub-total\nTax\nT L\n1.00\n2.00\n3.00\nThanks")).toEqual({ "1.00": "Sub-total", "2.00": "Tax", "3.00": "T L" });
});

test("no column where labels and values are not as many, and none of one", () => {
  expect(labelled("Shop\nSub-total\nTax\n1.00\n2.00")).toEqual({});
  expect(labelled("12\nTotal\n1.00")).toEqual({});
});
