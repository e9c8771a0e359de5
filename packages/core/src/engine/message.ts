import { TroupeError } from "../error/error.js";
import type { GraphData } from "../graph/data.js";
import type { Path } from "../path/path.js";
import type { Json } from "../schema/json.js";
import type { Learnt, RecordOf } from "./record.js";
import type { Program } from "./state.js";

/** Which attempt at an occurrence something comes from; what an earlier one still says is not heard. */
export interface Attempt {
  readonly at: Path;
  readonly attempt: number;
}

/** What is to be said of a value. */
export type Flag = Omit<RecordOf<"flagged">, "kind" | "at">;

/** What comes in, from the world or from an occurrence. */
export type Message =
  /** The run begins, or is taken up again. */
  | { readonly kind: "first"; readonly record: RecordOf<"began"> | RecordOf<"resumed">; readonly flags: readonly Flag[] }
  /** An occurrence has answered; `flags` are what is to be said of its answer. */
  | (Attempt & { readonly kind: "output"; readonly output: Json; readonly flags: readonly Flag[] })
  | (Attempt & { readonly kind: "failure"; readonly error: TroupeError })
  /** An occurrence calls a specialist under a key. */
  | (Attempt & { readonly kind: "call"; readonly key: string; readonly record: Omit<RecordOf<"called">, "kind" | "at"> })
  /** An occurrence opens the graph that it is. */
  | (Attempt & { readonly kind: "enter"; readonly data: GraphData; readonly program: Program; readonly input: Json })
  /** An occurrence has its n-th plan carried out; `made` is left out where the journal has it. */
  | (Attempt & {
      readonly kind: "plan";
      readonly n: number;
      readonly made: Omit<RecordOf<"planned">, "kind" | "at" | "usage" | "cpu"> | undefined;
      readonly input: Readonly<Record<string, unknown>>;
    })
  /** An occurrence has learnt something; it hears when that is kept. */
  | (Attempt & { readonly kind: "learn"; readonly answers: readonly Learnt[] })
  /** It goes another way than the attempts before. */
  | (Attempt & { readonly kind: "diverge"; readonly from: number; readonly to: number; readonly loosely: boolean })
  /** A value would have come where a mark forbids it. */
  | (Attempt & { readonly kind: "flag"; readonly flag: Flag })
  /** The run's output was held to its schema. */
  | { readonly kind: "result"; readonly output: Json }
  | { readonly kind: "result"; readonly error: TroupeError }
  /** Nobody wants the run any more. */
  | { readonly kind: "abort"; readonly reason: unknown };

export type MessageOf<K extends Message["kind"]> = Extract<Message, { kind: K }>;

/** What a host is to do. */
export type Command =
  /** Carry out an occurrence: a node or a task of the frame of `owner`, or a call, whose input its caller gave. */
  | (Attempt & {
      readonly kind: "start";
      readonly name: string;
      readonly specialist: string;
      readonly owner: Path | undefined;
      /** What it runs inside; undefined for a node of the run's own graph. */
      readonly parent: Path | undefined;
      readonly input: Readonly<Record<string, unknown>> | undefined;
    })
  /** Stop an occurrence's work: nothing that comes of it counts any more. */
  | { readonly kind: "stop"; readonly at: Path; readonly reason: unknown }
  /** Tell the occurrence `to`, which waits for what it asked for at `at`, what came of it. */
  | { readonly kind: "answer"; readonly to: Path; readonly at: Path; readonly output: Record<string, unknown> }
  | { readonly kind: "refuse"; readonly to: Path; readonly at: Path; readonly error: unknown }
  /** What an occurrence said that it learnt is kept; said in the order of the journal, answers included. */
  | { readonly kind: "kept"; readonly at: Path }
  /** Hold what the run's fields come to against their schema. */
  | { readonly kind: "finish"; readonly output: Readonly<Record<string, unknown>> }
  /** The run is over. */
  | { readonly kind: "end"; readonly output: Json }
  | { readonly kind: "end"; readonly error: unknown };

/** Why what an occurrence left running is stopped, and what it asks for is refused. */
export const hasEnded = (at: Path): TroupeError => new TroupeError("ABORTED", `${at} has ended`, { at });
