import type { ChatModel, EmbeddingModel } from "@troupe/core";
import { type Asker, needsModels } from "./needs-models.js";
import { pullProgress } from "./show/pull-progress.js";

/** Model names by role, as the journal's first record keeps them. */
export type ModelNames = Readonly<Record<string, string>>;

/**
 * The models a run is given: those that were named, and the embedded defaults for `default` and `embeddings` where it may ask
 * for them. `why` says what was taken by default, and what for. A planner is bound only where one is named, so that teams plan by
 * types without.
 */
export async function bindModels(asker: Asker, names: ModelNames, signal: AbortSignal) {
  const nodes = await import("@troupe/nodes");
  const named: Record<string, ChatModel | EmbeddingModel> = Object.fromEntries(
    Object.entries(names).map(([role, name]) => [role, role === "embeddings" ? nodes.embeddings(name) : nodes.model(name)]),
  );
  if (!needsModels(asker)) return { models: named, why: [] };
  const have = { default: named.default as ChatModel | undefined, embeddings: named.embeddings as EmbeddingModel | undefined };
  if (have.default && have.embeddings) return { models: named, why: [] };
  const progress = await pullProgress(process.stderr);
  try {
    const { models, why } = await nodes.defaultModels({ have, signal, onProgress: progress.show });
    return { models: { ...named, ...models }, why };
  } finally {
    progress.end();
  }
}
