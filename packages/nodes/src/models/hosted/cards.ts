import type { ModelCard } from "@troupe/core";

/**
 * From the providers' price and model pages (openai.com/api/pricing, ai.google.dev/gemini-api/docs/pricing, docs.anthropic.com) as they
 * stood in 2025, and not asked for at run time: tokens of context, US dollars a million tokens. A model that is not here gets its provider's usual card.
 */
export const hostedCards: Readonly<Record<string, Partial<ModelCard>>> = {
  "openai:gpt-4o": { context: 128_000, modalities: ["text", "image"], price: { input: 2.5, output: 10 } },
  "openai:gpt-4o-mini": { context: 128_000, modalities: ["text", "image"], price: { input: 0.15, output: 0.6 } },
  "openai:gpt-4.1": { context: 1_047_576, modalities: ["text", "image"], price: { input: 2, output: 8 } },
  "openai:gpt-4.1-mini": { context: 1_047_576, modalities: ["text", "image"], price: { input: 0.4, output: 1.6 } },
  "openai:text-embedding-3-small": { context: 8191, price: { input: 0.02, output: 0 } },
  "openai:text-embedding-3-large": { context: 8191, price: { input: 0.13, output: 0 } },
  "google:gemini-2.5-flash": { context: 1_048_576, modalities: ["text", "image", "audio"], price: { input: 0.3, output: 2.5 } },
  "anthropic:claude-sonnet-4-0": { context: 200_000, modalities: ["text", "image"], price: { input: 3, output: 15 } },
};
