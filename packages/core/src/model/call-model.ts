import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { AIMessageChunk, BaseMessageLike } from "@langchain/core/messages";
import { TroupeError } from "../graph/error.js";
import type { JsonSchema } from "../graph/json.js";
import { constrain } from "./constrain.js";
import type { GenerateHost } from "./generate.js";
import type { ChatModel, ModelCard } from "./model.js";
import { unlessAborted } from "./unless-aborted.js";
import { usageOf } from "./usage.js";
import { withLimits } from "./with-limits.js";

export interface ModelCall {
  readonly messages: readonly BaseMessageLike[];
  readonly maxTokens: number;
  readonly temperature?: number | undefined;
  readonly schema?: { readonly json: JsonSchema; readonly structured: ModelCard["structured"] };
}

/** What the model wrote; or that it cannot be held to the schema in this way, because it has none or its server refuses it. */
export type Called = { readonly text: string } | { readonly refused: true };

interface Took {
  readonly input_tokens?: number;
  readonly output_tokens?: number;
}

/** No token is longer than this, so a text beyond `maxTokens` of them comes from a model that does not keep its bound. */
const longestToken = 16;
/** A model held to a grammar may end in whitespace for ever. */
const blanks = /\s{200}$/;

/**
 * One call to a chat model: loads it, streams, counts, stops at once on abort.
 * @throws TroupeError `MODEL_FAILED`; the signal's reason when aborted.
 */
export async function callModel(model: ChatModel, call: ModelCall, host: GenerateHost): Promise<Called> {
  host.signal.throwIfAborted();
  try {
    const loaded = await unlessAborted(model.load(), host.signal);
    const chat = withLimits(loaded, call.maxTokens, call.temperature);
    const { schema } = call;
    if (schema?.structured === "langchain") {
      return typeof chat.bindTools === "function" ? await bound(model, chat, call, schema.json, host) : { refused: true };
    }
    const held = schema && constrain(schema.structured, schema.json);
    try {
      return await stream(model, chat, call, held, host);
    } catch (error) {
      if (held && isRefusal(error) && !host.signal.aborted) return { refused: true };
      throw error;
    }
  } catch (cause) {
    if (host.signal.aborted) throw host.signal.reason;
    if (cause instanceof TroupeError) throw cause;
    throw new TroupeError("MODEL_FAILED", `The call to ${model.id} failed: ${(cause as Error)?.message ?? String(cause)}`, {
      hint: "See that the model is there, reachable and paid for; `troupe doctor` tells what is at hand.",
      cause,
    });
  }
}

/** The server understood the request and did not like it: with a schema, that is mostly the schema. */
function isRefusal(error: unknown): boolean {
  const { status, status_code, statusCode } = (error ?? {}) as Record<string, unknown>;
  return [400, 422].includes(Number(status ?? status_code ?? statusCode));
}

async function stream(
  model: ChatModel,
  chat: BaseChatModel,
  { messages, maxTokens, temperature }: ModelCall,
  held: Record<string, unknown> | undefined,
  host: GenerateHost,
): Promise<Called> {
  const started = Date.now();
  const stop = new AbortController();
  const signal = AbortSignal.any([host.signal, stop.signal]);
  // Our own models read the limits from the call.
  const options = { ...host.config, signal, maxTokens, ...(temperature === undefined ? {} : { temperature }), ...held };
  let text = "";
  let input = 0;
  let output = 0;
  try {
    const chunks = await unlessAborted(chat.stream([...messages], options as object), host.signal);
    const iterator = chunks[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await unlessAborted(iterator.next(), host.signal);
      if (done) break;
      const chunk = value as AIMessageChunk;
      const took = chunk.usage_metadata as Took | undefined;
      input += took?.input_tokens ?? 0;
      output += took?.output_tokens ?? 0;
      if (chunk.text) {
        text += chunk.text;
        host.token(chunk.text);
        if (text.length > maxTokens * longestToken || (held && blanks.test(text.slice(-200)))) break;
      }
    }
    return { text };
  } finally {
    stop.abort();
    host.used(usageOf(model, { input, output, ms: Date.now() - started }));
  }
}

/** LangChain's own way to a structured answer; it does not stream. */
async function bound(model: ChatModel, chat: BaseChatModel, call: ModelCall, json: JsonSchema, host: GenerateHost): Promise<Called> {
  const started = Date.now();
  let took: Took | undefined;
  try {
    const held = chat.withStructuredOutput(json as Record<string, any>, { includeRaw: true, name: "answer" });
    const answer = await unlessAborted(held.invoke([...call.messages], { ...host.config, signal: host.signal }), host.signal);
    const message = answer.raw as AIMessageChunk;
    took = message.usage_metadata as Took | undefined;
    const text = message.tool_calls?.length ? JSON.stringify(message.tool_calls[0]!.args) : message.text;
    host.token(text);
    return { text };
  } finally {
    host.used(usageOf(model, { input: took?.input_tokens ?? 0, output: took?.output_tokens ?? 0, ms: Date.now() - started }));
  }
}
