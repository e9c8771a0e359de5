import type { RunRecord } from "../engine/record.js";
import type { Usage } from "../model/model.js";
import { sumUsage } from "./live.js";

/** What one occurrence took, over all its attempts. */
export interface LedgerLine {
  readonly at: string;
  readonly specialist: string;
  readonly status: "running" | "completed" | "failed" | "cancelled";
  readonly attempts: number;
  readonly ms: number;
  /** What did the work where a specialist has several ways. */
  readonly engine?: string;
  readonly usage: readonly Usage[];
}

/** What a run spent, per occurrence in order of their start, and per model. */
export interface Ledger {
  readonly lines: readonly LedgerLine[];
  readonly models: readonly Usage[];
  /** US dollars of the calls whose price is known; `models` say how many are `unpriced`. */
  readonly cost: number;
}

/**
 * The ledger of a run: a fold over its records.
 *
 * @example
 * const { lines, cost } = ledgerOf(records);
 */
export function ledgerOf(records: Iterable<RunRecord>): Ledger {
  const lines = new Map<string, LedgerLine>();
  for (const record of records) {
    if (record.kind === "started") {
      const before = lines.get(record.at);
      const { at, specialist, attempt } = record;
      lines.set(at, { at, specialist, status: "running", attempts: attempt, ms: before?.ms ?? 0, usage: before?.usage ?? [] });
    } else if (record.kind === "planned") {
      const owner = record.at.slice(0, record.at.lastIndexOf("#"));
      lines.set(owner, { ...lines.get(owner)!, usage: sumUsage([...lines.get(owner)!.usage, ...record.usage]) });
    } else if (record.kind === "completed" || record.kind === "failed" || record.kind === "cancelled") {
      const line = lines.get(record.at)!;
      lines.set(record.at, {
        ...line,
        status: record.kind,
        ms: line.ms + record.ms,
        usage: sumUsage([...line.usage, ...record.usage]),
        ...("engine" in record && record.engine !== undefined ? { engine: record.engine } : {}),
      });
    }
  }
  const models = sumUsage([...lines.values()].flatMap((line) => line.usage));
  return { lines: [...lines.values()], models, cost: models.reduce((sum, { cost }) => sum + cost, 0) };
}
