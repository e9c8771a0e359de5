import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import { BaseChatModel, type BaseChatModelCallOptions } from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk, type BaseMessage, type UsageMetadata } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import type { Answering } from "../models/decisions/decider.js";
import { byAgreement } from "./by-agreement.js";
import { promptsOf } from "./prompts-of.js";
import type { Sessions } from "./sessions.js";
import { type Answered, writeAnswer } from "./write-answer.js";

export interface BrowserCallOptions extends BaseChatModelCallOptions {
  /** As OpenAI takes it; the browser holds the answer to the schema, and the prompt has to say what it wants. */
  response_format?: { type: "json_schema"; json_schema: { schema: object } };
  maxTokens?: number;
}

/** LangChain chat with the model that the browser brings. Each call is a conversation of its own. */
export class BrowserChat extends BaseChatModel<BrowserCallOptions> {
  // Not `#private`: a view on the model, an object that has it as its prototype, must reach it too.
  constructor(
    private readonly sessions: Sessions,
    private readonly model: string,
  ) {
    super({});
    this.decide = byAgreement(sessions, model);
  }

  /** Answers closed questions by how far the model agrees with itself. `chatDecisions` makes a decision model of it. */
  readonly decide: Answering;

  override _llmType(): string {
    return "browser";
  }

  /** Lets the conversations go that are kept to begin others with. They are made again when the model is next asked. */
  destroy(): void {
    this.sessions.destroy();
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const answer = writeAnswer(this.sessions, promptsOf(messages), asked(options));
    let text = "";
    for (let next = await answer.next(); ; next = await answer.next()) {
      if (next.done) {
        const message = new AIMessage<any>({ content: text, usage_metadata: usage(next.value), response_metadata: this.about(next.value) });
        return { generations: [{ text, message }], llmOutput: { tokenUsage: usage(next.value) } };
      }
      text += next.value;
    }
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const answer = writeAnswer(this.sessions, promptsOf(messages), asked(options));
    try {
      for (let next = await answer.next(); ; next = await answer.next()) {
        const text = next.done ? "" : next.value;
        const about = next.done ? { usage_metadata: usage(next.value), response_metadata: this.about(next.value) } : {};
        const chunk = new ChatGenerationChunk({ text, message: new AIMessageChunk<any>({ content: text, ...about }) });
        yield chunk;
        if (next.done) return;
        await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk });
      }
    } finally {
      await answer.return(undefined as never);
    }
  }

  private about({ finish }: Answered): Record<string, unknown> {
    return { model_provider: "browser", model_name: this.model, finish_reason: finish };
  }
}

const usage = ({ input, output }: Answered): UsageMetadata => ({
  input_tokens: input,
  output_tokens: output,
  total_tokens: input + output,
});

const asked = ({ response_format, maxTokens, signal }: BrowserCallOptions) => ({
  schema: response_format?.json_schema.schema,
  maxTokens,
  signal,
});
