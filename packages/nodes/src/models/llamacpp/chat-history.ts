import type { BaseMessage } from "@langchain/core/messages";
import { type JsonSchema, schemaTold, TroupeError } from "@troupe/core";
import type { ChatHistoryItem } from "node-llama-cpp";

/**
 * LangChain messages as node-llama-cpp's history, ending in the answer that is to be written. A schema is told first, as the
 * system's: a grammar alone leaves the model to guess what is meant, and what comes first is evaluated once for all calls. Throws MODALITY_UNSUPPORTED.
 */
export function chatHistory(messages: readonly BaseMessage[], schema?: JsonSchema): ChatHistoryItem[] {
  const history = messages.map((message): ChatHistoryItem => {
    const text = textOf(message);
    const type = message.getType();
    if (type === "system" || type === "developer") return { type: "system", text };
    if (type === "ai") return { type: "model", response: [text] };
    return { type: "user", text };
  });
  if (schema) {
    const ask = schemaTold(schema);
    const first = history[0];
    if (first?.type === "system") first.text = `${first.text as string}\n\n${ask}`;
    else history.unshift({ type: "system", text: ask });
  }
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
