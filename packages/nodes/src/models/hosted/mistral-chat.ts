import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import type { BaseMessage } from "@langchain/core/messages";
import type { ChatGenerationChunk } from "@langchain/core/outputs";
import { ChatMistralAI, type ChatMistralAIInput } from "@langchain/mistralai";

type Fields = ChatMistralAIInput & {
  /** `fetch` for requests that a signal ends. */
  readonly fetch: (signal: AbortSignal) => typeof fetch;
};

/**
 * LangChain's ChatMistralAI, whose requests end when their call does, which its own do not, and which is held to a schema by the option
 * that OpenAI's models take.
 */
export class MistralChat extends ChatMistralAI {
  private readonly fetchFor: Fields["fetch"];

  constructor({ fetch, ...fields }: Fields) {
    super({ ...fields, streaming: true });
    this.fetchFor = fetch;
  }

  override invocationParams(options?: this["ParsedCallOptions"]): ReturnType<ChatMistralAI["invocationParams"]> {
    const { response_format, ...rest } = Object(options);
    const { json_schema } = Object(response_format);
    if (!json_schema) return super.invocationParams(options);
    const { schema: schemaDefinition, ...named } = json_schema;
    return super.invocationParams({ ...rest, response_format: { type: "json_schema", jsonSchema: { ...named, schemaDefinition } } });
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const { signal } = options;
    const left = new AbortController();
    const fetch = this.fetchFor(signal ? AbortSignal.any([signal, left.signal]) : left.signal);
    const httpClient = { request: (request: Request) => fetch(request) };
    const once = Object.create(this, { httpClient: { value: httpClient } }) as this;
    try {
      yield* super._streamResponseChunks.call(once, messages, options, runManager);
    } finally {
      // A reader that stops reading must not leave the server writing.
      left.abort();
    }
  }
}
