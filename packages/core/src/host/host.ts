import type { Model } from "../model/model.js";
import type { Soon } from "../schema/after.js";
import type { Specialist } from "../specialist/specialist.js";

/**
 * What a run takes from the world around it, beside its journal: time, chance, and whoever does its work. What it decides, it decides by
 * the machine alone, so that a graph comes to the same under every host. `inProcess()` is the one that `compile` takes where none is
 * given, `simulated()` of `@troupe/core/testing` another; one of your own may take the parts of either.
 * What a part throws, or gives that it should not, fails the run with `HOST_BROKEN`.
 *
 * @example
 * const app = compile(graph, { host: { ...inProcess(), now: () => Date.parse("2027-01-01") } });
 */
export interface Host {
  /** Ms since 1970. */
  now(): number;
  /** Ms by a clock that nobody sets back: how long things take. */
  elapsed(): number;
  /** A number from 0 on, less than 1. */
  random(): number;
  /** A text that nobody else has and nobody guesses, for a thread that has no name, and for a run's key. */
  uuid(): string;
  /** Does something in so many ms. Gives a way to call it off. */
  after(ms: number, work: () => void): () => void;
  /** Whether the processor's time of this process is that of the occurrences, so that records tell it. */
  readonly computes?: boolean;
  /**
   * Does the work of an attempt, whose input was held to its schema: here and now by `work`, which is what is done where this is left out,
   * or later, or elsewhere. `work` does it once: who asks for it again is given the same, and of an attempt that is over it does nothing and
   * throws. What it gives is held to the specialist's output schema.
   */
  perform?(attempt: AttemptAt, work: () => Soon<unknown>): Soon<unknown>;
  /** Has a model answer: by `work`, which is what is done where this is left out, at once or in its turn. */
  ask?<T>(question: QuestionAt, work: () => Promise<T>): Promise<T>;
}

/** An attempt at an occurrence, whose work is to be done. */
export interface AttemptAt {
  /** The path of the occurrence. */
  readonly at: string;
  /** From 1. */
  readonly attempt: number;
  /** The node's name; of a task or a call the specialist's. */
  readonly name: string;
  readonly specialist: Specialist;
  readonly input: object;
  /** Aborted when nothing that comes of it counts any more. */
  readonly signal: AbortSignal;
}

/** A question to a model, with the path of the occurrence that asks. */
export interface QuestionAt {
  readonly at: string;
  readonly model: Model;
}
