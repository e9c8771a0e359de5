import type { GraphData } from "../graph/data.js";
import type { Graph } from "../graph/graph.js";
import type { Plan, Task } from "../graph/plan.js";
import type { Path } from "../path/path.js";
import type { Json } from "../schema/json.js";
import type { Fields } from "./fields.js";
import type { Learning } from "./learning.js";
import type { RecordOf } from "./record.js";
import type { Schedule } from "./schedule.js";

/** The functions that a graph's data names. No record holds them, so they come with the message that opens the graph. */
export type Program = Pick<Graph, "conditions" | "reducers">;

/** Something that has to be done and is not completed: a node or a task that is its turn, or a call. */
export interface Occurrence {
  readonly at: Path;
  /** Of a node or a task its name, of a call its key. */
  readonly name: string;
  readonly specialist: string;
  /** Where it is a node or a task; undefined for a call. */
  readonly frame: Frame | undefined;
  /** What it runs inside; undefined for a node of the run's own graph. */
  readonly parent: Occurrence | undefined;
  readonly item: number | undefined;
  attempt: number;
  /** Whether the attempt is under way. */
  live: boolean;
  /** What its attempts opened. */
  inside: Inside | undefined;
  /** What its attempts learnt, and asked of others. */
  learning: Learning | undefined;
}

/** What an occurrence opened so far: a graph, plans, calls that are not completed, and what completed calls gave. */
export interface Inside {
  graph: GraphFrame | undefined;
  readonly plans: PlanFrame[];
  readonly calls: Map<string, Occurrence>;
  readonly results: Map<string, Json>;
}

/** A graph being run: the run's own, or one that an occurrence opened. */
export interface GraphFrame {
  readonly kind: "graph";
  /** `""` for the run's own. */
  readonly owner: Path;
  readonly opener: Occurrence | undefined;
  readonly graph: GraphData;
  /** What is its turn and not completed. */
  readonly running: Map<Path, Occurrence>;
  readonly schedule: Schedule;
  readonly fields: Fields;
  /** The first failure, which stops the frame. */
  failed: Path | undefined;
  /** Undefined until this holder's attempt opens the graph. */
  program: Program | undefined;
}

/** A plan being carried out. */
export interface PlanFrame {
  readonly kind: "plan";
  readonly owner: Path;
  readonly opener: Occurrence;
  readonly plan: Plan;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly running: Map<Path, Occurrence>;
  /** How many tasks each task still waits for, and which wait for it. */
  readonly waits: Map<string, number>;
  readonly followers: ReadonlyMap<string, readonly string[]>;
  readonly ranks: ReadonlyMap<string, number>;
  /** What completed tasks gave. */
  readonly results: Map<string, Json>;
  failed: Path | undefined;
  /** What the team was given; undefined until this holder's attempt opens the plan. */
  input: Readonly<Record<string, unknown>> | undefined;
}

export type Frame = GraphFrame | PlanFrame;

/**
 * A run, as its records say it is. `transition` and `fold` change it in place, so that a step costs what it changes; the same records
 * always make the same state.
 */
export interface RunState {
  root: GraphFrame | undefined;
  /** All that has to be done and is not completed, by path. */
  readonly occurrences: Map<Path, Occurrence>;
  /** Texts that were said to give orders; made when there is first one. */
  said: Set<string> | undefined;
  /** What inputs are told apart by. */
  key: string;
  input: Json;
  ended: RecordOf<"ended"> | undefined;
}

/**
 * A run before its first record.
 * @example
 * const state = emptyState();
 */
export function emptyState(): RunState {
  return { root: undefined, occurrences: new Map(), said: undefined, key: "", input: null, ended: undefined };
}
