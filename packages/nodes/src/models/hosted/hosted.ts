import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { ChatModel, ModelCard } from "@troupe/core";
import { needs } from "../../peer.js";
import { isThisMachine } from "../is-this-machine.js";
import { lazyModel } from "../lazy-model.js";
import { hostedCards } from "./cards.js";
import { keyFrom, keyVariable } from "./key-from.js";
import { type Provider, type Server, serverOf } from "./server.js";
import { chatStreamEnd, leftToFetch, serverFetch } from "./server-fetch.js";

interface Hosted extends Provider {
  readonly context: number;
  /** Told the server, so that no variable leads the package elsewhere. `key` is undefined where none is named for the server. */
  load(server: Server, key: string | undefined): Promise<BaseChatModel>;
}

/** Calls are asked again where a chat model is called, after what their server tells to wait, not inside its package. */
const maxRetries = 0;

const providers = {
  google: {
    url: "https://generativelanguage.googleapis.com",
    keys: ["GOOGLE_API_KEY", "GEMINI_API_KEY"],
    context: 1_000_000,
    async load(server, key) {
      needs("@langchain/google-genai");
      const { GeminiChat } = await import("./gemini/gemini-chat.js");
      const { GeminiClient } = await import("./gemini/gemini-client.js");
      const { model, url } = server;
      const fetch = serverFetch(server, key === undefined ? {} : { "x-goog-api-key": key }, {
        end: /"(?:finishReason|blockReason)"\s*:\s*"|"error"\s*:\s*\{/,
      });
      const client = new GeminiClient({ model: model.replace(/^models\//, ""), url, key, fetch });
      return new GeminiChat({ model, baseUrl: url, apiKey: key ?? "none", client, maxRetries });
    },
  },
  anthropic: {
    url: "https://api.anthropic.com",
    base: "ANTHROPIC_BASE_URL",
    keys: ["ANTHROPIC_API_KEY"],
    context: 200_000,
    async load(server, key) {
      needs("@langchain/anthropic");
      const { ClaudeChat } = await import("./claude/claude-chat.js");
      const fetch = serverFetch(server, key === undefined ? {} : { "x-api-key": key }, { end: /"type"\s*:\s*"(?:message_stop|error)"/ });
      return new ClaudeChat({
        model: server.model,
        anthropicApiUrl: server.url,
        apiKey: key ?? "none",
        clientOptions: { fetch, timeout: leftToFetch },
        maxRetries,
      });
    },
  },
  mistral: {
    url: "https://api.mistral.ai",
    keys: ["MISTRAL_API_KEY"],
    context: 128_000,
    async load(server, key) {
      needs("@langchain/mistralai");
      const { MistralChat } = await import("./mistral-chat.js");
      const credentials: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
      const fetch = (signal: AbortSignal) => serverFetch(server, credentials, { end: chatStreamEnd, signal });
      return new MistralChat({ model: server.model, serverURL: server.url, apiKey: key ?? "none", fetch, maxRetries });
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
    structured: "response_format",
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
