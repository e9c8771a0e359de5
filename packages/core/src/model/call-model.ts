import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { AIMessageChunk, BaseMessageLike } from "@langchain/core/messages";
import type { JsonSchema } from "../schema/json.js";
import { callFailed, modelRefused } from "./call-failed.js";
import { callsOf } from "./calls-of.js";
import { constrain } from "./constrain.js";
import type { GenerateHost } from "./generate.js";
import { heldToCard } from "./held-to-card.js";
import { isLooping } from "./is-looping.js";
import type { ChatModel, ModelCard } from "./model.js";
import { parseJson } from "./parse-json.js";
import { persist } from "./persist.js";
import { addTokens, type Tokens } from "./price.js";
import { schemaRefused } from "./schema-refused.js";
import { statusOf } from "./status-of.js";
import { stopwatch } from "./stopwatch.js";
import { tokensTold } from "./tokens-told.js";
import type { ToolCall, ToolCard } from "./tool-call.js";
import { troubleIn } from "./trouble.js";
import { unlessAborted } from "./unless-aborted.js";
import { usageOf } from "./usage.js";
import { whyStopped } from "./why-stopped.js";
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
  | {
      readonly text: string;
      readonly ended: Ended;
      /** Its server said that the model ended it of itself. Absent: nobody said so, and the rest may have been lost on the way. */
      readonly whole?: true;
      readonly calls?: readonly ToolCall[];
    }
  | { readonly refused: { readonly surely: boolean } };

/** No token is longer than this, so a text beyond `maxTokens` of them comes from a model that does not keep its bound. */
const longestToken = 16;

/** Models whose servers take no temperature but their own, as those that think do. */
const ownTemperature = new WeakSet<ChatModel>();

/**
 * One call to a chat model: loads it, streams, counts, stops at once on abort, and is made again where a failure may pass. What its card
 * says that it can't take is refused before.
 * @throws TroupeError `MODEL_BUSY` when it failed so three times, or asks to wait for more than a minute; `MODEL_REFUSED`, `MODEL_UNPAID`,
 * `KEY_REFUSED`, `MODALITY_UNSUPPORTED`, `PROMPT_TOO_LONG`, `MODEL_FAILED`; the signal's reason when aborted.
 */
export async function callModel(model: ChatModel, call: ModelCall, host: GenerateHost): Promise<Called> {
  host.signal.throwIfAborted();
  try {
    const loaded = await unlessAborted(model.load(host.trust), host.signal);
    heldToCard(model, call.messages);
    return await persist(() => once(model, loaded, call, host), host.signal);
  } catch (cause) {
    if (host.signal.aborted) throw host.signal.reason;
    throw callFailed(model, cause);
  }
}

async function once(model: ChatModel, loaded: BaseChatModel, call: ModelCall, host: GenerateHost): Promise<Called> {
  const { schema, tools } = call;
  const asked = ownTemperature.has(model) ? { ...call, temperature: undefined } : call;
  const chat = withLimits(loaded, asked.maxTokens, asked.temperature);
  const own = tools !== undefined || schema?.structured === "langchain";
  if (own && typeof chat.bindTools !== "function") return { refused: { surely: true } };
  try {
    return await (schema?.structured === "langchain" && !tools
      ? bound(model, chat, asked, schema.json, host)
      : stream(model, chat, asked, host));
  } catch (error) {
    if (host.signal.aborted) throw error;
    if (asked.temperature !== undefined && isAboutTemperature(error)) {
      ownTemperature.add(model);
      return once(model, loaded, call, host);
    }
    const held = (schema && schema.structured !== "none") || tools;
    const trouble = troubleIn(error);
    const refused = held && (trouble === undefined || statusOf(error) === 500) ? schemaRefused(error) : undefined;
    if (refused) return { refused };
    throw error;
  }
}

/** Whether a server, or LangChain before it is asked, takes no such temperature. */
function isAboutTemperature(error: unknown): boolean {
  const status = statusOf(error);
  return (Number.isNaN(status) || status === 400 || status === 422) && /\btemperature\b/i.test(String(Object(error).message));
}

