import { type ChatModel, type DecisionModel, type EmbeddingModel, TroupeError } from "@troupe/core";
import { z } from "zod";
import { checkOptions } from "../check-options.js";
import { headDecisions } from "./decisions/head/head-decisions.js";
import { chatDecisions } from "./decisions/of-chat.js";
import { embeddingDecisions } from "./decisions/of-embeddings.js";
import { ollamaDecisions } from "./decisions/ollama.js";
import { openAiDecisions } from "./decisions/openai.js";
import { systemOne } from "./decisions/systemone.js";
import { declaredElsewhere } from "./declared-elsewhere.js";
import { hostedChat } from "./hosted/hosted.js";
import { openAiChat, openAiEmbeddings } from "./hosted/openai.js";
import { llamaCppDecisions } from "./llamacpp/decisions.js";
import { llamaCppChat, llamaCppEmbeddings } from "./llamacpp/llamacpp.js";
import { measuredModel } from "./measure/measured-model.js";
import { ollamaChat, ollamaEmbeddings } from "./ollama/ollama.js";
import { onnxChat } from "./onnx/onnx.js";
import { providerUnknown } from "./provider-unknown.js";

export interface ModelOptions {
  /** Tokens of context to make room for, where the provider lets one choose: llamacpp and ollama. */
  readonly context?: number;
  /**
   * The name of the environment variable that holds the key of the server that the model's name or the environment names, for openai and
   * the hosted providers; never the key itself. Each provider's own server has its own (`OPENAI_API_KEY`, …), which no other server gets.
   */
  readonly key?: string;
  /** `false` where a server on this machine hands on what it is sent, as a gateway does: nothing private goes there. */
  readonly local?: false;
  /** Of captioners (onnx): how many captions are weighed against one another; 1 is greedy. Default: 3. */
  readonly beams?: number;
}

/** Of a misspelt `local` private data would be sent on. What a key may be is said by `keyOption`, which does not repeat it. */
const ofServers = { key: z.unknown().optional(), local: z.literal(false).optional() };
const ofChat = { ...ofServers, context: z.int().positive().optional(), beams: z.unknown().optional() };

/**
 * A chat model by `provider:name`: `llamacpp:smollm2-135m` or `llamacpp:/path/to.gguf` in this process, `onnx:blip-image-captioning-base` for captions of images, `ollama:qwen2.5:7b`,
 * `openai:gpt-4o`, `openai:name@http://host:port/v1` for any server that speaks OpenAI's language, `google:…`, `anthropic:…`,
 * `mistral:…`. Frozen and lazy: nothing is fetched or connected before `load`. What `measure` found of it on this machine counts more in
 * its card than what is published.
 *
 * Throws PROVIDER_UNKNOWN, MODEL_UNKNOWN for an empty name, MODEL_URL, MODEL_KIND and OPTION_INVALID.
 * @example model("openai:qwen3@https://models.example.org/v1", { key: "EXAMPLE_KEY" })
 */
export function model(id: string, options: ModelOptions = {}): ChatModel {
  const made = measuredModel(unmeasured(id, options));
  return options.local === false ? declaredElsewhere(made) : made;
}

/** A chat model whose card tells what is published, or what the model itself says. Throws as `model` does. */
export function unmeasured(id: string, options: ModelOptions = {}): ChatModel {
  const { provider, name } = split(id);
  checkOptions("model", options, ofChat);
  const key = keyOption(provider, options.key);
  switch (provider) {
    case "llamacpp":
      return llamaCppChat(name, options);
    case "onnx":
      return onnxChat(name, options);
    case "ollama":
      return ollamaChat(name, options);
    case "openai":
      return openAiChat(name, key);
    case "google":
    case "anthropic":
    case "mistral":
      return hostedChat(name, provider, key);
  }
  throw providerUnknown(id, ["llamacpp", "onnx", "ollama", "openai", "google", "anthropic", "mistral"]);
}

/**
 * An embedding model by `provider:name`: `llamacpp:minilm`, `ollama:…`, `openai:…`. Throws as `model` does.
 *
 * @example
 * const app = compile(graph, { models: { embeddings: embeddings("llamacpp:minilm") } });
 */
export function embeddings(id: string, options: Pick<ModelOptions, "key" | "local"> = {}): EmbeddingModel {
  const made = embeddingModel(id, options);
  return options.local === false ? declaredElsewhere(made) : made;
}

