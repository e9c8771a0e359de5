import type { Ledger, LedgerLine, Usage } from "@troupe/core";
import { dollars, duration } from "./amounts.js";
import { printable } from "./printable.js";
import { table } from "./table.js";
import { tokensOf } from "./view.js";

/** What a run took, a line an occurrence and a line a model. Columns: tokens in and out, time, and cost where there is any. */
export function ledgerTable(ledger: Ledger, width = Number.POSITIVE_INFINITY): string[] {
  const occurrences = ledger.lines.map((line) => [
    line.at,
    line.specialist,
    doneBy(line),
    attemptsOf(line),
    ...spentOf(line.usage, line.ms),
  ]);
  const models = ledger.models.map((usage) => [usage.model, String(usage.calls), ...spentOf([usage], usage.ms)]);
  return [
    ...table(["occurrence", "specialist", "by", "", "in", "out", "time", "cost"], occurrences, width, [4, 5, 6, 7]),
    ...(models.length ? ["", ...table(["model", "calls", "in", "out", "time", "cost"], models, width, [1, 2, 3, 4, 5])] : []),
  ].map(printable);
}

const doneBy = ({ engine, usage }: LedgerLine): string => engine ?? [...new Set(usage.map(({ model }) => model))].join(" ");

const attemptsOf = ({ attempts, status }: LedgerLine): string =>
  [status === "completed" ? "" : status, attempts > 1 ? `${attempts} attempts` : ""].filter(Boolean).join(", ");

function spentOf(usage: readonly Usage[], ms: number): string[] {
  const { input, output } = tokensOf(usage);
  const cost = usage.reduce((sum, one) => sum + one.cost, 0);
  return [input ? String(input) : "", output ? String(output) : "", duration(ms), dollars(cost)];
}
