import type { BaseMessageLike } from "@langchain/core/messages";
import { TroupeError } from "../error/error.js";
import { leastTokens } from "./least-tokens.js";
import type { ChatModel, ModelCard } from "./model.js";
import { partsOf, textIn } from "./text-in.js";

/** What a content part of LangChain's or of a provider's is. */
const kinds: readonly (readonly [ModelCard["modalities"][number], RegExp])[] = [
  ["text", /^(text|input_text)$/],
  ["image", /^(image|image_url|input_image)$/],
  ["audio", /^(audio|input_audio)$/],
];

const given = { text: "a text", image: "an image", audio: "audio" };

/**
 * Refuses what a model cannot take by its card, before it is asked.
 * @throws TroupeError `MODALITY_UNSUPPORTED`, `PROMPT_TOO_LONG`
 */
export function heldToCard({ id, card }: ChatModel, messages: readonly BaseMessageLike[]): void {
  const { modalities, context, assumed = [] } = card;
  if (!assumed.includes("modalities")) {
    const types = messages
      .flatMap(partsOf)
      .filter(({ text }) => text !== "")
      .map(({ type }) => String(type));
    for (const [modality, told] of kinds) {
      if (modalities.includes(modality) || !types.some((type) => told.test(type))) continue;
      throw new TroupeError("MODALITY_UNSUPPORTED", `${id} was given ${given[modality]}, and takes ${modalities.join(" and ")} only`, {
        hint:
          modality === "text"
            ? "Use a model that takes texts too"
            : "Read the medium with a specialist first, or use a model that takes it",
      });
    }
  }
  if (assumed.includes("context")) return;
  const tokens = leastTokens(textIn(messages));
  if (tokens >= context)
    throw new TroupeError(
      "PROMPT_TOO_LONG",
      `The prompt takes ${tokens.toLocaleString("en")} tokens or more, and ${id} has a context of ${context.toLocaleString("en")}`,
      {
        hint: "Shorten the input, or take a model of more context",
      },
    );
}
