import type { GraphData } from "../graph/data.js";
import type { Plan } from "../graph/plan.js";
import type { CpuTime } from "../model/cpu-time.js";
import type { Usage } from "../model/model.js";
import type { Json } from "../schema/json.js";

/** Where a node's rule led: targets, or a node for each of `count` items and what follows them. */
export type Next = readonly string[] | { readonly each: string; readonly count: number };

export interface Failure {
  readonly code: string;
  readonly message: string;
  /** The parts that the message is made of, so that who caught the error is given the same again. */
  readonly what?: string;
  readonly place?: { readonly graph?: string; readonly at?: string; readonly field?: string; readonly file?: string };
  readonly hint?: string;
  /** What was behind it, the nearest first. */
  readonly causes?: readonly { readonly name: string; readonly message: string; readonly status?: number; readonly code?: string }[];
  /** Of a refused plan or graph. */
  readonly issues?: readonly Json[];
  readonly text?: string;
}

/** What an occurrence learnt under a key: what it was given, or how that failed. Of a call or a plan its own records tell. */
export interface Learnt {
  readonly key: string;
  readonly value?: Json;
  readonly error?: Failure;
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
  /** `key` is the run's own: with it, what is asked of occurrences is told apart. */
  | {
      readonly kind: "began";
      readonly graph: GraphData;
      readonly hash: string;
      readonly input: Json;
      readonly meta?: Json;
      readonly key?: string;
    }
  /** A holder took the run up again: what was under way starts anew. */
  | { readonly kind: "resumed" }
  | { readonly kind: "started"; readonly at: string; readonly attempt: number; readonly specialist: string }
  /** `ctx.call` opened a child of the occurrence before the last `/`. */
  | {
      readonly kind: "called";
      readonly at: string;
      readonly specialist: string;
      /** The fingerprint of what it is given. */
      readonly input?: string;
      /** It acts on the world. */
      readonly effects?: true;
      /** Something else was asked under this key before: what came of that is void. */
      readonly anew?: true;
    }
  /** What an occurrence heard through its context, in this order; the next attempt hears the same. Written once it calls. */
  | ({ readonly kind: "learnt"; readonly at: string; readonly answers: readonly Learnt[] } & Spent)
  /**
   * An attempt went another way than the ones before: of what they learnt, the answers `from` to `to` count no more, or, `loosely`, where
   * the same is asked, in whatever order.
   */
  | { readonly kind: "diverged"; readonly at: string; readonly from: number; readonly to: number; readonly loosely?: true }
  /** A specialist that is a graph opened it: its nodes are `at/node`. `graph` is left out where the node at `at` holds it. */
  | { readonly kind: "entered"; readonly at: string; readonly input: Json; readonly graph?: GraphData }
  /** A team's plan after its check; `at` is `team#n` and its tasks are `team#n/task`. */
  | ({
      readonly kind: "planned";
      readonly at: string;
      readonly plan: Plan;
      readonly by: string;
      readonly notes: readonly string[];
      /** Its places whose source is a guess; absent where there are none. */
      readonly guesses?: readonly string[];
      /** The fingerprint of what it was made for. */
      readonly input?: string;
      /** A member of it acts on the world. */
      readonly effects?: true;
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
