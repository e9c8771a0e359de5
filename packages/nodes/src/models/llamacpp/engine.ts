import { TroupeError } from "@troupe/core";
import type { ChatWrapper, Llama, LlamaGrammar, LlamaModel } from "node-llama-cpp";
import type { Gguf } from "../gguf.js";
import { fitSequences, wantedSequences } from "./memory.js";
import { llamaRuntime } from "./runtime.js";
import { type SequencePool, sequencePool } from "./sequence-pool.js";
import { threads } from "./threads.js";

/** A chat model in memory: its weights, one context, and what calls share. */
export interface ChatEngine {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly pool: SequencePool;
  /** Tokens a call may use, prompt and answer together. */
  readonly context: number;
  readonly wrapper: ChatWrapper;
  /** Grammars that were compiled, by the JSON of their schema. */
  readonly grammars: Map<string, Promise<LlamaGrammar>>;
}

/** Tokens of context where none is asked for: enough for a document and its answer, without a key-value cache of gigabytes. */
export const defaultContext = (gguf: Pick<Gguf, "context">): number => Math.min(gguf.context || 4096, 8192);

/** Loads weights for chat. Throws MODEL_MEMORY and MODEL_DAMAGED. */
export async function chatEngine(path: string, gguf: Gguf, context: number): Promise<ChatEngine> {
  const sequences = fitSequences(path, gguf, context, wantedSequences());
  const llama = await llamaRuntime();
  const { resolveChatWrapper } = await import("node-llama-cpp");
  const model = await loadWeights(llama, path);
  const made = await model.createContext({ contextSize: context, sequences, threads: threads() }).catch((cause) => {
    throw new TroupeError("MODEL_MEMORY", "There is no memory for this model's context", {
      file: path,
      hint: "Give it less context",
      cause,
    });
  });
  return { llama, model, pool: sequencePool(made), context, wrapper: resolveChatWrapper(model), grammars: new Map() };
}

/** Opens a GGUF file whose header was read already. */
export function loadWeights(llama: Llama, path: string): Promise<LlamaModel> {
  return llama.loadModel({ modelPath: path }).catch((cause) => {
    throw new TroupeError("MODEL_DAMAGED", "llama.cpp does not load this model", {
      file: path,
      hint: "Its architecture may be newer than node-llama-cpp 3.22.1 knows; else fetch it again",
      cause,
    });
  });
}
