import type { Tokens } from "./price.js";

/** The tokens that a message of LangChain's says a call took; 0 where it says nothing. */
export function tokensTold(message: { readonly usage_metadata?: unknown } | undefined): Required<Tokens> {
  const { input_tokens, output_tokens, input_token_details } = (message?.usage_metadata ?? {}) as Record<string, any>;
  return { input: count(input_tokens), output: count(output_tokens), cached: count(input_token_details?.cache_read) };
}

/** A model of somebody's own may say anything. */
const count = (told: unknown): number => (typeof told === "number" && told >= 0 && Number.isFinite(told) ? told : 0);
