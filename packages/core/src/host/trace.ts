import type { RunnableConfig } from "@langchain/core/runnables";

/** A run as LangChain's callbacks hear of it. */
export interface Traced {
  /** For what the run calls. */
  readonly config: RunnableConfig;
  done(output: object): Promise<unknown>;
  failed(error: unknown): Promise<unknown>;
}

/**
 * Opens what LangChain's callbacks hear of a run or an occurrence (`at`), where the config carries callbacks. Whoever makes runs brings it, so
 * that a host loads nothing of LangChain.
 */
export type Trace = (name: string, input: unknown, config: RunnableConfig, at?: string) => Promise<Traced>;
