import { readFileSync } from "node:fs";
import { expect } from "vitest";

const inputs = new URL("inputs/", import.meta.url);

/** What the inputs say; only tests know. */
export const facts = JSON.parse(readFileSync(new URL("facts.json", inputs), "utf8"));

export const given: any = {
  memo: new URL("memo.wav", inputs),
  receipt: new URL("receipt.png", inputs),
  note: readFileSync(new URL("note.txt", inputs), "utf8"),
};

/** Holds a run's output to the facts of receipt and note, to the cent, and to those of the memo, as far as it is heard. */
export function expectFacts({ report }: any): void {
  const { merchant, date, subtotal, tax, total } = facts.receipt;
  expect(report.purchase).toEqual({ merchant, date, subtotal: Number(subtotal), tax: Number(tax), total: Number(total) });
  const { workOrder, site, technician, hours, nextVisit } = facts.note;
  expect(report.visit).toEqual({ workOrder, site, technician, hours: Number(hours), nextVisit });
  expect(report.doubts).toEqual([]);
  for (const fact of [facts.memo.problem, ...facts.memo.done, ...facts.memo.next]) expect(report.summary).toMatch(new RegExp(fact, "i"));
}
