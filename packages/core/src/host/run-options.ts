import type { RunnableConfig } from "@langchain/core/runnables";
import type { Journal } from "../journal/journal.js";
import type { Limits } from "../limits/limits.js";
import type { Trust } from "../limits/trust.js";
import type { Bindable } from "../model/model.js";
import type { Json } from "../schema/json.js";
import type { Host } from "./host.js";

export interface CompileOptions {
  /** Models by role: `default`, `planner`, `embeddings`, `decisions`, or a name of your own. */
  readonly models?: Readonly<Record<string, Bindable>>;
  /** Default: in memory. */
  readonly journal?: Journal;
  /** Whose clock, chance and hands its runs take. Default: `inProcess()`. */
  readonly host?: Host;
  /** Milliseconds one occurrence may take where its specialist and node say nothing. Default: no bound. */
  readonly timeout?: number;
  /** What foreign data may take; specialists see it as `ctx.limits`. What is not given has the default of `limitsOf`. */
  readonly limits?: Partial<Limits>;
  /** What is trusted; specialists see it as `ctx.trust`. What is not given has the default of `trustOf`. */
  readonly trust?: Partial<Trust>;
}

/** What one run takes beside its input; LangChain's own settings are taken too. */
export interface RunOptions extends RunnableConfig {
  /** The durable name of the run. Default: `configurable.thread_id`, else a new one. */
  readonly thread?: string;
  /** Handed to specialists as `ctx.services`; never journalled. */
  readonly services?: unknown;
  /** Kept with the run's first record: where the graph came from, say. */
  readonly meta?: Json;
}
