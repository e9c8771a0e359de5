import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { AIMessageChunk, BaseMessageLike } from "@langchain/core/messages";
import type { JsonSchema } from "../graph/json.js";
import { callFailed } from "./call-failed.js";
import { constrain } from "./constrain.js";
import type { GenerateHost } from "./generate.js";
import { heldToCard } from "./held-to-card.js";
import { isLooping } from "./is-looping.js";
import type { ChatModel, ModelCard } from "./model.js";
import { addTokens, type Tokens } from "./price.js";
import { statusOf } from "./status-of.js";
import { tokensTold } from "./tokens-told.js";
import type { ToolCall, ToolCard } from "./tool-call.js";
import { unlessAborted } from "./unless-aborted.js";
import { usageOf } from "./usage.js";
import { withLimits } from "./with-limits.js";

export interface ModelCall {
  readonly messages: readonly BaseMessageLike[];
  readonly maxTokens: number;
  readonly temperature?: number | undefined;
  readonly seed?: number | undefined;
  /** Offered in the model's own way. */
  readonly tools?: readonly ToolCard[];
  readonly schema?: { readonly json: JsonSchema; readonly structured: ModelCard["structured"]; readonly told: boolean };
}

/** How an answer ended: by itself, at the bound of tokens, or because it only repeated itself. */
export type Ended = "stop" | "length" | "loop";

/** What the model wrote; or that it cannot be held to the schema in this way: surely so, or a failure that may have had other grounds. */
export type Called =
  | { readonly text: string; readonly ended: Ended; readonly calls?: readonly ToolCall[] }
  | { readonly refused: { readonly surely: boolean } };

/** No token is longer than this, so a text beyond `maxTokens` of them comes from a model that does not keep its bound. */
const longestToken = 16;

/**
 * One call to a chat model: loads it, streams, counts, stops at once on abort. What its card says that it can't take is refused before.
 * @throws TroupeError `MODALITY_UNSUPPORTED`, `PROMPT_TOO_LONG`, `MODEL_FAILED`; the signal's reason when aborted.
 */
export async function callModel(model: ChatModel, call: ModelCall, host: GenerateHost): Promise<Called> {
  host.signal.throwIfAborted();
  try {
    const loaded = await unlessAborted(model.load(host.trust), host.signal);
    heldToCard(model, call.messages);
    const chat = withLimits(loaded, call.maxTokens, call.temperature);
    const { schema, tools } = call;
    const ways = (schema && schema.structured !== "none") || tools;
    try {
      if (tools) return typeof chat.bindTools === "function" ? await stream(model, chat, call, host) : { refused: { surely: true } };
      if (schema?.structured === "langchain") {
        return typeof chat.bindTools === "function" ? await bound(model, chat, call, schema.json, host) : { refused: { surely: true } };
      }
      return await stream(model, chat, call, host);
    } catch (error) {
      const refused = refusalIn(error);
      if (ways && refused && !host.signal.aborted) return { refused };
      throw error;
    }
  } catch (cause) {
    if (host.signal.aborted) throw host.signal.reason;
    throw callFailed(model, cause);
  }
}

/** What a server answers to a schema that it does not take: it is told so, or its parser fails, which may be a failure of another kind. */
const refusals: Readonly<Record<number, { readonly surely: boolean }>> = {
  400: { surely: true },
  422: { surely: true },
  500: { surely: false },
  501: { surely: true },
};

/** With a schema, an error of these kinds is mostly about the schema; where it is not, asking without one fails in the same way. */
function refusalIn(error: unknown): { readonly surely: boolean } | undefined {
  const { code, cause } = (error ?? {}) as Record<string, unknown>;
  if (code === "SCHEMA_UNSUPPORTED") return { surely: true };
  const own = refusals[statusOf(error)] ?? (isWord(error) ? { surely: false } : undefined);
  return own ?? (cause !== undefined && cause !== error ? refusalIn(cause) : undefined);
}

/** A server's own word in a stream that began well: an error without a status, and none of the network's or of ours. */
function isWord(error: unknown): boolean {
  return Object(error).constructor === Error && Number.isNaN(statusOf(error)) && Object(error).code === undefined;
}

