import { expect, test } from "vitest";
import { costOn } from "./cost-on.js";
import type { LedgerLine } from "./ledger.js";

const card = (price?: { input: number; output: number }) => ({
  id: "openai:big",
  card: { price: price && { ...price, source: "https://prices.example", asOf: "2026-11-27" } } as any,
});
const line = (at: string, specialist: string, usage: LedgerLine["usage"] = []): LedgerLine => ({
  at,
  specialist,
  usage,
  status: "completed",
  attempts: 1,
  ms: 1,
});
const usage = { model: "small", calls: 1, input: 900_000, output: 100_000, ms: 1, cost: 0 };

test("the tokens of all models are counted at the giant's price, and who did its work without any is named", () => {
  const lines = [
    line("desk", "desk"),
    line("desk#1/t1", "summarize", [usage]),
    line("desk#1/t2", "readPage"),
    line("desk#1/t3", "readPage"),
  ];
  expect(costOn({ lines, models: [usage] }, card({ input: 2, output: 8 }))).toMatchObject({
    model: "openai:big",
    input: 900_000,
    output: 100_000,
    cost: 2.6,
    uncounted: ["readPage"],
  });
});

test("a model that told no tokens is not counted, and without a price nothing is told", () => {
  const silent = { ...usage, input: 0, output: 0 };
  const lines = [line("ask", "answer", [silent])];
  expect(costOn({ lines, models: [silent] }, card({ input: 2, output: 8 }))).toMatchObject({ cost: 0, uncounted: ["answer"] });
  expect(costOn({ lines, models: [silent] }, card())).toBeUndefined();
});
