import type { Tokens } from "./price.js";

/** The tokens that a message of LangChain's says a call took; 0 where it says nothing. */
export function tokensTold(message: { readonly usage_metadata?: unknown } | undefined): Required<Tokens> {
  const { input_tokens = 0, output_tokens = 0, input_token_details } = (message?.usage_metadata ?? {}) as Record<string, any>;
  return { input: input_tokens, output: output_tokens, cached: input_token_details?.cache_read ?? 0 };
}
