import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { Trust } from "../limits/trust.js";

/** What a model can do and costs. */
export interface ModelCard {
  readonly kind: "chat" | "embeddings";
  /** Tokens of context. */
  readonly context: number;
  readonly modalities: readonly ("text" | "image" | "audio")[];
  readonly tools: boolean;
  /**
   * How it is held to a JSON Schema: the call option that carries the schema (`response_format` as OpenAI does, `format` as
   * Ollama does), a grammar made of all of it that also shows it to the model (`grammar`, with `response_format` as the option),
   * LangChain's own way (`langchain`), or not at all, so that the answer is asked for in the prompt and parsed.
   */
  readonly structured: "response_format" | "format" | "grammar" | "langchain" | "none";
  /** Whether data stays on this machine. */
  readonly local: boolean;
  /** Bytes it takes when loaded. */
  readonly memory?: number;
  /** US dollars a million tokens. */
  readonly price?: { readonly input: number; readonly output: number };
}

/** A model by name: frozen and lazy; nothing is loaded before `load`, and loading twice gives the same one. */
export interface Model<T = unknown> {
  /** `provider:name`, as journals and ledgers name it. */
  readonly id: string;
  readonly card: ModelCard;
  /** Loads it once. `trust` says which servers get which key, beside each provider's own. */
  load(trust?: Pick<Trust, "keys">): Promise<T>;
}

export type ChatModel = Model<BaseChatModel>;
/** LangChain's embeddings tell no usage; those that can count tell the ledger so. */
export type EmbeddingModel = Model<EmbeddingsInterface & { countTokens?(texts: readonly string[]): number }>;

/** A part a model plays, bound at `compile(graph, { models })`. */
export type Role = "default" | "planner" | "embeddings" | (string & {});

/** What one or more calls to a model took. Embeddings count their input only. */
export interface Usage {
  readonly model: string;
  readonly calls: number;
  /** Tokens. */
  readonly input: number;
  readonly output: number;
  readonly ms: number;
  /** US dollars, by the card's price; 0 where it has none. */
  readonly cost: number;
}

/**
 * A LangChain chat model as a `Model`, with a card that promises little unless one is given.
 *
 * @example
 * const chat = asModel(new ChatOpenAI({ model: "gpt-4o" }), "openai:gpt-4o", { context: 128_000 });
 */
export function asModel(chat: BaseChatModel, id = `langchain:${chat._llmType()}`, card: Partial<ModelCard> = {}): ChatModel {
  return Object.freeze({
    id,
    card: Object.freeze({
      kind: "chat",
      context: 8192,
      modalities: ["text"],
      tools: true,
      structured: "langchain",
      local: false,
      ...card,
    } as const),
    load: async () => chat,
  });
}