async function stream(
  model: ChatModel,
  chat: BaseChatModel,
  { messages, maxTokens, temperature, seed, schema, tools }: ModelCall,
  host: GenerateHost,
): Promise<Called> {
  const elapsed = stopwatch();
  const stop = new AbortController();
  const signal = AbortSignal.any([host.signal, stop.signal]);
  const held = schema && constrain(schema.structured, schema.json, schema.told);
  // Our own models read the limits from the call.
  const limits = { maxTokens, ...(temperature === undefined ? {} : { temperature }), ...(seed === undefined ? {} : { seed }) };
  const options = { ...host.config, signal, ...limits, ...held };
  let text = "";
  let whole: AIMessageChunk | undefined;
  let ended: Ended = "stop";
  let isWhole = false;
  let declined = "";
  let looked = 0;
  let pieces = 0;
  let took: Tokens = { input: 0, output: 0 };
  let failed: unknown;
  let finished = false;
  try {
    const asked = tools ? chat.bindTools!(tools.map(asOpenAi)) : chat;
    const chunks = await unlessAborted(asked.stream([...messages], options as object), host.signal);
    const iterator = chunks[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await unlessAborted(iterator.next(), host.signal);
      if (done) {
        finished = true;
        break;
      }
      const chunk = value as AIMessageChunk;
      took = addTokens(took, tokensTold(chunk));
      if (tools) whole = whole?.concat(chunk) ?? chunk;
      const stopped = whyStopped(chunk);
      if (stopped && "declined" in stopped) declined += stopped.declined;
      else if (stopped && "cut" in stopped) ended = "length";
      else if (stopped) isWhole = true;
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
    if (declined) throw modelRefused(model, declined);
    return {
      text,
      ended,
      ...(isWhole ? { whole: true } : {}),
      ...(whole ? { calls: await callsOf(whole, ended !== "stop", messages.length) } : {}),
    };
  } catch (error) {
    failed = error;
    throw error;
  } finally {
    stop.abort();
    // One that was stopped before it told its usage wrote about a token a piece.
    const output = finished ? took.output : Math.max(took.output, pieces);
    host.used(usageOf(model, { ...took, output, failed, ms: elapsed() }));
  }
}

/** A tool as every package of LangChain's takes it. */
const asOpenAi = ({ name, description, parameters }: ToolCard) => ({ type: "function", function: { name, description, parameters } });

/** Whether a chat model wrote something that its own way to a structured answer could not read. */
function isUnread(error: unknown): boolean {
  return error instanceof SyntaxError || Object(error).lc_error_code === "OUTPUT_PARSING_FAILURE";
}

/** The arguments of a message's calls, one after the other, as their server sent them where LangChain keeps that: what it read may have lost something. */
function writtenArguments({ additional_kwargs, tool_calls = [] }: AIMessageChunk): string {
  return tool_calls
    .map(({ args }, i) => {
      const written = additional_kwargs?.tool_calls?.[i]?.function?.arguments;
      return typeof written === "string" && parseJson(written) !== undefined ? written : JSON.stringify(args);
    })
    .join("\n");
}

/** LangChain's own way to a structured answer; it does not stream. */
async function bound(model: ChatModel, chat: BaseChatModel, call: ModelCall, json: JsonSchema, host: GenerateHost): Promise<Called> {
  const elapsed = stopwatch();
  let message: AIMessageChunk | undefined;
  let failed: unknown;
  try {
    const held = chat.withStructuredOutput(json as Record<string, any>, { includeRaw: true, name: "answer" });
    const asking = held.invoke([...call.messages], { ...host.config, signal: host.signal }).catch((error: unknown) => {
      if (isUnread(error)) return undefined;
      failed = error;
      throw error;
    });
    const answer = await unlessAborted(asking, host.signal);
    if (answer === undefined) return { refused: { surely: false } };
    message = answer.raw as AIMessageChunk | undefined;
    // A model that takes no wish for its message gives what it read.
    if (message === undefined) return { text: JSON.stringify(answer), ended: "stop" };
    const stopped = whyStopped(message);
    const isWhole = stopped !== undefined && "whole" in stopped;
    // LangChain closes what an answer that was cut leaves open: half of one looks whole.
    const text = message.tool_calls?.length && (!stopped || isWhole) ? writtenArguments(message) : message.text;
    host.token(text);
    if (stopped && "declined" in stopped) throw modelRefused(model, stopped.declined);
    if (isWhole) return { text, ended: "stop", whole: true };
    return { text, ended: stopped ? "length" : "stop" };
  } finally {
    host.used(usageOf(model, { ...tokensTold(message), failed, ms: elapsed() }));
  }
}
