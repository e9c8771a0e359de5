import type { RunnableConfig } from "@langchain/core/runnables";
import type { Traced } from "../../host/trace.js";

/**
 * Opens a chain run where the config carries callbacks; LangChain is loaded only then. `at` is an occurrence's path, which stands in the
 * run's own metadata.
 */
export async function traced(name: string, input: unknown, options: RunnableConfig, at?: string): Promise<Traced> {
  const { callbacks, tags, metadata, configurable, runName, runId } = options;
  const config: RunnableConfig = {
    ...(tags ? { tags } : {}),
    ...(metadata ? { metadata } : {}),
    ...(configurable ? { configurable } : {}),
  };
  const silent: Traced = { config, done: async () => {}, failed: async () => {} };
  if (!callbacks) return silent;
  const { CallbackManager } = await import("@langchain/core/callbacks/manager");
  const own = at === undefined ? undefined : { troupe_at: at };
  const manager = CallbackManager.configure(callbacks, undefined, tags, undefined, metadata, own);
  if (!manager) return silent;
  const serialized = { lc: 1, type: "not_implemented" as const, id: ["troupe", name] };
  const run = await manager.handleChainStart(serialized, input as object, runId, undefined, undefined, undefined, runName ?? name);
  return {
    config: { ...config, callbacks: run.getChild() },
    done: (output) => run.handleChainEnd(output),
    failed: (error) => run.handleChainError(error),
  };
}
