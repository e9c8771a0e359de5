import { availableParallelism } from "node:os";

/**
 * Threads a context computes with: all cores but one. llama.cpp's threads spin while they wait for one another, so with a thread on
 * every core, whatever else runs (another specialist, Node itself) stalls all of them: on two busy cores, two threads wrote 1.3
 * tokens a second where one wrote 69.
 */
export const threads = (): number => Math.max(1, availableParallelism() - 1);
