import type { RunnableConfig } from "@langchain/core/runnables";
import { after, either, type Soon } from "../schema/after.js";

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

/** Does a run's work, and tells its callbacks what it came to. */
export function underTrace<T extends object>(trace: Traced, work: () => Soon<T>): Soon<T> {
  if (!trace.config.callbacks) return work();
  return either(
    work,
    (output) => after(trace.done(output), () => output),
    (error) =>
      after(trace.failed(error), () => {
        throw error;
      }),
  );
}
