import { availableParallelism } from "node:os";
import { type ChatModel, type EmbeddingModel, type ModelCard, TroupeError } from "@troupe/core";
import type { Adapter } from "@troupe/weights";
import { needs } from "../../peer.js";
import { catalogue } from "../catalogue.js";
import type { Gguf } from "../gguf.js";
import { lazyModel } from "../lazy-model.js";
import { loadedOnce } from "../loaded.js";
import { type Adapted, adapted, heldAdapter } from "./adapted.js";
import type { LlamaCppChat } from "./chat.js";
import type { LlamaCppEmbeddings } from "./embeddings.js";
import { type ChatEngine, chatEngine, defaultContext, loadWeights } from "./engine.js";
import { fitSequences, memoryFor, wantedSequences } from "./memory.js";
import { paceOf } from "./pace.js";
import { llamaRuntime } from "./runtime.js";
import { findWeights, peekWeights } from "./weights-file.js";

/** Chat over a GGUF file in this process: a known name, or a path, `+` the name of an adapter for it. `context` is in tokens. */
export function llamaCppChat(name: string, { context }: { context?: number } = {}): ChatModel {
  const weights = adapted(name);
  return lazyModel(
    `llamacpp:${name}`,
    () => cardOf(weights, context),
    async (): Promise<LlamaCppChat> => {
      const engine = await llamaCppEngine(name, "chat", context);
      const { LlamaCppChat } = await import("./chat.js");
      return new LlamaCppChat(engine, name);
    },
  );
}

/**
 * Weights in memory, in the one context that all models of this name and context share; those under an adapter are for what it was
 * made for. Throws as `findWeights` and `heldAdapter` do.
 */
export async function llamaCppEngine(name: string, kind: Adapter["kind"], context?: number): Promise<ChatEngine> {
  needs("node-llama-cpp");
  const weights = adapted(name);
  if (weights.adapter && weights.adapter.kind !== kind)
    throw new TroupeError("MODEL_KIND", `${name} is a model for ${weights.adapter.kind}, not for ${kind}`, {
      hint: `Under its adapter it is nothing else; the base is llamacpp:${weights.base}`,
    });
  const { path, gguf } = await findWeights(weights.base, "chat");
  const tokens = contextOf(weights, gguf, context);
  return loadedOnce(`chat ${tokens} ${weights.adapter?.sha256 ?? ""} ${path}`, async () => {
    const lora = weights.adapter && (await heldAdapter(name, weights.adapter, path));
    return chatEngine(path, gguf, tokens, lora);
  });
}

/** What is known of weights for chat without loading them. */
function cardOf(weights: Adapted, context: number | undefined): ModelCard {
  const gguf = peekWeights(weights.base);
  const tokens = contextOf(weights, gguf ?? catalogue[weights.base] ?? { context: 4096 }, context);
  return {
    kind: "chat",
    context: tokens,
    modalities: ["text"],
    tools: false,
    structured: "grammar",
    local: true,
    embedded: true,
    memory: gguf ? memoryFor(gguf, tokens * wantedSequences()) : (catalogue[weights.base]?.memory ?? 0),
  };
}

/** Tokens of context: what was asked for, else what is worth its memory. */
const contextOf = ({ adapter }: Adapted, gguf: Pick<Gguf, "context">, asked: number | undefined): number =>
  asked ?? Math.min(defaultContext(gguf), adapter ? 2 * adapter.context : Number.POSITIVE_INFINITY);

/** Sentence vectors over a GGUF file in this process: a known name, or a path. */
export function llamaCppEmbeddings(name: string): EmbeddingModel {
  const card = (): ModelCard => {
    const gguf = peekWeights(name);
    return {
      kind: "embeddings",
      context: gguf?.context || catalogue[name]?.context || 512,
      modalities: ["text"],
      tools: false,
      structured: "none",
      local: true,
      embedded: true,
      memory: gguf ? memoryFor(gguf, gguf.context) : (catalogue[name]?.memory ?? 0),
    };
  };
  return lazyModel(`llamacpp:${name}`, card, async (): Promise<LlamaCppEmbeddings> => {
    needs("node-llama-cpp");
    const { path, gguf } = await findWeights(name, "embeddings");
    const tokens = Math.min(gguf.context || 512, 2048);
    const { context, pace } = await loadedOnce(`embeddings ${path}`, async () => {
      fitSequences(path, gguf, tokens, 1);
      const llama = await llamaRuntime();
      const model = await loadWeights(llama, path);
      const pace = paceOf(llama);
      const options = { contextSize: tokens, batchSize: tokens, threads: availableParallelism() };
      return { context: await pace.open(() => model.createEmbeddingContext(options)), pace };
    });
    const { LlamaCppEmbeddings } = await import("./embeddings.js");
    return new LlamaCppEmbeddings(context, tokens, pace);
  });
}
