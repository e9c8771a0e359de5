import { TroupeError } from "@troupe/core";
import type { ControlledEvaluateIndexOutput, Token } from "node-llama-cpp";
import { noLogits, orAbort, prefill, tooLong } from "./answer.js";
import type { ChatEngine } from "./engine.js";

/**
 * Natural logarithm of each candidate's probability as the continuation of a text, summed over its tokens, in the candidates'
 * order. The text is evaluated once. Candidates are taken as they are: give them the space or line end that belongs to them.
 *
 * Throws PROMPT_TOO_LONG and the signal's reason.
 */
export async function score(
  engine: ChatEngine,
  prompt: string,
  candidates: readonly string[],
  signal: AbortSignal | undefined,
): Promise<number[]> {
  const start = engine.model.tokenize(prompt, false);
  const last = start.at(-1);
  if (last === undefined) throw new TroupeError("PROMPT_EMPTY", "There is no text before the candidates");
  const tails = candidates.map((candidate) => engine.model.tokenize(candidate, false));
  const longest = Math.max(0, ...tails.map((tail) => tail.length));
  if (start.length + longest >= engine.context) throw tooLong(start.length + longest, engine.context);
  const keep = start.length - 1;

  const work = engine.pool.lend(start, signal, async (sequence) => {
    await prefill(sequence, start, signal);
    const sums: number[] = [];
    for (const tail of tails) {
      signal?.throwIfAborted();
      if (sequence.nextTokenIndex > keep) await sequence.eraseContextTokenRanges([{ start: keep, end: sequence.nextTokenIndex }]);
      // To ask for the probabilities would bring those of the whole vocabulary, for each token.
      const steps = await sequence.controlledEvaluate(
        tail.map((next, i) => [
          tail[i - 1] ?? last,
          { generateNext: { logits: { filter: { tokens: [next], includeTop: 1 } }, totalLogitWeight: true } },
        ]),
      );
      sums.push(tail.reduce((sum, token, i) => sum + logProbability(steps[i]?.next, token), 0));
    }
    return sums;
  });
  return await orAbort(work, signal);
}

function logProbability(next: ControlledEvaluateIndexOutput["next"] | undefined, token: Token): number {
  const own = next?.logits?.get(token);
  if (!next?.logits || own === undefined || next.totalLogitWeight === undefined) throw noLogits();
  return own - Math.max(...next.logits.values()) - Math.log(next.totalLogitWeight);
}