async function stream(
  model: ChatModel,
  chat: BaseChatModel,
  { messages, maxTokens, temperature, seed, schema, tools }: ModelCall,
  host: GenerateHost,
): Promise<Called> {
  const started = Date.now();
  const stop = new AbortController();
  const signal = AbortSignal.any([host.signal, stop.signal]);
  const held = schema && constrain(schema.structured, schema.json, schema.told);
  // Our own models read the limits from the call.
  const limits = { maxTokens, ...(temperature === undefined ? {} : { temperature }), ...(seed === undefined ? {} : { seed }) };
  const options = { ...host.config, signal, ...limits, ...held };
  let text = "";
  let whole: AIMessageChunk | undefined;
  let ended: Ended = "stop";
  let looked = 0;
  let pieces = 0;
  let took: Tokens = { input: 0, output: 0 };
  try {
    const asked = tools ? chat.bindTools!(tools.map(asOpenAi)) : chat;
    const chunks = await unlessAborted(asked.stream([...messages], options as object), host.signal);
    const iterator = chunks[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await unlessAborted(iterator.next(), host.signal);
      if (done) break;
      const chunk = value as AIMessageChunk;
      took = addTokens(took, tokensTold(chunk));
      if (tools) whole = whole?.concat(chunk) ?? chunk;
      if (isCut(chunk.response_metadata)) ended = "length";
      if (!chunk.text) continue;
      text += chunk.text;
      pieces++;
      host.token(chunk.text);
      if (text.length > maxTokens * longestToken) ended = "length";
      if (schema && text.length - looked >= 100) {
        looked = text.length;
        if (isLooping(text)) ended = "loop";
      }
      if (ended !== "stop") break;
    }
    return { text, ended, ...(whole ? { calls: callsOf(whole, ended, messages.length) } : {}) };
  } finally {
    stop.abort();
    // One that was stopped before it told its usage wrote about a token a piece.
    host.used(usageOf(model, { ...took, output: took.output || (ended === "stop" ? 0 : pieces), ms: Date.now() - started }));
  }
}

/** A tool as every package of LangChain's takes it. */
const asOpenAi = ({ name, description, parameters }: ToolCard) => ({ type: "function", function: { name, description, parameters } });

/**
 * The calls of a whole message; those whose arguments cannot be read come last, without any. LangChain closes what a call leaves open, so
 * the last one of an answer that was cut is half of one. Where a server gives no ids they have some that no earlier message has.
 */
function callsOf({ tool_calls = [], invalid_tool_calls = [] }: AIMessageChunk, ended: Ended, before: number): readonly ToolCall[] {
  const idOf = (id: string | undefined, i: number) => id || `call-${before}-${i + 1}`;
  const cut = ended === "stop" ? -1 : tool_calls.length - 1;
  return [
    ...tool_calls.map(({ id, name, args }, i) => ({ id: idOf(id, i), name, ...(i === cut ? {} : { arguments: args }) })),
    ...invalid_tool_calls.map(({ id, name = "" }, i) => ({ id: idOf(id, tool_calls.length + i), name })),
  ];
}

/** What OpenAI, llama.cpp and Mistral; Ollama; Anthropic; Google say of an answer that was cut at the bound of tokens. */
function isCut(said: Record<string, unknown> | undefined): boolean {
  const why = said?.finish_reason ?? said?.done_reason ?? said?.stop_reason ?? said?.finishReason;
  return typeof why === "string" && ["length", "max_tokens", "model_length"].includes(why.toLowerCase());
}

/** Whether a chat model wrote something that its own way to a structured answer could not read. */
function isUnread(error: unknown): boolean {
  return error instanceof SyntaxError || Object(error).lc_error_code === "OUTPUT_PARSING_FAILURE";
}

/** LangChain's own way to a structured answer; it does not stream. */
async function bound(model: ChatModel, chat: BaseChatModel, call: ModelCall, json: JsonSchema, host: GenerateHost): Promise<Called> {
  const started = Date.now();
  let message: AIMessageChunk | undefined;
  try {
    const held = chat.withStructuredOutput(json as Record<string, any>, { includeRaw: true, name: "answer" });
    const asking = held.invoke([...call.messages], { ...host.config, signal: host.signal }).catch((error: unknown) => {
      if (isUnread(error)) return undefined;
      throw error;
    });
    const answer = await unlessAborted(asking, host.signal);
    if (answer === undefined) return { refused: { surely: false } };
    message = answer.raw as AIMessageChunk | undefined;
    // A model that takes no wish for its message gives what it read.
    if (message === undefined) return { text: JSON.stringify(answer), ended: "stop" };
    const text = message.tool_calls?.length ? JSON.stringify(message.tool_calls[0]!.args) : message.text;
    host.token(text);
    return { text, ended: isCut(message.response_metadata) ? "length" : "stop" };
  } finally {
    host.used(usageOf(model, { ...tokensTold(message), ms: Date.now() - started }));
  }
}
