import { type ChatModel, TroupeError } from "@troupe/core";
import { asked } from "./asked.js";
import { filler } from "./filler.js";
import type { Measurement } from "./measurement.js";

/** Tokens of the shortest prompt, and those left free for the template and the answer. */
const shortest = 256;
const room = 64;
/** Tokens of the fact, the question and a chat template, about. */
const around = 40;
/** Tokens beyond which nothing is tried where nobody says how much a model takes. */
const furthest = 32_768;
/** Milliseconds that growing prompts may take before the next one is left out. */
const patience = 120_000;
/** A server that counts less than this share of the tokens that it was sent left some out. */
const whole = 0.85;
/** How often the span between the longest prompt that held and the shortest that did not is halved. */
const halvings = 2;

const facts = [
  { said: "The password of the gate is KESTREL.", asks: "What is the password of the gate?", word: /kestrel/i },
  { said: "The code of the safe is MARLOW.", asks: "What is the code of the safe?", word: /marlow/i },
];

/**
 * Puts a fact at the start of prompts that grow and asks for it at their end: a server that cuts what it has no room for loses it without a
 * word. One that counts what is left of a prompt, as Ollama does, says by that where it cuts.
 * Undefined where a model does not even find it in a short prompt: then nothing is said of its context.
 */
export async function trueContext(model: ChatModel, signal: AbortSignal): Promise<Measurement["context"]> {
  const { context, assumed = [] } = model.card;
  const asks = assumed.includes("context") ? furthest : context;
  const started = Date.now();
  let scale = 1;
  /** Whether a token's length was told. */
  let scaled = false;
  /** Tokens that the server says it kept of a longer prompt. */
  let kept: number | undefined;
  /** Tokens of the prompt where it held; undefined where it did not. */
  const holds = async (tokens: number): Promise<number | undefined> => {
    for (const { said, asks, word } of facts) {
      const prompt = `${said} ${filler((tokens - room) * scale)}\n\n${asks}`;
      const written = await asked(model, [["user", prompt]], 24, signal).catch((error) => {
        if (signal.aborted || !isTooLong(error)) throw error;
      });
      if (!written) return undefined;
      if (scaled && written.input && written.input < whole * tokens) {
        kept = written.input;
        return undefined;
      }
      if (!word.test(written.text)) continue;
      // What a token is, servers tell; the next prompt's length is found by this one's.
      if (written.input) scale *= Math.min(2, Math.max(0.5, (tokens - room) / Math.max(1, written.input - around)));
      scaled ||= written.input !== undefined;
      return written.input ?? tokens;
    }
    return undefined;
  };
  const first = await holds(shortest);
  if (first === undefined) return undefined;
  let held = first;
  let lost: number | undefined;
  for (let next = 2 * shortest; held < asks - room && lost === undefined; next *= 2) {
    const tokens = Math.min(next, asks - room);
    const since = Date.now() - started;
    if (since * 2 > patience) break;
    const found = await holds(tokens);
    if (found === undefined) lost = kept ?? tokens;
    else held = Math.max(held, found);
    if (tokens >= asks - room) break;
  }
  for (let i = 0; i < halvings && lost !== undefined && lost - held > 2 * room; i++) {
    const middle: number = kept === undefined ? Math.round((held + lost) / 2) : Math.max(held, kept - room);
    const found = await holds(middle);
    if (found === undefined) lost = middle;
    else held = Math.max(held, Math.min(found, lost));
  }
  return { asked: asks, held, ...(lost === undefined ? {} : { lost }) };
}

/** A prompt that is refused for its length, by Troupe or by a server. */
const isTooLong = (error: unknown): boolean =>
  (error instanceof TroupeError && error.code === "PROMPT_TOO_LONG") ||
  /context (length|window|size)|too long|exceeds? .*(context|tokens)/i.test(String(Object(error).message));
