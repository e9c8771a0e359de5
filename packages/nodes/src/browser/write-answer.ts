import { failed } from "./failed.js";
import type { Conversation } from "./prompts-of.js";
import type { Sessions } from "./sessions.js";
import { held, measured } from "./tokens.js";

export interface AnswerOptions {
  /** What the answer has to fit. */
  readonly schema?: object | undefined;
  /** Tokens; the browser writes about one a piece, never less. */
  readonly maxTokens?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What an answer took in tokens, as far as the browser tells, and how it ended. */
export interface Answered {
  readonly input: number;
  readonly output: number;
  readonly finish: "stop" | "length";
}

/**
 * An answer of the browser's model, piece by piece, in a conversation of its own that is destroyed with its end, however it ends.
 * Throws PROMPT_TOO_LONG, SCHEMA_UNSUPPORTED, MODEL_FAILED, MODEL_UNAVAILABLE, ACTIVATION_NEEDED; the signal's reason.
 */
export async function* writeAnswer(
  sessions: Sessions,
  { system, turns }: Conversation,
  { schema, maxTokens = Number.POSITIVE_INFINITY, signal }: AnswerOptions,
): AsyncGenerator<string, Answered> {
  const session = await sessions.take(system, signal);
  try {
    const input = held(session) + (await measured(session, turns));
    // The prompt says what the schema wants, so that it is not told twice.
    const constraint = schema ? { responseConstraint: schema, omitResponseConstraintInput: true } : {};
    const reader = session.promptStreaming(turns, { signal, ...constraint }).getReader();
    const pieces: string[] = [];
    let finish: Answered["finish"] = "stop";
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        pieces.push(next.value);
        yield next.value;
        if (pieces.length < maxTokens) continue;
        finish = "length";
        break;
      }
    } catch (cause) {
      // The browser ends so what does not come to fit the schema: who asked reads what there is, and knows that it may be half of an answer.
      if (!schema || Object(cause).name !== "SyntaxError") throw cause;
      finish = "length";
    }
    const output = await measured(session, [{ role: "assistant", content: pieces.join("") }]);
    return { input, output, finish };
  } catch (cause) {
    signal?.throwIfAborted();
    throw failed(cause, { schema: schema !== undefined });
  } finally {
    session.destroy();
  }
}
