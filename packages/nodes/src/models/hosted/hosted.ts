import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { ChatModel, ModelCard } from "@troupe/core";
import { needs } from "../../peer.js";
import { isThisMachine } from "../is-this-machine.js";
import { lazyModel } from "../lazy-model.js";
import { hostedCards } from "./cards.js";
import { keyFrom, keyVariable } from "./key-from.js";
import { type Provider, type Server, serverOf } from "./server.js";
import { serverFetch } from "./server-fetch.js";

interface Hosted extends Provider {
  readonly context: number;
  /** Told the server, so that no variable leads the package elsewhere. `key` is undefined where none is named for the server. */
  load(server: Server, key: string | undefined): Promise<BaseChatModel>;
}

const maxRetries = 2;

const providers = {
  google: {
    url: "https://generativelanguage.googleapis.com",
    keys: ["GOOGLE_API_KEY", "GEMINI_API_KEY"],
    context: 1_000_000,
    async load({ model, url }, key = "none") {
      needs("@langchain/google-genai");
      const { ChatGoogleGenerativeAI } = await import("@langchain/google-genai");
      return new ChatGoogleGenerativeAI({ model, baseUrl: url, apiKey: key, maxRetries });
    },
  },
  anthropic: {
    url: "https://api.anthropic.com",
    base: "ANTHROPIC_BASE_URL",
    keys: ["ANTHROPIC_API_KEY"],
    context: 200_000,
    async load(server, key) {
      needs("@langchain/anthropic");
      const { ChatAnthropic } = await import("@langchain/anthropic");
      const clientOptions = { fetch: serverFetch(server, key === undefined ? {} : { "x-api-key": key }) };
      return new ChatAnthropic({ model: server.model, anthropicApiUrl: server.url, apiKey: key ?? "none", clientOptions, maxRetries });
    },
  },
  mistral: {
    url: "https://api.mistral.ai",
    keys: ["MISTRAL_API_KEY"],
    context: 128_000,
    async load({ model, url }, key = "none") {
      needs("@langchain/mistralai");
      const { ChatMistralAI } = await import("@langchain/mistralai");
      return new ChatMistralAI({ model, serverURL: url, apiKey: key, maxRetries });
    },
  },
} satisfies Record<string, Hosted>;

export type HostedProvider = keyof typeof providers;

/** Chat with a hosted provider through LangChain's package for it. Throws MODEL_URL; `load` throws PACKAGE_MISSING, KEY_MISSING, KEY_UNSAFE. */
export function hostedChat(name: string, of: HostedProvider, key?: string): ChatModel {
  const id = `${of}:${name}`;
  const provider: Hosted = providers[of];
  const server = serverOf(name, provider);
  const card: ModelCard = {
    kind: "chat",
    context: provider.context,
    modalities: ["text"],
    tools: true,
    structured: "langchain",
    local: isThisMachine(server.url),
    ...((server.own && hostedCards[id]) || { assumed: ["context", "modalities", "tools"] }),
  };
  return lazyModel(
    id,
    () => card,
    async (variable) => await provider.load(server, variable === undefined ? undefined : keyFrom(id, server, provider, variable)),
    (trust) => keyVariable(server, provider, key, trust),
  );
}
