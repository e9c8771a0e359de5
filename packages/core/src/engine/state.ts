import type { GraphData } from "../graph/data.js";
import type { Plan } from "../graph/plan.js";

/** The items of an `each` under way: `next` is the first item not yet started, `open` counts those not yet completed. */
export interface Items {
  readonly count: number;
  readonly next: number;
  readonly open: number;
}

/** A graph being run: the root, or a specialist that is a graph. */
export interface GraphFrame {
  readonly kind: "graph";
  readonly graph: GraphData;
  /** Occurrences under way and their nodes. */
  readonly running: ReadonlyMap<string, string>;
  /** Nodes reached and not yet started. */
  readonly pending: ReadonlySet<string>;
  /** Heads of loops that go round once their body is quiet. */
  readonly latched: ReadonlySet<string>;
  /** The round each entered loop is in, by head, from 1. */
  readonly rounds: Readonly<Record<string, number>>;
  readonly items: Readonly<Record<string, Items>>;
  /** The first failure, which stops the frame. */
  readonly failed?: string;
}

/** A plan being carried out. */
export interface PlanFrame {
  readonly kind: "plan";
  readonly plan: Plan;
  readonly running: ReadonlyMap<string, string>;
  /** Ids of the tasks that are completed. */
  readonly done: ReadonlySet<string>;
  readonly failed?: string;
}

export type Frame = GraphFrame | PlanFrame;

/** A run between two records: plain, immutable data. */
export interface EngineState {
  /** Frames by owner: `""` for the run, an occurrence's path for a graph it opened, `path#n` for its n-th plan. */
  readonly frames: ReadonlyMap<string, Frame>;
  /** Children opened by `ctx.call` and not yet completed. */
  readonly calls: ReadonlySet<string>;
}

/** What the host is to do next. */
export type Command =
  /** Start an occurrence: of `name` in the frame of `owner` (a node, or a task), or a call where there is no frame. */
  | {
      readonly kind: "start";
      readonly at: string;
      readonly owner: string;
      readonly name: string;
      readonly rank: number;
      readonly item?: number;
    }
  /** The frame of `at` has fallen quiet: complete its owner. */
  | { readonly kind: "quiet"; readonly at: string }
  /** The frame of `at` failed because of `cause`: cancel `cancel`, then fail its owner. */
  | { readonly kind: "fail"; readonly at: string; readonly cause: string; readonly cancel: readonly string[] };
