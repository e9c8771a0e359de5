import type { BaseMessageChunk } from "@langchain/core/messages";
import { ChatOpenAI, ChatOpenAICompletions, type ChatOpenAIFields } from "@langchain/openai";

type Fields = ChatOpenAIFields & {
  /** Whether the server is OpenAI's own. */
  readonly own: boolean;
};
type Asked = ChatOpenAICompletions["invocationParams"];
type Delta = Parameters<ChatOpenAICompletions["_convertCompletionsDeltaToBaseMessageChunk"]>;

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

  /** LangChain passes over what a model says where it declines. */
  override _convertCompletionsDeltaToBaseMessageChunk(...[delta, ...rest]: Delta): BaseMessageChunk {
    const chunk = super._convertCompletionsDeltaToBaseMessageChunk(delta, ...rest);
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
