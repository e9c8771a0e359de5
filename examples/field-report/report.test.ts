import { readFileSync } from "node:fs";
import { check, compile, memoryJournal, type TroupeEvent } from "@troupe/core";
import { defaultModels } from "@troupe/nodes";
import { expect, test } from "vitest";
import report from "./report.js";

const inputs = new URL("inputs/", import.meta.url);
const facts = JSON.parse(readFileSync(new URL("facts.json", inputs), "utf8"));
const given = {
  memo: new URL("memo.wav", inputs),
  receipt: new URL("receipt.png", inputs),
  note: readFileSync(new URL("note.txt", inputs), "utf8"),
};

test("the graph passes its check", () => expect(check(report)).toEqual([]));

test("the report holds the facts of its inputs, planned without a large model, every expert in the ledger", async () => {
  const { models } = await defaultModels();
  const app = compile(report, { models, journal: memoryJournal() });
  const events: TroupeEvent[] = [];
  const run = app.events(given as any, { thread: "t" });
  let output: any;
  for (let step = await run.next(); !step.done || !(output = step.value); step = await run.next()) events.push(step.value as TroupeEvent);

  const { merchant, date, subtotal, tax, total } = facts.receipt;
  expect(output.report.purchase).toEqual({ merchant, date, subtotal: Number(subtotal), tax: Number(tax), total: Number(total) });
  const { workOrder, site, technician, hours, nextVisit } = facts.note;
  expect(output.report.visit).toEqual({ workOrder, site, technician, hours: Number(hours), nextVisit });
  expect(output.report.doubts).toEqual([]);
  for (const fact of [facts.memo.problem, ...facts.memo.done, ...facts.memo.next])
    expect(output.report.summary).toMatch(new RegExp(fact, "i"));
  for (const fact of [merchant, "38.02", site, technician, nextVisit]) expect(output.text).toContain(fact);

  const planned = events.find(({ kind }) => kind === "planned") as Extract<TroupeEvent, { kind: "planned" }>;
  expect(planned.by).toBe("typed");
  const { lines } = await app.ledger("t");
  const ran = lines.map(({ specialist, status }) => `${specialist} ${status}`).sort();
  expect(ran).toEqual(
    ["audit", "desk", "readNote", "readPage", "readReceipt", "render", "summarize", "transcribe"].map((name) => `${name} completed`),
  );
}, 600_000);
