import type { Usage } from "../model/model.js";

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
  /** US dollars. */
  readonly cost: number;
}
