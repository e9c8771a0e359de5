import type { RunnableConfig } from "@langchain/core/runnables";
import { either, type Soon } from "../schema/after.js";
import { whileWanted } from "./while-wanted.js";

/** A run as LangChain's callbacks hear of it. */
export interface Traced {
  /** For what the run calls. */
  readonly config: RunnableConfig;
  done(output: object): Soon<unknown>;
  failed(error: unknown): Soon<unknown>;
}

/**
 * Opens what LangChain's callbacks hear of a run or an occurrence (`at`), where the config carries callbacks. Whoever makes runs brings it, so
 * that a host loads nothing of LangChain.
 */
export type Trace = (name: string, input: unknown, config: RunnableConfig, at?: string) => Soon<Traced>;

/** Does a run's work, and tells its callbacks what it came to. What they make of it holds nobody up who wants the run no more. */
export function underTrace<T extends object>(trace: Traced, signal: AbortSignal | undefined, work: () => Soon<T>): Soon<T> {
  if (!trace.config.callbacks) return work();
  const told = (telling: Soon<unknown>, next: () => T): Soon<T> =>
    either(
      () => whileWanted(telling, signal),
      next,
      (thrown) => {
        if (signal?.aborted) return next();
        throw thrown;
      },
    );
  return either(
    work,
    (output) => told(trace.done(output), () => output),
    (error) =>
      told(trace.failed(error), () => {
        throw error;
      }),
  );
}
