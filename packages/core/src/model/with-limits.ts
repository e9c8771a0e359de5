import type { BaseChatModel } from "@langchain/core/language_models/chat_models";

/** What LangChain's packages call the tokens to write at the most: OpenAI, Anthropic and Mistral; Google; Ollama. */
const bounds = ["maxTokens", "maxOutputTokens", "numPredict"];

/**
 * The same chat model with other limits for one call. LangChain has no call options for these, so this is a view on the model that
 * has the fields its package reads, and those of the models it delegates to; the model itself is left as it is. A bound the model
 * has already stays where it is the lower one.
 * @example
 * const brief = withLimits(new ChatOpenAI({ model: "gpt-4o" }), 100, 0); // 100 tokens at the most, the likeliest
 */
export function withLimits(chat: BaseChatModel, maxTokens: number, temperature: number | undefined): BaseChatModel {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(chat)) {
    if (name === "fields" && typeof value === "object" && value !== null) {
      // Some models make themselves anew from what they were made of, when tools are bound.
      fields[name] = { ...value, maxTokens, ...(temperature === undefined ? {} : { temperature }) };
    } else if (isChat(value)) fields[name] = withLimits(value, maxTokens, temperature);
    else if (bounds.includes(name)) fields[name] = typeof value === "number" && value > 0 ? Math.min(value, maxTokens) : maxTokens;
    else if (name === "temperature" && temperature !== undefined) fields[name] = temperature;
  }
  if (Object.keys(fields).length === 0) return chat;
  return Object.create(
    chat,
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, { value, writable: true, enumerable: true, configurable: true }]),
    ),
  );
}

const isChat = (value: unknown): value is BaseChatModel =>
  typeof value === "object" && value !== null && "lc_runnable" in value && "_generate" in value;
