import type { ChatModel, EmbeddingModel, ModelCard } from "@troupe/core";
import { peer } from "../../peer.js";
import { lazyModel } from "../lazy-model.js";
import { patientFetch } from "../patient-fetch.js";
import { hostedCards } from "./cards.js";
import { keyFrom } from "./key-from.js";

const own = "https://api.openai.com/v1";

/** `name@url`, where a name may hold an @ of its own; else `$OPENAI_BASE_URL`; else OpenAI itself. */
function place(name: string): { model: string; url: string } {
  const at = /^(.+)@(https?:\/\/.+)$/.exec(name);
  const url = (at?.[2] ?? process.env.OPENAI_BASE_URL ?? own).replace(/\/+$/, "");
  return { model: at?.[1] ?? name, url };
}

function cardOf(kind: "chat" | "embeddings", model: string, url: string): ModelCard {
  const here = /^(localhost|127\.|\[::1\])/.test(new URL(url).hostname);
  return {
    kind,
    // A server of unknown make: what small models are usually run with.
    context: url === own ? (kind === "chat" ? 128_000 : 8191) : 8192,
    modalities: ["text"],
    tools: kind === "chat",
    structured: kind === "chat" ? "response_format" : "none",
    local: here,
    ...(url === own ? hostedCards[`openai:${model}`] : {}),
  };
}

/** OpenAI asks for a key; most servers that speak its language ask for none. A local one may think for long before its first byte. */
const access = (id: string, url: string) => ({
  apiKey: url === own ? keyFrom(id, "OPENAI_API_KEY") : process.env.OPENAI_API_KEY || "none",
  configuration: { baseURL: url, ...(url === own ? {} : { fetch: patientFetch() }) },
  maxRetries: 2,
});

/** Chat with OpenAI or any server that speaks its language. `load` throws PACKAGE_MISSING, KEY_MISSING. */
export function openAiChat(name: string): ChatModel {
  const { model, url } = place(name);
  const id = `openai:${name}`;
  return lazyModel(
    id,
    () => cardOf("chat", model, url),
    async () => {
      const { ChatOpenAI } = await peer("@langchain/openai", () => import("@langchain/openai"));
      return new ChatOpenAI({ model, ...access(id, url) });
    },
  );
}

/** Vectors of OpenAI or any server that speaks its language. `load` throws PACKAGE_MISSING, KEY_MISSING. */
export function openAiEmbeddings(name: string): EmbeddingModel {
  const { model, url } = place(name);
  const id = `openai:${name}`;
  return lazyModel(
    id,
    () => cardOf("embeddings", model, url),
    async () => {
      const { OpenAIEmbeddings } = await peer("@langchain/openai", () => import("@langchain/openai"));
      // Numbers as numbers: not every server writes them as base64.
      return new OpenAIEmbeddings({ model, encodingFormat: "float", ...access(id, url) });
    },
  );
}
