import type { BaseMessage } from "@langchain/core/messages";
import { TroupeError } from "@troupe/core";
import type { ChatHistoryItem } from "node-llama-cpp";

/** LangChain messages as node-llama-cpp's history, ending in the answer that is to be written. Throws MODALITY_UNSUPPORTED. */
export function chatHistory(messages: readonly BaseMessage[]): ChatHistoryItem[] {
  const history = messages.map((message): ChatHistoryItem => {
    const text = textOf(message);
    const type = message.getType();
    if (type === "system" || type === "developer") return { type: "system", text };
    if (type === "ai") return { type: "model", response: [text] };
    return { type: "user", text };
  });
  return [...history, { type: "model", response: [] }];
}

function textOf({ content }: BaseMessage): string {
  if (typeof content === "string") return content;
  return content
    .map((part) => {
      if (part.type === "text") return String(part.text ?? "");
      throw new TroupeError("MODALITY_UNSUPPORTED", `A local text model was given ${part.type}`, {
        hint: "Read the medium with a specialist first, or use a model that takes it",
      });
    })
    .join("");
}
