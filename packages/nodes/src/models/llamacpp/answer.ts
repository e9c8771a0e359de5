import type { BaseMessage } from "@langchain/core/messages";
import { type JsonSchema, TroupeError } from "@troupe/core";
import type { LlamaContextSequence, LlamaGrammar, Token } from "node-llama-cpp";
import { chatHistory } from "./chat-history.js";
import type { ChatEngine } from "./engine.js";
import { jsonGrammar } from "./grammar/json-grammar.js";

export interface AnswerOptions {
  readonly signal?: AbortSignal | undefined;
  readonly schema?: JsonSchema | undefined;
  /** The prompt says what the schema asks for; else the schema is shown to the model. */
  readonly told?: boolean;
  /** Tokens to write at the most; the rest of the context where it is not given. */
  readonly maxTokens?: number | undefined;
  /** 0, the default, always takes the likeliest token. */
  readonly temperature?: number | undefined;
  readonly stop?: readonly string[] | undefined;
  readonly seed?: number | undefined;
}

export interface Answered {
  readonly text: string;
  /** Tokens of the prompt, how many of them were evaluated before, and tokens written. */
  readonly input: number;
  readonly shared: number;
  readonly output: number;
  readonly finish: "stop" | "length";
}

/** Tokens evaluated between two looks at the signal. */
const step = 256;

/**
 * Answers a conversation on a sequence of the engine's pool, the one that holds most of this prompt already. An abort rejects at
 * once; its sequence comes back as soon as the step under way has ended, and other calls go on.
 *
 * Throws PROMPT_TOO_LONG, SCHEMA_UNSUPPORTED and the signal's reason.
 */
export async function answer(
  engine: ChatEngine,
  messages: readonly BaseMessage[],
  options: AnswerOptions,
  write: (text: string) => void,
): Promise<Answered> {
  const { signal, schema, temperature = 0, seed } = options;
  signal?.throwIfAborted();
  const history = chatHistory(messages, options.told ? undefined : schema);
  const state = engine.wrapper.generateContextState({ chatHistory: history });
  const prompt = state.contextText.tokenize(engine.model.tokenizer);
  const room = engine.context - prompt.length;
  if (room < 16) throw tooLong(prompt.length, engine.context);
  const grammar = schema && (await grammarOf(engine, schema));
  const { LlamaChat } = await import("node-llama-cpp");

  const work = async (sequence: LlamaContextSequence): Promise<Answered> => {
    const shared = await prefill(sequence, prompt, signal);
    const chat = new LlamaChat({ contextSequence: sequence, chatWrapper: engine.wrapper });
    const before = sequence.tokenMeter.usedOutputTokens;
    try {
      const { response, metadata } = await chat.generateResponse(history, {
        temperature,
        maxTokens: Math.min(options.maxTokens ?? room, room - 1),
        onTextChunk: (text) => {
          if (!signal?.aborted) write(text);
        },
        ...(signal ? { signal } : {}),
        ...(seed === undefined ? {} : { seed }),
        // A penalty on repetition breaks JSON, whose keys and marks repeat.
        ...(grammar ? { grammar, repeatPenalty: false as const } : {}),
        ...(options.stop?.length ? { customStopTriggers: [...options.stop] } : {}),
      });
      return {
        text: response,
        input: prompt.length,
        shared,
        output: sequence.tokenMeter.usedOutputTokens - before,
        finish: metadata.stopReason === "maxTokens" ? "length" : "stop",
      };
    } finally {
      chat.dispose({ disposeSequence: false });
    }
  };
  return await orAbort(engine.pool.lend(prompt, signal, work), signal);
}

/**
 * Evaluates a prompt but for its last tokens, `left` or fewer, in steps, so that an abort need not wait for all of it. Gives how much was
 * there.
 */
export async function prefill(
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  signal: AbortSignal | undefined,
  left = 1,
): Promise<number> {
  await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
  const shared = sequence.nextTokenIndex;
  const end = prompt.length - left;
  for (let at = shared; at < end; at += step) {
    signal?.throwIfAborted();
    await sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(at, Math.min(at + step, end)));
  }
  signal?.throwIfAborted();
  return shared;
}

/** Settles as `work` does, or rejects as soon as the signal is aborted. */
export function orAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

export const tooLong = (tokens: number, context: number): TroupeError =>
  new TroupeError("PROMPT_TOO_LONG", `The prompt takes ${tokens} tokens, and the model has a context of ${context}`, {
    hint: "Shorten or split the input, or use a model with more context",
  });

/** Of a tokenizer in which no letter is one token, as of a broken runtime. */
export const noLogits = (): TroupeError =>
  new TroupeError("ANSWER_INVALID", "The model gave no probabilities of what it was asked", { hint: "Take other weights." });

function grammarOf(engine: ChatEngine, schema: JsonSchema): Promise<LlamaGrammar> {
  const key = JSON.stringify(schema);
  const known = engine.grammars.get(key);
  if (known) return known;
  // A schema that is nothing but itself has no grammar: its text would never end.
  const made = (async () => engine.llama.createGrammar({ grammar: jsonGrammar(schema) }))().catch((cause) => {
    if (cause instanceof TroupeError) throw cause;
    throw new TroupeError("SCHEMA_UNSUPPORTED", "llama.cpp does not take the grammar of this schema", {
      hint: "Make the schema simpler: fewer alternatives, shorter bounds",
      text: key,
      cause,
    });
  });
  engine.grammars.set(key, made);
  return made;
}
