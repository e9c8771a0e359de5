import type { ChatModel, EmbeddingModel } from "./model.js";

/** Bytes of about 1.5 billion parameters at 4 bits with their context: smaller models invent facts in summaries and refs in plans. */
const enough = 1.5e9;

/**
 * Whether a model's card promises writing that can be relied on: a chat model that runs elsewhere, or one that takes at least
 * 1.5 GB of memory. A local model whose card is silent about its size is not relied on.
 *
 * @example
 * isCapable(model("openai:gpt-4o")); // true
 * isCapable(model("llamacpp:smollm2-135m")); // false
 */
export function isCapable(model: ChatModel | EmbeddingModel | undefined): boolean {
  if (model?.card.kind !== "chat") return false;
  return !model.card.local || (model.card.memory ?? 0) >= enough;
}
