import type { BaseMessageLike } from "@langchain/core/messages";
import { fence } from "./fence.js";

/**
 * A conversation for a model that knows no tools: calls are what it wrote, and what tools gave is told to it, fenced, since it is
 * material.
 */
export const withoutTools = (messages: readonly BaseMessageLike[]): readonly BaseMessageLike[] => messages.map(told);

function told(message: BaseMessageLike): BaseMessageLike {
  const { role, getType, tool_calls, content, name } = Object(message);
  const kind: unknown = role ?? (typeof getType === "function" ? getType.call(message) : undefined);
  if (kind === "tool") return ["user", `The tool ${name ?? "that was called"} gave:\n${fence(textOf(content))}`];
  if (!Array.isArray(tool_calls) || tool_calls.length === 0) return message;
  const calls = tool_calls.map((call: { name: string; args: unknown }) => JSON.stringify({ tool: call.name, arguments: call.args }));
  return ["assistant", calls.join("\n")];
}

const textOf = (content: unknown): string => (typeof content === "string" ? content : JSON.stringify(content));
