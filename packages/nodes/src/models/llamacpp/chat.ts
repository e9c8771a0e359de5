import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import { BaseChatModel, type BaseChatModelCallOptions } from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk, type BaseMessage, type UsageMetadata } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import type { JsonSchema } from "@troupe/core";
import type { Answering } from "../decisions/decider.js";
import { type Answered, type AnswerOptions, answer } from "./answer.js";
import type { ChatEngine } from "./engine.js";
import { score } from "./score.js";
import { untuned } from "./untuned.js";

export interface LlamaCppCallOptions extends BaseChatModelCallOptions {
  /** As OpenAI takes it; the answer is held to the schema by a grammar. The schema is shown to the model unless the prompt `told` it. */
  response_format?:
    | { type: "json_schema"; json_schema: { schema: JsonSchema; name?: string; told?: boolean } }
    | { type: "json_object" }
    | { type: "text" };
  maxTokens?: number;
  max_tokens?: number;
  temperature?: number;
  seed?: number;
}

/** LangChain chat over weights in this process. Calls share one context; as many run at once as it has sequences, others wait. */
export class LlamaCppChat extends BaseChatModel<LlamaCppCallOptions> {
  // Not `#private`: a view on the model, an object that has it as its prototype, must reach them too.
  constructor(
    private readonly engine: ChatEngine,
    private readonly model: string,
  ) {
    super({});
    this.decide = untuned(engine, `llamacpp:${model}`);
  }

  /** Answers closed questions by how likely each option is; nothing is written. `chatDecisions` makes a decision model of it. */
  readonly decide: Answering;

  override _llmType(): string {
    return "llamacpp";
  }

  /**
   * Natural logarithm of each candidate's probability after the prompt, summed over its tokens. Candidates continue the prompt as
   * they are, space included.
   */
  score(prompt: string, candidates: readonly string[], { signal }: { signal?: AbortSignal } = {}): Promise<number[]> {
    return score(this.engine, prompt, candidates, signal);
  }

  /** Tokens a text takes. */
  override async getNumTokens(content: Parameters<BaseChatModel["getNumTokens"]>[0]): Promise<number> {
    return this.engine.model.tokenize(typeof content === "string" ? content : JSON.stringify(content)).length;
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const done = await answer(this.engine, messages, asked(options), () => undefined);
    const message = new AIMessage<any>({ content: done.text, usage_metadata: usage(done), response_metadata: this.about(done) });
    return { generations: [{ text: done.text, message }], llmOutput: { tokenUsage: usage(done) } };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    // Ends the writing too where the reader stops reading.
    const left = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, left.signal]) : left.signal;
    const written: string[] = [];
    let wake = () => {};
    let done: Answered | undefined;
    let failed: { error: unknown } | undefined;
    answer(this.engine, messages, { ...asked(options), signal }, (text) => {
      written.push(text);
      wake();
    }).then(
      (result) => {
        done = result;
        wake();
      },
      (error) => {
        failed = { error };
        wake();
      },
    );
    try {
      for (;;) {
        const text = written.splice(0).join("");
        if (text) {
          const chunk = new ChatGenerationChunk({ text, message: new AIMessageChunk(text) });
          yield chunk;
          await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk });
        } else if (failed) throw failed.error;
        else if (done) break;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
      const message = new AIMessageChunk<any>({ content: "", usage_metadata: usage(done), response_metadata: this.about(done) });
      yield new ChatGenerationChunk({ text: "", message });
    } finally {
      if (!done && !failed) left.abort();
    }
  }

  private about({ finish }: Answered): Record<string, unknown> {
    return { model_provider: "llamacpp", model_name: this.model, finish_reason: finish };
  }
}

const usage = ({ input, output, shared }: Answered): UsageMetadata => ({
  input_tokens: input,
  output_tokens: output,
  total_tokens: input + output,
  input_token_details: { cache_read: shared },
});

function asked(options: LlamaCppCallOptions): AnswerOptions {
  const format = options.response_format;
  return {
    signal: options.signal,
    schema: format?.type === "json_schema" ? format.json_schema.schema : format?.type === "json_object" ? { type: "object" } : undefined,
    told: format?.type === "json_schema" && format.json_schema.told === true,
    maxTokens: options.maxTokens ?? options.max_tokens,
    temperature: options.temperature,
    seed: options.seed,
    stop: options.stop,
  };
}
