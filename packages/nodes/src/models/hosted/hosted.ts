import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { ChatModel, ModelCard } from "@troupe/core";
import { peer } from "../../peer.js";
import { lazyModel } from "../lazy-model.js";
import { hostedCards } from "./cards.js";
import { keyFrom } from "./key-from.js";

interface Provider {
  readonly context: number;
  load(id: string, model: string): Promise<BaseChatModel>;
}

const maxRetries = 2;

const providers = {
  google: {
    context: 1_000_000,
    async load(id, model) {
      const { ChatGoogleGenerativeAI } = await peer("@langchain/google-genai", () => import("@langchain/google-genai"));
      return new ChatGoogleGenerativeAI({ model, apiKey: keyFrom(id, "GOOGLE_API_KEY", "GEMINI_API_KEY"), maxRetries });
    },
  },
  anthropic: {
    context: 200_000,
    async load(id, model) {
      const { ChatAnthropic } = await peer("@langchain/anthropic", () => import("@langchain/anthropic"));
      return new ChatAnthropic({ model, apiKey: keyFrom(id, "ANTHROPIC_API_KEY"), maxRetries });
    },
  },
  mistral: {
    context: 128_000,
    async load(id, model) {
      const { ChatMistralAI } = await peer("@langchain/mistralai", () => import("@langchain/mistralai"));
      return new ChatMistralAI({ model, apiKey: keyFrom(id, "MISTRAL_API_KEY"), maxRetries });
    },
  },
} satisfies Record<string, Provider>;

export type HostedProvider = keyof typeof providers;

/** Chat with a hosted provider through LangChain's package for it. `load` throws PACKAGE_MISSING, KEY_MISSING. */
export function hostedChat(provider: HostedProvider, name: string): ChatModel {
  const id = `${provider}:${name}`;
  const { context, load } = providers[provider];
  const card: ModelCard = {
    kind: "chat",
    context,
    modalities: ["text"],
    tools: true,
    structured: "langchain",
    local: false,
    ...hostedCards[id],
  };
  return lazyModel(
    id,
    () => card,
    (): Promise<BaseChatModel> => load(id, name),
  );
}
