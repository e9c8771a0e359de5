import type { ModelCard } from "./model.js";

/** What is asked for a model's tokens, who says so, and when it was said. */
export interface Price {
  /** US dollars a million tokens that a model is given. */
  readonly input: number;
  /** US dollars a million tokens that it writes. */
  readonly output: number;
  /** US dollars a million of those it is given that its server still held from an earlier call. Absent: as `input`. */
  readonly cached?: number;
  /** Tokens of one call's input up to which it holds; for more, more is asked. Absent: for any number. */
  readonly upTo?: number;
  /** Where it is told: a page's URL, or a contract. */
  readonly source: string;
  /** The day on which it was told there: `2026-11-27`. */
  readonly asOf: string;
}

/** Tokens that a model took. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  /** Of the input, those that the server still held from an earlier call. */
  readonly cached?: number;
}

/**
 * What tokens of one or more calls cost on a model, in US dollars: by its card's price, or nothing on this machine. Undefined where no
 * price is known: it is not guessed.
 *
 * @example
 * costOf(model("openai:gpt-4o").card, { input: 1000, output: 100 }); // 0.0035
 */
export function costOf({ price, local }: Pick<ModelCard, "price" | "local">, tokens: Tokens): number | undefined {
  if (!price) return local ? 0 : undefined;
  const { input, output, cached = 0 } = tokens;
  return ((input - cached) * price.input + cached * (price.cached ?? price.input) + output * price.output) / 1e6;
}

/** The sum of what two calls took. */
export function addTokens(a: Tokens, b: Tokens): Tokens {
  const cached = (a.cached ?? 0) + (b.cached ?? 0);
  return { input: a.input + b.input, output: a.output + b.output, ...(cached ? { cached } : {}) };
}
