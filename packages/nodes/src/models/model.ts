import { type ChatModel, type EmbeddingModel, TroupeError } from "@troupe/core";
import { llamaCppChat, llamaCppEmbeddings } from "./llamacpp/llamacpp.js";

export interface ModelOptions {
  /** Tokens of context to make room for, where the provider lets one choose: llamacpp and ollama. */
  readonly context?: number;
}

/**
 * A chat model by `provider:name`: `llamacpp:smollm2-135m`, `llamacpp:/path/to.gguf`. Frozen and lazy: nothing is read, fetched or
 * connected before `load`.
 *
 * Throws PROVIDER_UNKNOWN.
 */
export function model(id: string, options: ModelOptions = {}): ChatModel {
  const { provider, name } = split(id);
  switch (provider) {
    case "llamacpp":
      return llamaCppChat(name, options);
  }
  throw unknown(id, provider);
}

/** An embedding model by `provider:name`: `llamacpp:minilm`. Throws PROVIDER_UNKNOWN. */
export function embeddings(id: string): EmbeddingModel {
  const { provider, name } = split(id);
  switch (provider) {
    case "llamacpp":
      return llamaCppEmbeddings(name);
  }
  throw unknown(id, provider);
}

function split(id: string): { provider: string; name: string } {
  const colon = id.indexOf(":");
  return colon > 0 ? { provider: id.slice(0, colon), name: id.slice(colon + 1) } : { provider: "", name: id };
}

function unknown(id: string, provider: string): TroupeError {
  const what = provider ? `There is no provider ${provider}` : `${id} names no provider`;
  return new TroupeError("PROVIDER_UNKNOWN", what, {
    hint: "Write provider:name, with llamacpp, ollama, openai, google, anthropic or mistral",
  });
}
