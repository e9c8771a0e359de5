import type { BaseMessage } from "@langchain/core/messages";
import { TroupeError } from "@troupe/core";

/**
 * The bytes of the images in messages, in any of the forms that LangChain has for them. Texts of the system's and the program's are left
 * out where they are empty. Throws MODALITY_UNSUPPORTED for what is no image, and IMAGE_UNREADABLE for one that is not in the message itself.
 */
export function imagesIn(messages: readonly BaseMessage[], model: string): Uint8Array[] {
  return messages
    .flatMap(({ content }) => (typeof content === "string" ? [{ type: "text", text: content }] : content))
    .flatMap((part: any) => {
      if (part.type === "text" && !part.text.trim()) return [];
      if (part.type === "image_url") return [bytesOf(typeof part.image_url === "string" ? part.image_url : part.image_url?.url)];
      if (part.type === "image") return [typeof part.data === "object" ? Uint8Array.from(part.data) : base64(part.data ?? part.url)];
      throw new TroupeError("MODALITY_UNSUPPORTED", `${model} takes images only, and no questions about them`, {
        hint: "Ask a model that takes texts too, such as ollama:llava",
      });
    });
}

/** Those of a data URL. A model opens no addresses. */
function bytesOf(url: unknown): Uint8Array {
  return base64(/^data:[^,]*;base64,(.*)$/s.exec(String(url))?.[1]);
}

function base64(text: unknown): Uint8Array {
  const plain = typeof text === "string" && text.startsWith("data:") ? text.slice(text.indexOf(",") + 1) : text;
  if (typeof plain === "string" && /^[\w+/=\s-]+$/.test(plain)) return Buffer.from(plain, "base64");
  throw new TroupeError("IMAGE_UNREADABLE", "An image has to stand in the message itself", { hint: "Send it as a data URL, in base64" });
}
