import type { BaseMessageLike } from "@langchain/core/messages";

type Part = Readonly<Record<string, unknown>>;

/** The parts of a message's content, whatever form LangChain allows the message: its own classes, `[role, content]`, or plain objects. */
export function partsOf(message: BaseMessageLike): readonly Part[] {
  const content: unknown = typeof message === "string" ? message : Array.isArray(message) ? message[1] : Object(message).content;
  if (typeof content === "string") return [{ type: "text", text: content }];
  return Array.isArray(content) ? content.map((part) => (typeof part === "string" ? { type: "text", text: part } : Object(part))) : [];
}

/** The text of a conversation. */
export const textIn = (messages: readonly BaseMessageLike[]): string =>
  messages
    .flatMap(partsOf)
    .map(({ text }) => (typeof text === "string" ? text : ""))
    .join("\n");
