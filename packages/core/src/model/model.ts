import type { BaseDecisionModel } from "@langchain/core/decisions";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { optionInvalid } from "../error/option-invalid.js";
import type { Trust } from "../limits/trust.js";
import { say } from "../schema/say.js";
import type { CpuTime } from "./cpu-time.js";
import type { Price, Tokens } from "./price.js";

/** What a model can do and costs. */
export interface ModelCard {
  readonly kind: "chat" | "embeddings" | "decisions";
  /** Tokens of context. */
  readonly context: number;
  readonly modalities: readonly ("text" | "image" | "audio")[];
  /** Of a model that takes images: pixels of their longer side beyond which it sees no more. Absent: not known. */
  readonly imageSide?: number;
  readonly tools: boolean;
  /**
   * How it is held to a JSON Schema: the call option that carries the schema (`response_format` as OpenAI does, `format` as
   * Ollama does), a grammar made of all of it that also shows it to the model (`grammar`, with `response_format` as the option),
   * LangChain's own way (`langchain`), or not at all, so that the answer is asked for in the prompt and parsed.
   */
  readonly structured: "response_format" | "format" | "grammar" | "langchain" | "none";
  /** Whether data stays on this machine. */
  readonly local: boolean;
  /** Whether it computes in this process, whose CPU time is then what it takes. */
  readonly embedded?: true;
  /** Bytes it takes when loaded. */
  readonly memory?: number;
  /** Absent where it is not known, and on this machine, where nothing is asked. */
  readonly price?: Price;
  /** What nobody said of this model and is only supposed: nothing is refused for it. Absent: all of the card is known. */
  readonly assumed?: readonly ("context" | "modalities" | "tools")[];
  /** When it was tried on this machine, as a date, and its card corrected by what was found. */
  readonly measured?: string;
  /** Of a decision model: the kinds of questions on which it was measured to be better than chance. Absent: all. */
  readonly decides?: readonly DecisionKind[];
  /**
   * Of a decision model that was measured on which of several plans is meant: the power to which its odds are raised, so that it is as sure
   * as it is right; below 1 where it is surer than that. Absent: it is asked about single places of plans only.
   */
  readonly sharpness?: number;
}

/**
 * What a question is about: which of several plans is meant, what an argument of a plan is made from, which member of a team does a part
 * of a request, which label or route fits, what stands in a field of a text, which tool a request needs; which of ordered levels a text
 * is at, and whether something is so of it, where neither yes nor no is described.
 */
export type DecisionKind = "plans" | "wiring" | "members" | "routing" | "fields" | "tools" | "levels" | "yes-no";

/** A question with its answer. */
export interface DecisionExample {
  readonly state: string;
  readonly instructions: string;
  readonly options: readonly string[];
  /** The right one of the options. */
  readonly right: string;
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
/** Answers typed questions about a state with a probability for every option, and writes no text. */
export type DecisionModel = Model<Pick<BaseDecisionModel, "invoke">>;

/** Models by their card's kind. */
export interface ModelsByKind {
  readonly chat: ChatModel;
  readonly embeddings: EmbeddingModel;
  readonly decisions: DecisionModel;
}

/**
 * A LangChain chat model, whichever declarations it comes by: to a CommonJS project LangChain's classes are other ones, and what is
 * protected in them keeps one from standing for the other.
 */
export type AnyChatModel = Pick<BaseChatModel, "_llmType" | "_modelType">;

/** What can be bound to a role: a model, or one of LangChain's as it is. */
export type Bindable = ModelsByKind[keyof ModelsByKind] | AnyChatModel | BaseDecisionModel;

/** A part a model plays, bound at `compile(graph, { models })`. */
export type Role = "default" | "planner" | "embeddings" | "decisions" | "calls" | "vision" | (string & {});

/** What one or more calls to a model took. Embeddings count their input only. */
export interface Usage extends Tokens {
  readonly model: string;
  readonly calls: number;
  readonly ms: number;
  /** US dollars of the calls whose price is known. */
  readonly cost: number;
  /** The calls whose cost is not known: their model's card has no price, or its server told no tokens. Absent: none. */
  readonly unpriced?: number;
  /** What it computed in this process. Absent: it runs elsewhere, and what it takes there nobody tells. */
  readonly cpu?: CpuTime;
}

/**
 * A LangChain chat model, or a decision model, as a `Model`, with a card that promises little unless one is given; what it supposes then
 * is refused nothing for.
 * @throws TroupeError `OPTION_INVALID`
 * @example
 * const chat = asModel(new ChatOpenAI({ model: "gpt-4o" }), "openai:gpt-4o", { context: 128_000 });
 */
export function asModel(chat: AnyChatModel, id?: string, card?: Partial<ModelCard>): ChatModel;
export function asModel(decider: BaseDecisionModel, id?: string, card?: Partial<ModelCard>): DecisionModel;
export function asModel(given: AnyChatModel | BaseDecisionModel, id?: string, card: Partial<ModelCard> = {}): ChatModel | DecisionModel {
  const told = id !== undefined || "_classify" in Object(given) || typeof Object(given)._llmType === "function";
  if (typeof given !== "object" || given === null || !told)
    throw optionInvalid(
      "asModel",
      "model",
      `is ${say(given)}`,
      'Give a chat model of LangChain\'s; by name, model("…") of @troupe/nodes makes one.',
    );
  const own: Pick<ModelCard, "kind" | "tools" | "structured"> =
    "_classify" in given ? { kind: "decisions", tools: false, structured: "none" } : { kind: "chat", tools: true, structured: "langchain" };
  const assumed = (["context", "modalities", "tools"] as const).filter((fact) => card[fact] === undefined);
  return Object.freeze({
    id: id ?? `langchain:${"_classify" in given ? `${given._provider}:${given.model}` : given._llmType()}`,
    card: Object.freeze({ context: 8192, modalities: ["text"], local: false, assumed, ...own, ...card } as const),
    load: async () => given as any,
  });
}
