import type { ChatModel, EmbeddingModel, ModelCard } from "@troupe/core";
import { needs } from "../../peer.js";
import { catalogue } from "../catalogue.js";
import { lazyModel } from "../lazy-model.js";
import type { LlamaCppChat } from "./chat.js";
import type { LlamaCppEmbeddings } from "./embeddings.js";
import { chatEngine, defaultContext, loadWeights } from "./engine.js";
import { fitSequences, memoryFor, wantedSequences } from "./memory.js";
import { llamaRuntime } from "./runtime.js";
import { threads } from "./threads.js";
import { findWeights, peekWeights } from "./weights-file.js";

/** Weights in memory, by path and context: two models of one name share them, for they are the largest thing in the process. */
const loaded = new Map<string, Promise<unknown>>();

function once<T>(key: string, load: () => Promise<T>): Promise<T> {
  const known = loaded.get(key) as Promise<T> | undefined;
  if (known) return known;
  const made = load();
  loaded.set(key, made);
  made.catch(() => loaded.delete(key));
  return made;
}

/** Chat over a GGUF file in this process: a known name, or a path. `context` is in tokens. */
export function llamaCppChat(name: string, { context }: { context?: number } = {}): ChatModel {
  const card = (): ModelCard => {
    const gguf = peekWeights(name);
    const tokens = context ?? defaultContext(gguf ?? catalogue[name] ?? { context: 4096 });
    return {
      kind: "chat",
      context: tokens,
      modalities: ["text"],
      tools: false,
      structured: "grammar",
      local: true,
      memory: gguf ? memoryFor(gguf, tokens * wantedSequences()) : (catalogue[name]?.memory ?? 0),
    };
  };
  return lazyModel(`llamacpp:${name}`, card, async (): Promise<LlamaCppChat> => {
    needs("node-llama-cpp");
    const { path, gguf } = await findWeights(name, "chat");
    const tokens = context ?? defaultContext(gguf);
    const engine = await once(`chat ${tokens} ${path}`, () => chatEngine(path, gguf, tokens));
    const { LlamaCppChat } = await import("./chat.js");
    return new LlamaCppChat(engine, name);
  });
}

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
      memory: gguf ? memoryFor(gguf, gguf.context) : (catalogue[name]?.memory ?? 0),
    };
  };
  return lazyModel(`llamacpp:${name}`, card, async (): Promise<LlamaCppEmbeddings> => {
    needs("node-llama-cpp");
    const { path, gguf } = await findWeights(name, "embeddings");
    const tokens = Math.min(gguf.context || 512, 2048);
    const context = await once(`embeddings ${path}`, async () => {
      fitSequences(path, gguf, tokens, 1);
      const model = await loadWeights(await llamaRuntime(), path);
      return model.createEmbeddingContext({ contextSize: tokens, batchSize: tokens, threads: threads() });
    });
    const { LlamaCppEmbeddings } = await import("./embeddings.js");
    return new LlamaCppEmbeddings(context, tokens);
  });
}