function embeddingModel(id: string, options: Pick<ModelOptions, "key" | "local">): EmbeddingModel {
  const { provider, name } = split(id);
  checkOptions("embeddings", options, ofServers);
  const key = keyOption(provider, options.key);
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
      return openAiEmbeddings(name, key);
  }
  throw providerUnknown(id, ["llamacpp", "ollama", "openai"]);
}

/**
 * A decision model by `provider:name`: `llamacpp:smollm2-135m+decisions`, or any chat weights, in this process; `systemone:name@http://host:port` for any server with `/v1/systemone`, `ollama:…`, `openai:…` for
 * OpenAI's `/v1/decisions`, also elsewhere with `@URL`, `google:…`, `anthropic:…` and `mistral:…`, whose chat models write their answers, `embeddings:` and an embedding model's name for one that compares a text with
 * what the options mean, `head:FILE` for one that `train` made. Each is a `BaseDecisionModel` of LangChain's once it is loaded. Throws as `model` does.
 *
 * @example
 * const app = compile(graph, { models: { decisions: decisions("systemone:nano@http://127.0.0.1:8000") } });
 */
export function decisions(id: string, options: Pick<ModelOptions, "key" | "local"> = {}): DecisionModel {
  const made = decisionModel(id, options);
  return options.local === false ? declaredElsewhere(made) : made;
}

function decisionModel(id: string, options: Pick<ModelOptions, "key" | "local">): DecisionModel {
  const { provider, name } = split(id);
  checkOptions("decisions", options, ofServers);
  if (provider === "embeddings") return embeddingDecisions(embeddings(name, options));
  if (provider === "head") {
    return headDecisions(name, (vectors) => {
      if (options.key !== undefined && /@[a-z][a-z0-9+.-]*:\/\//i.test(vectors)) throw keyForFile(vectors);
      return embeddings(vectors, options);
    });
  }
  const key = keyOption(provider, options.key);
  switch (provider) {
    case "llamacpp":
      return llamaCppDecisions(name);
    case "systemone":
      return systemOne(name, key);
    case "ollama":
      return ollamaDecisions(name);
    case "openai":
      return openAiDecisions(name, key);
    case "google":
    case "anthropic":
    case "mistral":
      return chatDecisions(hostedChat(name, provider, key));
  }
  throw providerUnknown(id, ["llamacpp", "systemone", "ollama", "openai", "google", "anthropic", "mistral", "embeddings", "head"]);
}

/** A head's file is data, which may come from anywhere: whom it names by URL gets a key only by the name of that server. */
const keyForFile = (vectors: string): TroupeError =>
  new TroupeError("OPTION_INVALID", `The option key is for a server that you name, and a head's file names ${vectors}`, {
    hint: 'If that server may have the key, name it: trust: { keys: { "https://host": "NAME_OF_THE_VARIABLE" } }.',
  });

/** The provider and the rest of a model's name. */
export function split(id: string): { provider: string; name: string } {
  if (typeof id !== "string")
    throw new TroupeError("PROVIDER_UNKNOWN", `A model is named by a text, and ${id === null ? "null" : typeof id} was given`, {
      hint: 'Write provider:name, as in model("ollama:llama3.1"); a variable of the environment may not be set.',
    });
  const colon = id.indexOf(":");
  if (colon <= 0) return { provider: "", name: id };
  const [provider, name] = [id.slice(0, colon), id.slice(colon + 1)];
  // With an address or without, whose password is not told.
  if (/^\s*(@.*)?$/s.test(name))
    throw new TroupeError("MODEL_UNKNOWN", `${provider}: names no model`, {
      hint: `Write its name after the colon: ${provider}:NAME${name.includes("@") ? "@URL" : ""}. A variable of the environment may be empty.`,
    });
  return { provider, name };
}

/** A mistake here may be the key itself, so that it is not repeated. */
function keyOption(provider: string, key: string | undefined): string | undefined {
  if (key === undefined) return undefined;
  const invalid = (what: string) =>
    new TroupeError("OPTION_INVALID", what, { hint: 'Write { key: "NAME_OF_THE_VARIABLE" }, never the key itself.' });
  if (["llamacpp", "onnx", "ollama"].includes(provider)) throw invalid(`Models of ${provider} take no key`);
  if (!/^[A-Za-z_]\w*$/.test(key)) throw invalid("The option key names no environment variable");
  return key;
}
