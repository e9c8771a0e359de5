import type { BaseMessage } from "@langchain/core/messages";
import { TroupeError } from "@troupe/core";
import type { Prompt } from "./language-model.js";

/** A conversation as the browser takes it. */
export interface Conversation {
  /** What the system says: it stands before all else, wherever it stood. */
  readonly system: string | undefined;
  readonly turns: readonly Prompt[];
}

/** LangChain's messages as the browser takes them. Throws MODALITY_UNSUPPORTED. */
export function promptsOf(messages: readonly BaseMessage[]): Conversation {
  const isSystem = (message: BaseMessage) => ["system", "developer"].includes(message.getType());
  const system = messages.filter(isSystem).map(textOf).join("\n\n");
  const turns = messages
    .filter((message) => !isSystem(message))
    .map((message): Prompt => ({ role: message.getType() === "ai" ? "assistant" : "user", content: textOf(message) }));
  return { system: system || undefined, turns };
}

function textOf({ content }: BaseMessage): string {
  if (typeof content === "string") return content;
  return content
    .map((part) => {
      if (part.type === "text") return String(part.text ?? "");
      throw new TroupeError("MODALITY_UNSUPPORTED", `The browser's model was given ${part.type}, and takes text only here`, {
        hint: "Read the medium before, and give the model what it says.",
      });
    })
    .join("");
}
