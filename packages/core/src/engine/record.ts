import type { GraphData } from "../graph/data.js";
import type { Json } from "../graph/json.js";
import type { Plan } from "../graph/plan.js";
import type { CpuTime } from "../model/cpu-time.js";
import type { Usage } from "../model/model.js";

/** Where a node's rule led: targets, or a node for each of `count` items and what follows them. */
export type Next = readonly string[] | { readonly each: string; readonly count: number };

export interface Failure {
  readonly code: string;
  readonly message: string;
  /** Of a refused plan or graph. */
  readonly issues?: readonly Json[];
  readonly text?: string;
}

/** What an occurrence spent since the last record that told it. */
export interface Spent {
  readonly usage: readonly Usage[];
  /** What this process computed for it, the models that run in it included. Absent where no process tells. */
  readonly cpu?: CpuTime;
}

/**
 * What happened in a run, in the order it happened. `at` is an occurrence's full path; `""` is the run itself.
 * State, ledger and trace are folds over these.
 */
export type RunRecord =
  | { readonly kind: "began"; readonly graph: GraphData; readonly hash: string; readonly input: Json; readonly meta?: Json }
  /** A holder took the run up again: what was under way starts anew. */
  | { readonly kind: "resumed" }
  | { readonly kind: "started"; readonly at: string; readonly attempt: number; readonly specialist: string }
  /** `ctx.call` opened a child of the occurrence before the last `/`. */
  | { readonly kind: "called"; readonly at: string; readonly specialist: string }
  /** A specialist that is a graph opened it: its nodes are `at/node`. `graph` is left out where the node at `at` holds it. */
  | { readonly kind: "entered"; readonly at: string; readonly input: Json; readonly graph?: GraphData }
  /** A team's plan after its check; `at` is `team#n` and its tasks are `team#n/task`. */
  | ({
      readonly kind: "planned";
      readonly at: string;
      readonly plan: Plan;
      readonly by: string;
      readonly notes: readonly string[];
    } & Spent)
  | ({
      readonly kind: "completed";
      readonly at: string;
      readonly output: Json;
      readonly next?: Next;
      readonly ms: number;
      /** What did the work where a specialist has several ways. */
      readonly engine?: string;
    } & Spent)
  /** A value would have come where a mark forbids it, by this way, and did not; or a text that no one vouches for gives orders. */
  | {
      readonly kind: "flagged";
      readonly at: string;
      readonly what: "private-leak" | "untrusted-source" | "instructions";
      readonly way: readonly string[];
      /** The words that read like orders. */
      readonly said?: string;
    }
  | ({ readonly kind: "failed"; readonly at: string; readonly error: Failure; readonly ms: number } & Spent)
  | ({ readonly kind: "cancelled"; readonly at: string; readonly ms: number } & Spent)
  | { readonly kind: "ended"; readonly output?: Json; readonly error?: Failure };

export type RecordOf<K extends RunRecord["kind"]> = Extract<RunRecord, { kind: K }>;
