import type { BaseMessageLike } from "@langchain/core/messages";
import { type ChatModel, withLimits } from "@troupe/core";

/** What a model wrote, and how long that took. */
export interface Written {
  readonly text: string;
  /** Tokens of the prompt, as far as its server tells. */
  readonly input?: number;
  /** Tokens written, or pieces where its server does not tell. */
  readonly output: number;
  /** Milliseconds until the first piece, and from there to the last. */
  readonly first: number;
  readonly rest: number;
}

/** Asks a chat model once, past all that Troupe does to mend answers, for so many tokens at the most. */
export async function asked(model: ChatModel, messages: readonly BaseMessageLike[], most: number, signal: AbortSignal): Promise<Written> {
  signal.throwIfAborted();
  const chat = withLimits(await model.load(), most, 0);
  const stop = new AbortController();
  const started = performance.now();
  let [text, first, last, pieces] = ["", 0, 0, 0];
  let input: number | undefined;
  let output: number | undefined;
  try {
    // Our own models read the limits from the call.
    const options = { maxTokens: most, temperature: 0, signal: AbortSignal.any([signal, stop.signal]) };
    for await (const chunk of await chat.stream([...messages], options as object)) {
      const { input_tokens, output_tokens } = (chunk.usage_metadata ?? {}) as {
        readonly input_tokens?: number;
        readonly output_tokens?: number;
      };
      input = input_tokens ?? input;
      output = output_tokens ?? output;
      if (!chunk.text) continue;
      last = performance.now();
      if (pieces++ === 0) first = last;
      text += chunk.text;
      if (pieces >= 2 * most) break;
    }
  } finally {
    stop.abort();
  }
  signal.throwIfAborted();
  const time = performance.now();
  const begun = first || time;
  return { text, output: output || pieces, first: begun - started, rest: (last || time) - begun, ...(input ? { input } : {}) };
}
