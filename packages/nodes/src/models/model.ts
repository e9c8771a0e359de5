import { type ChatModel, type EmbeddingModel, TroupeError } from "@troupe/core";
import { hostedChat } from "./hosted/hosted.js";
import { openAiChat, openAiEmbeddings } from "./hosted/openai.js";
import { llamaCppChat, llamaCppEmbeddings } from "./llamacpp/llamacpp.js";
import { ollamaChat, ollamaEmbeddings } from "./ollama/ollama.js";

export interface ModelOptions {
  /** Tokens of context to make room for, where the provider lets one choose: llamacpp and ollama. */
  readonly context?: number;
}

/**
 * A chat model by `provider:name`: `llamacpp:smollm2-135m` or `llamacpp:/path/to.gguf` in this process, `ollama:qwen2.5:7b`,
 * `openai:gpt-4o`, `openai:name@http://host:port/v1` for any server that speaks OpenAI's language, `google:…`, `anthropic:…`,
 * `mistral:…`. Frozen and lazy: nothing is fetched or connected before `load`.
 *
 * Throws PROVIDER_UNKNOWN.
 */
export function model(id: string, options: ModelOptions = {}): ChatModel {
  const { provider, name } = split(id);
  switch (provider) {
    case "llamacpp":
      return llamaCppChat(name, options);
    case "ollama":
      return ollamaChat(name, options);
    case "openai":
      return openAiChat(name);
    case "google":
    case "anthropic":
    case "mistral":
      return hostedChat(provider, name);
  }
  throw unknown(id, provider);
}

/** An embedding model by `provider:name`: `llamacpp:minilm`, `ollama:…`, `openai:…`. Throws PROVIDER_UNKNOWN. */
export function embeddings(id: string): EmbeddingModel {
  const { provider, name } = split(id);
  if (provider in { google: 1, anthropic: 1, mistral: 1 })
    throw new TroupeError("MODEL_KIND", `Troupe asks ${provider} for no vectors`, {
      hint: "Take llamacpp, ollama or openai for embeddings",
    });
  switch (provider) {
    case "llamacpp":
      return llamaCppEmbeddings(name);
    case "ollama":
      return ollamaEmbeddings(name);
    case "openai":
      return openAiEmbeddings(name);
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
