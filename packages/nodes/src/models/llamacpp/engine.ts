import { availableParallelism } from "node:os";
import { TroupeError } from "@troupe/core";
import type { ChatWrapper, Llama, LlamaGrammar, LlamaModel } from "node-llama-cpp";
import type { Gguf } from "../gguf.js";
import { loadedOnce } from "../loaded.js";
import { chatWrapper } from "./chat-wrapper.js";
import { fitSequences, wantedSequences } from "./memory.js";
import { paceOf } from "./pace.js";
import { llamaRuntime } from "./runtime.js";
import { type SequencePool, sequencePool } from "./sequence-pool.js";

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

/** An adapter's file, and what its changes are multiplied by. */
export interface Lora {
  readonly filePath: string;
  readonly scale: number;
}

/** Loads weights for chat, into a context of their own if under an adapter. Throws MODEL_MEMORY and MODEL_DAMAGED. */
export async function chatEngine(path: string, gguf: Gguf, context: number, lora?: Lora): Promise<ChatEngine> {
  const sequences = fitSequences(path, gguf, context, wantedSequences());
  const llama = await llamaRuntime();
  const model = await loadWeights(llama, path);
  const pace = paceOf(llama);
  const options = { contextSize: context, sequences, threads: availableParallelism(), ...(lora ? { lora: { adapters: [lora] } } : {}) };
  const made = await pace
    .open(() => model.createContext(options))
    .catch((cause) => {
      throw new TroupeError("MODEL_MEMORY", "There is no memory for this model's context", {
        file: path,
        hint: "Give it less context",
        cause,
      });
    });
  return { llama, model, pool: sequencePool(made, pace), context, wrapper: await chatWrapper(model), grammars: new Map() };
}

/** Opens a GGUF file whose header was read already, once for all its contexts. */
export function loadWeights(llama: Llama, path: string): Promise<LlamaModel> {
  return loadedOnce(`weights ${path}`, () =>
    llama.loadModel({ modelPath: path }).catch((cause) => {
      throw new TroupeError("MODEL_DAMAGED", "llama.cpp does not load this model", {
        file: path,
        hint: "Its architecture may be newer than node-llama-cpp 3.22.1 knows; else fetch it again",
        cause,
      });
    }),
  );
}
