import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { AIMessageChunk, BaseMessageLike } from "@langchain/core/messages";
import { doubledIn } from "../schema/doubled-in.js";
import type { JsonSchema } from "../schema/json.js";
import { lostInJson } from "../schema/lost-in-json.js";
import { callFailed, modelRefused } from "./call-failed.js";
import { constrain } from "./constrain.js";
import type { GenerateHost } from "./generate.js";
import { heldToCard } from "./held-to-card.js";
import { isClosed } from "./is-closed.js";
import { isLooping } from "./is-looping.js";
import { mended } from "./mended.js";
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
    return { text, ended, ...(isWhole ? { whole: true } : {}), ...(whole ? { calls: await callsOf(whole, ended, messages.length) } : {}) };
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

/**
 * The calls of a whole message; those whose arguments cannot be read come last, without any. LangChain closes what a call leaves open, so
 * what was not closed is half of one, and so is the last one of an answer that was cut. Where a server gives no ids, which LangChain cannot
 * read, they have some that no earlier message has.
 */
async function callsOf(message: AIMessageChunk, ended: Ended, before: number): Promise<readonly ToolCall[]> {
  const { tool_calls = [], invalid_tool_calls = [], tool_call_chunks = [] } = message;
  const idOf = (id: string | undefined, i: number) => id || `call-${before}-${i + 1}`;
  const count = tool_calls.length;
  const cut = ended === "stop" ? -1 : count + invalid_tool_calls.length - 1;
  const isWhole = (id: string | undefined) => tool_call_chunks.every((one) => one.id !== id || isClosed(one.args ?? ""));
  // Some servers, and some models, write the text of the arguments as a text again.
  const held = (given: unknown): Pick<ToolCall, "arguments"> => {
    const value = typeof given === "string" ? parseJson(given) : given;
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { arguments: value as object & ToolCall["arguments"] }
      : {};
  };
  /**
   * As the model wrote them, where LangChain has rounded a number away, or made one of half a one (`-` is 0); nothing where they say one
   * thing twice, and otherwise.
   */
  const exact = async (id: string | undefined, args: unknown) => {
    const written = tool_call_chunks.find((one) => one.id === id)?.args ?? "";
    if (doubledIn(written) !== undefined) return undefined;
    const isBroken = written.trim() !== "" && parseJson(written) === undefined;
    if (isBroken) return parseJson((await mended(written, { closed: true, unread: new Set() })) ?? "");
    return (lostInJson(written, "number") && parseJson(written)) || args;
  };
  const read = (args: string | undefined, i: number) => (i === cut ? {} : held(parseJson(args ?? "")));
  const called = tool_calls.map(async ({ id, name, args }, i) => ({
    ...{ id: idOf(id, i), name },
    ...(i === cut || !isWhole(id) ? {} : held(await exact(id, args))),
  }));
  return [
    ...(await Promise.all(called)),
    ...invalid_tool_calls.map(({ id, name = "", args }, i) => ({ id: idOf(id, count + i), name, ...read(args, count + i) })),
  ];
}

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
