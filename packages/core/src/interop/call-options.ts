import type { RunnableConfig } from "@langchain/core/runnables";
import type { RunOptions } from "../host/run-options.js";

type Config = { readonly [K in keyof RunnableConfig]?: RunnableConfig[K] | undefined } & { readonly context?: unknown };

/**
 * What a call in LangChain's or LangGraph's words says to a Troupe run inside it: callbacks, tags, metadata, the signal, the bound on
 * LangGraph's steps, and LangGraph's context as services. The caller's thread stays the caller's, since it may call several times at once.
 */
export function callOptions(config: Config): Partial<RunOptions> {
  const { callbacks, tags, metadata, signal, recursionLimit, context, configurable } = config;
  const { thread_id, ...rest } = configurable ?? {};
  const inside = rest.__pregel_task_id === undefined ? rest : { ...rest, thread_id };
  const said = { callbacks, tags, metadata, signal, recursionLimit, services: context, configurable: inside };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}
