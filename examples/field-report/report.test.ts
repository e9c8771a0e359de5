import { check, compile, memoryJournal, type TroupeEvent } from "@troupe/core";
import { defaultModels } from "@troupe/nodes";
import { expect, test } from "vitest";
import { expectFacts, facts, given } from "./facts.fixture.js";
import report from "./report.js";

test("the graph passes its check", () => expect(check(report)).toEqual([]));

test("the report holds the facts of its inputs, planned without a large model, every expert in the ledger", async () => {
  const app = compile(report, { models: defaultModels(), journal: memoryJournal() });
  const events: TroupeEvent[] = [];
  const run = app.events(given, { thread: "t" });
  let output: any;
  for (let step = await run.next(); !step.done || !(output = step.value); step = await run.next()) events.push(step.value as TroupeEvent);

  expectFacts(output);
  for (const fact of [facts.receipt.merchant, facts.receipt.total, facts.note.site, facts.note.technician, facts.note.nextVisit])
    expect(output.text).toContain(fact);

  const planned = events.find(({ kind }) => kind === "planned") as Extract<TroupeEvent, { kind: "planned" }>;
  expect(planned.by).toBe("typed");
  const { lines } = await app.ledger("t");
  const ran = lines.map(({ specialist, status }) => `${specialist} ${status}`).sort();
  expect(ran).toEqual(
    ["audit", "desk", "readNote", "readPage", "readReceipt", "render", "summarize", "transcribe"].map((name) => `${name} completed`),
  );
}, 600_000);
