import { ChatAnthropic } from "@langchain/anthropic";
import type { ChatGenerationChunk } from "@langchain/core/outputs";
import { askedSchema } from "../asked-schema.js";
import { claudeSchema } from "./claude-schema.js";

interface Took {
  output_tokens: number;
  total_tokens: number;
}

/** LangChain's ChatAnthropic, held to a schema by the option that OpenAI's models take. */
export class ClaudeChat extends ChatAnthropic {
  override invocationParams(options?: this["ParsedCallOptions"]): ReturnType<ChatAnthropic["invocationParams"]> {
    const asked = askedSchema(options);
    const schema = asked && claudeSchema(asked);
    const format = schema && { outputConfig: { format: { type: "json_schema" as const, schema: schema as Record<string, unknown> } } };
    return super.invocationParams({ ...options, ...format } as this["ParsedCallOptions"]);
  }

  /** The last event tells all tokens that were written, those of the first one too, which LangChain adds. */
  override async *_streamResponseChunks(...asked: Parameters<ChatAnthropic["_streamResponseChunks"]>): AsyncGenerator<ChatGenerationChunk> {
    let told = 0;
    for await (const chunk of super._streamResponseChunks(...asked)) {
      const took = Object(chunk.message).usage_metadata as Took | undefined;
      if (took) {
        const written = took.output_tokens - told;
        took.total_tokens -= told;
        told = took.output_tokens;
        took.output_tokens = written;
      }
      yield chunk;
    }
  }
}
