import { AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk } from "@langchain/core/outputs";
import { FakeListChatModel } from "@langchain/core/utils/testing";

/** What a scripted model says. */
export interface Said {
  readonly text?: string;
  readonly calls?: readonly { readonly name: string; readonly args: unknown; readonly id?: string }[];
  readonly fails?: Error;
  /** The bound of tokens ended it. */
  readonly cut?: true;
}

/** A chat model with tools of its own that says what it is told to, and keeps what it was asked. */
export class Scripted extends FakeListChatModel {
  readonly asked: BaseMessage[][] = [];
  offered: any[] = [];
  readonly script: Said[];
  constructor(script: readonly Said[]) {
    super({ responses: ["-"] });
    this.script = [...script];
  }
  override bindTools(tools: any): any {
    this.offered = tools;
    return this.withConfig({ tools } as any);
  }
  override async *_streamResponseChunks(messages: BaseMessage[], options: any) {
    this.asked.push(messages);
    const { text = "", calls = [], fails, cut } = this.script.shift()!;
    if (fails && options.tools) throw fails;
    const tool_call_chunks = calls.map(({ name, args, id }, index) => ({
      name,
      args: typeof args === "string" ? args : JSON.stringify(args),
      id: id ?? `id-${index}`,
      index,
      type: "tool_call_chunk" as const,
    }));
    const response_metadata = cut ? { finish_reason: "length" } : {};
    yield new ChatGenerationChunk({ text, message: new AIMessageChunk({ content: text, tool_call_chunks, response_metadata }) });
  }
}
