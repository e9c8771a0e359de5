import type { LlamaContext, LlamaContextSequence, Token } from "node-llama-cpp";
import type { Pace } from "./pace.js";

/** Sequences of one context, lent one call each; a call waits where all are out. */
export interface SequencePool {
  /** Lends the free sequence that has evaluated most of these tokens already, unless much else would be lost there. It comes back when `work` has settled. */
  lend<T>(tokens: readonly Token[], signal: AbortSignal | undefined, work: (sequence: LlamaContextSequence) => Promise<T>): Promise<T>;
}

/** How much of what a sequence holds will be asked for again: the head of a template alone is no reason to lose what long examples took. */
const wantedAgain = 0.1;

/** A pool of all sequences of this context; what is done with them keeps the runtime's pace. */
export function sequencePool(context: LlamaContext, pace: Pace): SequencePool {
  const free = Array.from({ length: context.totalSequences }, () => context.getSequence({ contextShift: { strategy: "eraseBeginning" } }));
  const waiting: (() => void)[] = [];

  const shared = (sequence: LlamaContextSequence, tokens: readonly Token[]): number => {
    const held = sequence.contextTokens;
    let length = 0;
    while (length < held.length && length < tokens.length && held[length] === tokens[length]) length++;
    return length;
  };

  const turn = (signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const go = () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", leave, { once: true });
      waiting.push(go);
    });

  return {
    async lend(tokens, signal, work) {
      signal?.throwIfAborted();
      while (free.length === 0) await turn(signal);
      const rank = (sequence: LlamaContextSequence) => {
        const kept = shared(sequence, tokens);
        return kept - wantedAgain * (sequence.nextTokenIndex - kept);
      };
      const best = free.reduce((a, b) => (rank(b) > rank(a) ? b : a));
      free.splice(free.indexOf(best), 1);
      try {
        return await pace.keep(() => work(best));
      } finally {
        free.push(best);
        waiting.shift()?.();
      }
    },
  };
}
