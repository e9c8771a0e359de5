import type { BaseMessageChunk } from "@langchain/core/messages";
import { ChatOpenAI, ChatOpenAICompletions, type ChatOpenAIFields } from "@langchain/openai";

type Fields = ChatOpenAIFields & {
  /** Whether the server is OpenAI's own. */
  readonly own: boolean;
};
type Asked = ChatOpenAICompletions["invocationParams"];
type Stream = ChatOpenAICompletions["_streamResponseChunks"];
type Delta = Parameters<ChatOpenAICompletions["_convertCompletionsDeltaToBaseMessageChunk"]>;

/** A call of a tool, with its arguments as the text that they should be. */
function asText(call: { readonly function?: { readonly arguments?: unknown } }): object {
  const given = call.function?.arguments;
  return typeof given === "object" && given !== null ? { ...call, function: { ...call.function, arguments: JSON.stringify(given) } } : call;
}

class GptCompletions extends ChatOpenAICompletions {
  private readonly own: boolean;

  constructor({ own, ...fields }: Fields) {
    super(fields);
    this.own = own;
  }

  /** What OpenAI calls the tokens to write at the most: newer models know the old name no more, and LangChain does not know all of these. */
  override invocationParams(...asked: Parameters<Asked>): ReturnType<Asked> {
    const params = super.invocationParams(...asked);
    if (!this.own || params.max_tokens == null) return params;
    const { max_tokens, ...rest } = params;
    return { ...rest, max_completion_tokens: max_tokens };
  }

  /** LangChain puts several answers, of a server that gives more than it was asked for, into one. */
  override async *_streamResponseChunks(...asked: Parameters<Stream>): ReturnType<Stream> {
    for await (const chunk of super._streamResponseChunks(...asked)) if (!chunk.generationInfo?.completion) yield chunk;
  }

  /** LangChain passes over what a model says where it declines, and over arguments that a server gives as they are and not as a text. */
  override _convertCompletionsDeltaToBaseMessageChunk(...[delta, ...rest]: Delta): BaseMessageChunk {
    const chunk = super._convertCompletionsDeltaToBaseMessageChunk(
      { ...delta, ...(delta.tool_calls && { tool_calls: delta.tool_calls.map(asText) }) },
      ...rest,
    );
    if (delta.refusal) chunk.additional_kwargs.refusal = delta.refusal;
    return chunk;
  }
}

/** LangChain's ChatOpenAI, which tells refusals, and tells OpenAI's own models how much to write in their words. */
export class GptChat extends ChatOpenAI {
  private readonly own: boolean;

  constructor({ own, ...fields }: Fields) {
    super({ ...fields, completions: new GptCompletions({ ...fields, own }) });
    this.own = own;
  }

  override withConfig(config: Parameters<ChatOpenAI["withConfig"]>[0]): ChatOpenAI {
    const { completions: _made, ...fields } = this.fields ?? {};
    const made = new GptChat({ ...fields, own: this.own });
    made.defaultOptions = { ...this.defaultOptions, ...config };
    return made;
  }
}
