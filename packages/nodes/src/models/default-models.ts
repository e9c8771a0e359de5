import { availableParallelism } from "node:os";
import type { ChatModel, EmbeddingModel } from "@troupe/core";
import { TroupeError } from "@troupe/core";
import { catalogue } from "./catalogue.js";
import { freeMemory } from "./llamacpp/memory.js";
import { embeddings, model } from "./model.js";
import { type PullOptions, pull } from "./pull/pull.js";

export interface DefaultModels {
  readonly models: { readonly default: ChatModel; readonly embeddings: EmbeddingModel };
  /** A line a decision: which weights were taken or passed over, and why. */
  readonly why: readonly string[];
}

export interface DefaultModelsOptions extends Pick<PullOptions, "signal" | "onProgress"> {
  /** Models that were chosen already: what stands here is kept, and nothing is fetched for it. */
  readonly have?: { readonly default?: ChatModel | undefined; readonly embeddings?: EmbeddingModel | undefined };
}

/** Best first. */
const chat = ["smollm2-1.7b", "smollm2-135m"];

/**
 * The embedded models: of a short list, the best that this machine has cores and memory for and that can be reached. What is taken
 * is pulled, so that it is there when the run starts.
 *
 * Throws MODEL_UNREACHABLE where none can be had.
 */
export async function defaultModels(options: DefaultModelsOptions = {}): Promise<DefaultModels> {
  const why: string[] = [];
  const { have = {} } = options;
  const models = {
    default: have.default ?? model(`llamacpp:${await first(chat, options, why)}`),
    embeddings: have.embeddings ?? embeddings(`llamacpp:${await first(["minilm"], options, why)}`),
  };
  return { models, why };
}

async function first(names: readonly string[], options: Pick<PullOptions, "signal" | "onProgress">, why: string[]): Promise<string> {
  for (const name of names) {
    const { cores, memory } = catalogue[name]!;
    const free = freeMemory();
    if (availableParallelism() < cores) {
      why.push(`${name}: passed over, it needs ${cores} cores to be quick enough, and there are ${availableParallelism()}`);
      continue;
    }
    if (free < memory) {
      why.push(`${name}: passed over, it needs ${gigabytes(memory)} of memory, and ${gigabytes(free)} are free`);
      continue;
    }
    try {
      const { source } = await pull(name, options);
      why.push(`${name}: taken, ${source === "cache" ? "it was in the cache" : `fetched from a ${source}`}`);
      return name;
    } catch (error) {
      if (options.signal?.aborted) throw options.signal.reason;
      why.push(`${name}: passed over, ${error instanceof TroupeError ? error.what.replaceAll("\n", "\n  ") : String(error)}`);
    }
  }
  throw new TroupeError("MODEL_UNREACHABLE", `No default model can be had:\n${why.map((line) => `  - ${line}`).join("\n")}`, {
    hint: "Connect to the network or a package mirror, or name a model: --model ollama:NAME, --model openai:NAME",
  });
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
