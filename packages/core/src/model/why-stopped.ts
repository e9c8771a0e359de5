import type { AIMessageChunk } from "@langchain/core/messages";

/** What providers say of an answer that was cut at the bound of tokens. */
const cut = ["length", "max_tokens", "max_output_tokens", "model_length", "model_context_window_exceeded", "incomplete"];
/** What they say of one that the model ended of itself. */
const whole = ["stop", "end_turn", "stop_sequence", "tool_calls", "tool_use", "function_call", "eos", "eos_token", "complete", "completed"];
/** What they say of one that they did not give: the model declined, or a filter did. */
const declined = [
  ...["content_filter", "refusal", "safety", "recitation", "blocklist", "prohibited_content", "spii", "image_safety", "jailbreak"],
  ...["model_armor", "other"],
];

/** Why a model stopped: it was cut, ended of itself, or declined, and what was said of that. */
export type Stopped = { readonly cut: true } | { readonly whole: true } | { readonly declined: string };

/** What a message, or a piece of one, says of why it ended: OpenAI, llama.cpp and Mistral; Ollama; Anthropic; Google; OpenAI's Responses. */
export function whyStopped({ response_metadata, additional_kwargs }: AIMessageChunk): Stopped | undefined {
  const said: Record<string, unknown> = { ...additional_kwargs, ...response_metadata };
  const response = Object(said.incomplete_details).reason ?? said.status;
  const why = said.finish_reason ?? said.done_reason ?? said.stop_reason ?? said.finishReason ?? response;
  const word = typeof why === "string" ? why.toLowerCase() : "";
  if (cut.includes(word)) return { cut: true };
  if (typeof said.refusal === "string" && said.refusal) return { declined: said.refusal };
  if (declined.includes(word)) return { declined: String(why) };
  return whole.includes(word) ? { whole: true } : undefined;
}
