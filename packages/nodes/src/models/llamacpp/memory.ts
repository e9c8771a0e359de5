import { availableParallelism, freemem, totalmem } from "node:os";
import { TroupeError } from "@troupe/core";
import type { Gguf } from "../gguf.js";

/**
 * Bytes this process may still take, limits of a container included. macOS counts what it would give up at once as taken.
 *
 * @example
 * if (freeMemory() < 2e9) console.log("too little for a larger model");
 */
export const freeMemory = (): number => (process.platform === "darwin" ? totalmem() * 0.7 : (process.availableMemory?.() ?? freemem()));

/** Sequences a chat context is wanted with: as many calls at once as are still worth it. */
export const wantedSequences = (): number => Math.max(2, Math.min(4, availableParallelism()));

/** Buffers of the runtime beside weights and cache, roughly. */
const buffers = 150_000_000;

/** Bytes the weights take with this many tokens of context in all. */
export const memoryFor = (gguf: Gguf, tokens: number): number => gguf.bytes + gguf.cachePerToken * tokens + buffers;

/**
 * How many sequences of `context` tokens fit: as many as wanted, fewer where memory is short. Throws MODEL_MEMORY where not even
 * one does.
 */
export function fitSequences(path: string, gguf: Gguf, context: number, wanted: number): number {
  const free = freeMemory();
  for (let sequences = wanted; sequences >= 1; sequences--) if (memoryFor(gguf, context * sequences) <= free) return sequences;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new TroupeError(
    "MODEL_MEMORY",
    `The model needs about ${gigabytes(memoryFor(gguf, context))} with ${context} tokens of context, and ${gigabytes(free)} are free`,
    { file: path, hint: "Give it less context, free memory, or use a smaller model such as llamacpp:smollm2-135m" },
  );
}
