import type { Energy, Ledger, LedgerLine, Usage } from "@troupe/core";
import { duration, joules, paid, sumEnergy } from "./amounts.js";
import { printable } from "./printable.js";
import { table } from "./table.js";
import { tokensOf } from "./view.js";

/** What a run took, a line an occurrence and a line a model. Columns: tokens in and out, time, energy (`~` where it is estimated), and cost where there is any. */
export function ledgerTable(ledger: Ledger, width = Number.POSITIVE_INFINITY): string[] {
  const occurrences = [...grouped(ledger.lines)].map(([at, lines]) => [
    at,
    lines[0].specialist,
    [...new Set(lines.map(doneBy))].filter(Boolean).join(" "),
    lines.length > 1 || at !== lines[0].at ? itemsOf(lines) : attemptsOf(lines[0]),
    ...spentOf(
      lines.flatMap(({ usage }) => usage),
      lines.reduce((sum, { ms }) => sum + ms, 0),
      lines.flatMap(({ energy }) => energy ?? []),
    ),
  ]);
  const models = ledger.models.map((usage) => [
    usage.model,
    String(usage.calls),
    ...spentOf([usage], usage.ms, usage.energy ? [usage.energy] : []),
  ]);
  return [
    ...table(["occurrence", "specialist", "by", "", "in", "out", "time", "energy", "cost"], occurrences, width, {
      right: [4, 5, 6, 7, 8],
      spare: [1, 2, 7, 3, 8],
    }),
    ...(models.length
      ? [
          "",
          ...table(["model", "calls", "in", "out", "time", "energy", "cost"], models, width, {
            right: [1, 2, 3, 4, 5, 6],
            spare: [5, 3, 2],
          }),
        ]
      : []),
  ].map(printable);
}

/** The lines of the items of an each, and of what runs inside them, belong together; their numbers are left out. */
function grouped(lines: readonly LedgerLine[]): ReadonlyMap<string, readonly [LedgerLine, ...LedgerLine[]]> {
  const groups = new Map<string, [LedgerLine, ...LedgerLine[]]>();
  for (const line of lines) {
    const at = line.at.replace(/\[\d+\]/g, "[]");
    const group = groups.get(at);
    if (group) group.push(line);
    else groups.set(at, [line]);
  }
  return groups;
}

function itemsOf(lines: readonly LedgerLine[]): string {
  const done = lines.filter(({ status }) => status === "completed").length;
  return done === lines.length ? `${done} items` : `${done} of ${lines.length} items`;
}

const doneBy = ({ engine, usage }: LedgerLine): string => engine ?? [...new Set(usage.map(({ model }) => model))].join(" ");

const attemptsOf = ({ attempts, status }: LedgerLine): string =>
  [status === "completed" ? "" : status, attempts > 1 ? `${attempts} attempts` : ""].filter(Boolean).join(", ");

function spentOf(usage: readonly Usage[], ms: number, energy: readonly Energy[]): string[] {
  const { input, output } = tokensOf(usage);
  return [input ? String(input) : "", output ? String(output) : "", duration(ms), joules(sumEnergy(energy)), paid(usage)];
}
