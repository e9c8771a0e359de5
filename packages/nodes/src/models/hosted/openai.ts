import type { ChatModel, EmbeddingModel, ModelCard } from "@troupe/core";
import { needs } from "../../peer.js";
import { isThisMachine } from "../is-this-machine.js";
import { lazyModel } from "../lazy-model.js";
import { heldToKind, openCard } from "../open/open-card.js";
import { hostedCards } from "./cards.js";
import { keyFrom, keyVariable } from "./key-from.js";
import { type Provider, type Server, serverOf } from "./server.js";
import { chatStreamEnd, leftToFetch, serverFetch } from "./server-fetch.js";

export const openAi: Provider = { url: "https://api.openai.com/v1", base: "OPENAI_BASE_URL", keys: ["OPENAI_API_KEY"] };

function cardOf(kind: "chat" | "embeddings", { model, url, own }: Server): ModelCard {
  const card: ModelCard = {
    kind,
    // A server of unknown make: what small models are usually run with.
    context: own ? (kind === "chat" ? 128_000 : 8191) : 8192,
    modalities: ["text"],
    tools: kind === "chat",
    structured: kind === "chat" ? "response_format" : "none",
    local: isThisMachine(url),
    assumed: ["context", "modalities", "tools"],
  };
  if (own) {
    const { assumed: _, ...known } = { ...card, ...hostedCards[`openai:${model}`] };
    return hostedCards[`openai:${model}`] ? known : card;
  }
  const open = openCard(model);
  if (!open) return card;
  const { context, modalities, tools } = open;
  // Whether a model that has tools may call them is for its server to say.
  return { ...card, context, modalities, ...(tools === false ? { tools } : {}), assumed: tools === false ? [] : ["tools"] };
}

function access(id: string, server: Server, variable: string | undefined) {
  const { model, url } = server;
  const apiKey = variable === undefined ? "none" : keyFrom(id, server, openAi, variable);
  const credentials: Record<string, string> = variable === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const configuration = { baseURL: url, fetch: serverFetch(server, credentials, { end: chatStreamEnd }) };
  return { model, apiKey, configuration, timeout: leftToFetch, maxRetries: 0 };
}

/** Chat with OpenAI or any server that speaks its language. Throws MODEL_URL, MODEL_KIND; `load` throws PACKAGE_MISSING, KEY_MISSING, KEY_UNSAFE. */
export function openAiChat(name: string, key?: string): ChatModel {
  const server = serverOf(name, openAi);
  if (!server.own) heldToKind("openai", name, "chat", openCard(server.model));
  const id = `openai:${name}`;
  return lazyModel(
    id,
    () => cardOf("chat", server),
    async (variable) => {
      needs("@langchain/openai");
      const { GptChat } = await import("./gpt-chat.js");
      return new GptChat({ ...access(id, server, variable), own: server.own });
    },
    (trust) => keyVariable(server, openAi, key, trust),
  );
}

/** Vectors of OpenAI or any server that speaks its language. Throws MODEL_URL; `load` throws PACKAGE_MISSING, KEY_MISSING, KEY_UNSAFE. */
export function openAiEmbeddings(name: string, key?: string): EmbeddingModel {
  const server = serverOf(name, openAi);
  const id = `openai:${name}`;
  return lazyModel(
    id,
    () => cardOf("embeddings", server),
    async (variable) => {
      needs("@langchain/openai");
      const { OpenAIEmbeddings } = await import("@langchain/openai");
      // Numbers as numbers: not every server writes them as base64.
      return new OpenAIEmbeddings({ encodingFormat: "float", ...access(id, server, variable) });
    },
    (trust) => keyVariable(server, openAi, key, trust),
  );
}
