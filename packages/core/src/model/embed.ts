import { callFailed } from "./call-failed.js";
import type { GenerateHost } from "./generate.js";
import { heldVectors } from "./held-vectors.js";
import type { EmbeddingModel } from "./model.js";
import { persist } from "./persist.js";
import { stopwatch } from "./stopwatch.js";
import { unlessAborted } from "./unless-aborted.js";
import { usageOf } from "./usage.js";

/**
 * The vectors of texts, in their order; asked for again where a failure may pass.
 * @throws TroupeError as a call to a chat model does; `ANSWER_INVALID` where what comes back is no vector a text; the signal's reason when aborted.
 */
export async function embed(
  model: EmbeddingModel,
  texts: readonly string[],
  { signal, trust, used }: Pick<GenerateHost, "signal" | "trust" | "used">,
): Promise<number[][]> {
  try {
    const loaded = await unlessAborted(model.load(trust), signal);
    const vectors = await persist(async () => {
      const elapsed = stopwatch();
      const took = (input: number, failed?: unknown) => used(usageOf(model, { input, output: 0, failed, ms: elapsed() }));
      try {
        // What computes in this process reads the signal from the call, and stops between two texts.
        const own: readonly object[] = model.card.embedded ? [{ signal }] : [];
        const vectors = await unlessAborted(loaded.embedDocuments(...([[...texts], ...own] as [string[]])), signal);
        took(loaded.countTokens?.(texts) ?? 0);
        return vectors;
      } catch (error) {
        took(0, error);
        throw error;
      }
    }, signal);
    return heldVectors(vectors, texts.length, model.id);
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw callFailed(model, cause);
  }
}
