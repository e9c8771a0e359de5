import { type ChatModel, type EmbeddingModel, heldVectors, type ModelCard } from "@troupe/core";
import { lazyModel } from "../lazy-model.js";
import { heldToKind, openCard } from "../open/open-card.js";
import type { OpenCard } from "../open/open-cards.js";
import { patientFetch } from "../patient-fetch.js";
import { runsHere } from "./runs-here.js";
import { ollamaError, ollamaServer, type Shown, show } from "./server.js";

/** Tokens of context asked for where none is given: more would take gigabytes of memory for the larger models. */
const usual = 8192;

/**
 * Chat through Ollama. Context and abilities are what Ollama says of the model once it is loaded; until then what is published of it, or what is
 * usual. Throws MODEL_KIND.
 */
export function ollamaChat(name: string, { context }: { context?: number } = {}): ChatModel {
  const server = ollamaServer();
  const published = openCard(name);
  heldToKind("ollama", name, "chat", published);
  let shown: Shown | undefined;
  const tokens = () => Math.min(context ?? usual, shown?.context || published?.context || Number.POSITIVE_INFINITY);
  const card = (): ModelCard => ({
    kind: "chat",
    context: tokens(),
    ...(shown ? abilitiesOf(shown) : supposed(published)),
    structured: "format",
    local: runsHere(server, name),
  });
  return lazyModel(`ollama:${name}`, card, async () => {
    shown = await show(server, name);
    const { OllamaChat } = await import("./chat.js");
    return new OllamaChat({ model: name, baseUrl: server.url, headers: server.headers, numCtx: tokens(), temperature: 0 });
  });
}

const abilitiesOf = ({ capabilities, bytes, imageSide }: Shown) => ({
  modalities: capabilities.includes("vision") ? (["text", "image"] as const) : (["text"] as const),
  tools: capabilities.includes("tools"),
  ...(bytes ? { memory: bytes } : {}),
  ...(imageSide ? { imageSide } : {}),
});

/** What is published, and what nobody said. */
function supposed(published: OpenCard | undefined) {
  const { modalities, tools, weights } = published ?? {};
  const assumed = [...(modalities ? [] : (["modalities"] as const)), ...(tools === undefined ? (["tools"] as const) : [])];
  return {
    modalities: modalities ?? (["text"] as const),
    tools: tools ?? false,
    ...(weights ? { memory: weights } : {}),
    ...(assumed.length ? { assumed } : {}),
  };
}

/** Vectors through Ollama. A text past the model's context is refused by Ollama, not cut. */
export function ollamaEmbeddings(name: string): EmbeddingModel {
  const server = ollamaServer();
  let shown: Shown | undefined;
  const card = (): ModelCard => ({
    kind: "embeddings",
    context: shown?.context || openCard(name)?.context || 512,
    modalities: ["text"],
    tools: false,
    structured: "none",
    local: runsHere(server, name),
  });
  return lazyModel(`ollama:${name}`, card, async () => {
    shown = await show(server, name);
    const { OllamaEmbeddings } = await import("@langchain/ollama");
    return new (class extends OllamaEmbeddings {
      override async embedDocuments(texts: string[]): Promise<number[][]> {
        if (texts.length === 0) return [];
        return await super.embedDocuments(texts).catch((error) => {
          throw ollamaError(error, server.url, name);
        });
      }
      override async embedQuery(text: string): Promise<number[]> {
        return heldVectors(await this.embedDocuments([text]), 1, `ollama:${name}`).flat();
      }
    })({ model: name, baseUrl: server.url, headers: server.headers, fetch: patientFetch(), truncate: false, maxRetries: 0 });
  });
}
