import type { ChatModel, EmbeddingModel, ModelCard } from "@troupe/core";
import { lazyModel } from "../lazy-model.js";
import { patientFetch } from "../patient-fetch.js";
import { runsHere } from "./runs-here.js";
import { ollamaError, ollamaServer, type Shown, show } from "./server.js";

/** Tokens of context asked for where none is given: more would take gigabytes of memory for the larger models. */
const usual = 8192;

/** Chat through Ollama. Context and abilities are the model's own once it is loaded; until then the card says what is usual. */
export function ollamaChat(name: string, { context }: { context?: number } = {}): ChatModel {
  const server = ollamaServer();
  let shown: Shown | undefined;
  const tokens = () => Math.min(context ?? usual, shown?.context || Number.POSITIVE_INFINITY);
  const card = (): ModelCard => ({
    kind: "chat",
    context: tokens(),
    modalities: shown?.capabilities.includes("vision") ? ["text", "image"] : ["text"],
    tools: shown?.capabilities.includes("tools") ?? false,
    structured: "format",
    local: runsHere(server, name),
    ...(shown?.bytes ? { memory: shown.bytes } : {}),
    ...(shown?.imageSide ? { imageSide: shown.imageSide } : {}),
  });
  return lazyModel(`ollama:${name}`, card, async () => {
    shown = await show(server, name);
    const { OllamaChat } = await import("./chat.js");
    return new OllamaChat({ model: name, baseUrl: server.url, headers: server.headers, numCtx: tokens(), temperature: 0 });
  });
}

/** Vectors through Ollama. A text past the model's context is refused by Ollama, not cut. */
export function ollamaEmbeddings(name: string): EmbeddingModel {
  const server = ollamaServer();
  let shown: Shown | undefined;
  const card = (): ModelCard => ({
    kind: "embeddings",
    context: shown?.context || 512,
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
        return (await this.embedDocuments([text]))[0]!;
      }
    })({ model: name, baseUrl: server.url, headers: server.headers, fetch: patientFetch(), truncate: false, maxRetries: 1 });
  });
}
