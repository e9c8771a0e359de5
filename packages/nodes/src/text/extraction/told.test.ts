import { expect, test } from "vitest";
import type { Kind } from "./field.js";
import { surveyOf } from "./survey.js";

/** The value that most is told of. */
function most(kind: Kind, text: string, said: string) {
  const told = [...surveyOf(kind, text).told(said)].sort((a, b) => b[1] - a[1]);
  return told[0]![1] > (told[1]?.[1] ?? 0) ? told[0]![0].value : undefined;
}

const bill = `Glaserei Noack\nScheibe, 2 Stück      84,00 €\nAnfahrt               25,00 €\nArbeitszeit 1,5 h     72,00 €`;
const mail = "Der Lehrgang fängt am 3.8.2026 an. Bitte geben Sie den Nachweis bis zum 20.7.2026 ab.";

test.each<[Kind, string, string, string | number]>([
  ["amount", bill, "callout: charge for the journey to the customer, call-out", 25],
  ["amount", bill, "labour: cost of the labour", 72],
  ["amount", bill, "Anfahrt", 25],
  ["date", mail, "day on which the course begins", "2026-08-03"],
  ["date", mail, "bis wann der Nachweis abzugeben ist", "2026-07-20"],
  ["number", "Im Haus werden 31 Zähler und 4 Ventile getauscht.", "how many meters", 31],
  ["date", "工事は2026年5月2日に行います。2026年4月20日までにご返信ください。", "工事の日", "2026-05-02"],
])("what stands near a value tells of it, in any language: %s in %j by %j", (kind, text, said, value) =>
  expect(most(kind, text, said)).toBe(value),
);

test("a row's amount is its last, and what heads a column is told of what stands in it", () => {
  const order = "Item             Qty   Each    Total\nOak shelf 80 cm    6   12.00    72.00\nGlue               2    4.50     9.00";
  expect(most("amount", order, "glue")).toBe(9);
  expect(most("number", order, "quantity: shelf")).toBe(6);
});

test("what is said nowhere is told of nothing, and what is said of all tells little", () => {
  const told = (said: string) => [...surveyOf("amount", bill).told(said).values()];
  expect(Math.max(...told("insurance premium"))).toBe(0);
  expect(Math.max(...told("€"))).toBe(0);
});

test("a label that says more than the field tells less of it", () => {
  const told = [...surveyOf("number", "Hours: 6\nHours of driving: 2").told("hours").values()];
  expect(told[0]).toBeGreaterThan(told[1]!);
});
