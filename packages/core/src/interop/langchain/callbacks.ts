import type { RunnableConfig } from "@langchain/core/runnables";
import type { Traced } from "../../host/trace.js";
import type { Soon } from "../../schema/after.js";

/**
 * Opens a chain run where the config carries callbacks; LangChain is loaded only then. `at` is an occurrence's path, which stands in the
 * run's own metadata.
 */
export function traced(name: string, input: unknown, options: RunnableConfig, at?: string): Soon<Traced> {
  const { callbacks, tags, metadata, configurable, recursionLimit } = options;
  const config: RunnableConfig = {
    ...(tags ? { tags } : {}),
    ...(metadata ? { metadata } : {}),
    ...(configurable ? { configurable } : {}),
    // Nothing of Troupe's goes by it: it is for agents and graphs of LangGraph's, whose error names it as the remedy.
    ...(recursionLimit === undefined ? {} : { recursionLimit }),
  };
  return callbacks ? opened(name, input, options, config, at) : { config, done: silent, failed: silent };
}

const silent = () => {};

async function opened(
  name: string,
  input: unknown,
  options: RunnableConfig,
  config: RunnableConfig,
  at: string | undefined,
): Promise<Traced> {
  const { callbacks, tags, metadata, runName, runId } = options;
  const { CallbackManager } = await import("@langchain/core/callbacks/manager");
  const own = at === undefined ? undefined : { troupe_at: at };
  const manager = CallbackManager.configure(callbacks, undefined, tags, undefined, metadata, own);
  if (!manager) return { config, done: silent, failed: silent };
  const serialized = { lc: 1, type: "not_implemented" as const, id: ["troupe", name] };
  const run = await manager.handleChainStart(serialized, input as object, runId, undefined, undefined, undefined, runName ?? name);
  return {
    config: { ...config, callbacks: run.getChild() },
    done: (output) => run.handleChainEnd(output),
    failed: (error) => run.handleChainError(error),
  };
}
