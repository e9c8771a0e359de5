import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import type { BaseMessage } from "@langchain/core/messages";
import type { ChatGenerationChunk } from "@langchain/core/outputs";
import { ChatOllama, type ChatOllamaCallOptions, type ChatOllamaInput } from "@langchain/ollama";
import { TroupeError } from "@troupe/core";
import { patientFetch } from "../patient-fetch.js";
import { ollamaError } from "./server.js";

interface CallOptions extends ChatOllamaCallOptions {
  maxTokens?: number;
  temperature?: number;
  seed?: number;
}

type Fields = ChatOllamaInput & { readonly model: string; readonly baseUrl: string; readonly numCtx: number };

/**
 * LangChain's ChatOllama, one instance a call: an abort of one call rejects every other call on its instance, and does nothing
 * before the first token unless the request itself is aborted. Counts what Ollama would cut without a word: a prompt past `num_ctx`.
 *
 * Calls throw OLLAMA_DOWN, OLLAMA_MODEL_MISSING, OLLAMA_FAILED, PROMPT_TOO_LONG and the signal's reason.
 */
export class OllamaChat extends ChatOllama {
  // Not `#private`: a view on the model, an object that has it as its prototype, must reach it too.
  constructor(private readonly asked: Fields) {
    super(asked);
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"] & CallOptions,
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const { signal } = options;
    signal?.throwIfAborted();
    this.refuseLong(messages);
    const left = new AbortController();
    const inner = new ChatOllama({
      ...this.asked,
      ...defined({
        numPredict: options.maxTokens ?? this.numPredict,
        temperature: options.temperature ?? this.temperature,
        seed: options.seed ?? this.seed,
      }),
      fetch: patientFetch(signal ? AbortSignal.any([signal, left.signal]) : left.signal),
    });
    try {
      for await (const chunk of inner._streamResponseChunks(messages, options, runManager)) {
        signal?.throwIfAborted();
        this.refuseCut(chunk);
        yield chunk;
      }
      signal?.throwIfAborted();
    } catch (error) {
      throw signal?.aborted ? signal.reason : ollamaError(error, this.baseUrl, this.model);
    } finally {
      // A reader that stops reading must not leave the server writing.
      left.abort();
    }
  }

  /**
   * Ollama counts no tokens beforehand. What it has no room for it cuts: within one message, which its count tells afterwards; or
   * whole messages, which nothing tells. So a single message is refused here only where it can't fit by any tokenizer in use (six
   * bytes a token), a conversation where it would not by the usual four.
   */
  private refuseLong(messages: readonly BaseMessage[]): void {
    const bytes = messages.reduce((sum, { content }) => sum + Buffer.byteLength(typeof content === "string" ? content : text(content)), 0);
    const seen = imageTokens * messages.reduce((sum, { content }) => sum + (typeof content === "string" ? 0 : images(content)), 0);
    // Each image is a message of its own there.
    const single = seen === 0 && messages.filter((message) => message.getType() !== "system").length <= 1;
    if (bytes / (single ? 6 : 4) + seen >= this.asked.numCtx) throw this.tooLong(`about ${Math.round(bytes / 4) + seen}`);
  }

  /** A prompt that was cut fills the context to its last token. */
  private refuseCut(chunk: ChatGenerationChunk): void {
    const input = (chunk.message as { usage_metadata?: { input_tokens?: number } }).usage_metadata?.input_tokens ?? 0;
    if (input >= this.asked.numCtx - 1) throw this.tooLong(`${input} or more`);
  }

  private tooLong(tokens: string): TroupeError {
    return new TroupeError(
      "PROMPT_TOO_LONG",
      `The prompt takes ${tokens} tokens, and ${this.model} is asked with a context of ${this.asked.numCtx}`,
      {
        hint: `Shorten the input, or ask for more context: model("ollama:${this.model}", { context })`,
      },
    );
  }
}

/** What Ollama counts an image as, whatever it is, where it looks which messages have room. */
const imageTokens = 768;

const text = (content: Exclude<BaseMessage["content"], string>): string =>
  content.map((part) => (part.type === "text" ? String(part.text ?? "") : "")).join("");

const images = (content: Exclude<BaseMessage["content"], string>): number => content.filter(({ type }) => type === "image_url").length;

/** An object without its undefined values. */
const defined = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as any;
