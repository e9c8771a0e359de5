import type { ModelCard, Price } from "@troupe/core";

/**
 * LiteLLM's table of models, in the release of that day. Its entries name the providers' own pages: developers.openai.com/api/docs/pricing,
 * ai.google.dev/gemini-api/docs/pricing, platform.claude.com/docs/en/about-claude/pricing, docs.mistral.ai/models. Of `gpt-4` and
 * `gpt-4-turbo`, which their maker no longer offers, it names none.
 */
const table = { source: "https://pypi.org/project/litellm/1.110.2/", asOf: "2026-11-20" } as const;

const text = ["text"] as const;
const seen = ["text", "image"] as const;
const heard = ["text", "image", "audio"] as const;

const told = (
  context: number,
  modalities: ModelCard["modalities"],
  price: Omit<Price, "source" | "asOf">,
): Pick<ModelCard, "context" | "modalities" | "price"> => ({ context, modalities, price: { ...price, ...table } });

/**
 * What hosted models take and cost: tokens of context (of those that a prompt may have, where its provider bounds these), US dollars a
 * million tokens. Nothing is asked for at run time. A model that is not here gets its provider's usual card, without a price.
 */
export const hostedCards: Readonly<Record<string, Partial<ModelCard>>> = {
  "openai:gpt-4": told(8192, text, { input: 30, output: 60 }),
  "openai:gpt-4-turbo": told(128_000, seen, { input: 10, output: 30 }),
  "openai:gpt-4o": told(128_000, seen, { input: 2.5, cached: 1.25, output: 10 }),
  "openai:gpt-4o-mini": told(128_000, seen, { input: 0.15, cached: 0.075, output: 0.6 }),
  "openai:gpt-4.1": told(1_047_576, seen, { input: 2, cached: 0.5, output: 8 }),
  "openai:gpt-4.1-mini": told(1_047_576, seen, { input: 0.4, cached: 0.1, output: 1.6 }),
  "openai:gpt-4.1-nano": told(1_047_576, seen, { input: 0.1, cached: 0.025, output: 0.4 }),
  "openai:gpt-5": told(272_000, seen, { input: 1.25, cached: 0.125, output: 10 }),
  "openai:gpt-5-mini": told(272_000, seen, { input: 0.25, cached: 0.025, output: 2 }),
  "openai:gpt-5-nano": told(272_000, seen, { input: 0.05, cached: 0.005, output: 0.4 }),
  "openai:gpt-5.1": told(272_000, seen, { input: 1.25, cached: 0.125, output: 10 }),
  "openai:gpt-5.2": told(272_000, seen, { input: 1.75, cached: 0.175, output: 14 }),
  "openai:gpt-5.4": told(1_050_000, seen, { input: 2.5, cached: 0.25, output: 15, upTo: 272_000 }),
  "openai:gpt-5.4-mini": told(272_000, seen, { input: 0.75, cached: 0.075, output: 4.5 }),
  "openai:gpt-5.5": told(1_050_000, seen, { input: 5, cached: 0.5, output: 30, upTo: 272_000 }),
  "openai:gpt-5.6": told(922_000, seen, { input: 4, cached: 0.4, output: 20, upTo: 272_000 }),
  "openai:gpt-6-astra": told(922_000, seen, { input: 10, cached: 1, output: 50, upTo: 272_000 }),
  "openai:gpt-6-sol": told(922_000, seen, { input: 2, cached: 0.2, output: 10, upTo: 272_000 }),
  "openai:gpt-6-luna": told(922_000, seen, { input: 0.1, cached: 0.01, output: 0.5, upTo: 272_000 }),
  "openai:gpt-6.1-sol": told(922_000, seen, { input: 2, cached: 0.1, output: 10, upTo: 272_000 }),
  "openai:gpt-6.1-terra": told(922_000, seen, { input: 1, cached: 0.05, output: 5, upTo: 272_000 }),
  "openai:o3": told(200_000, seen, { input: 2, cached: 0.5, output: 8 }),
  "openai:o4-mini": told(200_000, seen, { input: 1.1, cached: 0.275, output: 4.4 }),
  "openai:text-embedding-3-small": told(8191, text, { input: 0.02, output: 0 }),
  "openai:text-embedding-3-large": told(8191, text, { input: 0.13, output: 0 }),
  "google:gemini-2.5-pro": told(1_048_576, heard, { input: 1.25, cached: 0.125, output: 10, upTo: 200_000 }),
  "google:gemini-2.5-flash": told(1_048_576, heard, { input: 0.3, cached: 0.03, output: 2.5 }),
  "google:gemini-2.5-flash-lite": told(1_048_576, heard, { input: 0.1, cached: 0.01, output: 0.4 }),
  "google:gemini-3.1-pro-preview": told(1_048_576, heard, { input: 2, cached: 0.2, output: 12, upTo: 200_000 }),
  "google:gemini-3.5-flash": told(1_048_576, heard, { input: 1.5, cached: 0.15, output: 9 }),
  "google:gemini-3.5-flash-lite": told(1_048_576, heard, { input: 0.3, cached: 0.03, output: 2.5 }),
  "google:gemini-3.8-flash": told(1_048_576, heard, { input: 0.75, cached: 0.075, output: 3.75 }),
  "google:gemini-4-argon": told(1_048_576, heard, { input: 2, cached: 0.1, output: 10 }),
  "google:gemini-4-hydrogen": told(1_048_576, heard, { input: 1.5, cached: 0.075, output: 7.5 }),
  "anthropic:claude-sonnet-4-5": told(200_000, seen, { input: 3, cached: 0.3, output: 15 }),
  "anthropic:claude-haiku-4-5": told(200_000, seen, { input: 1, cached: 0.1, output: 5 }),
  "anthropic:claude-opus-4-5": told(200_000, seen, { input: 5, cached: 0.5, output: 25 }),
  "anthropic:claude-sonnet-4-6": told(1_000_000, seen, { input: 3, cached: 0.3, output: 15 }),
  "anthropic:claude-opus-4-6": told(1_000_000, seen, { input: 5, cached: 0.5, output: 25 }),
  "anthropic:claude-opus-4-7": told(1_000_000, seen, { input: 5, cached: 0.5, output: 25 }),
  "anthropic:claude-sonnet-5": told(1_000_000, seen, { input: 2, cached: 0.2, output: 10 }),
  "anthropic:claude-opus-5": told(1_000_000, seen, { input: 5, cached: 0.5, output: 25 }),
  "anthropic:claude-haiku-5-5": told(1_000_000, seen, { input: 0.1, cached: 0.01, output: 0.5, upTo: 100_000 }),
  "anthropic:claude-sonnet-5-5": told(1_000_000, seen, { input: 2, cached: 0.1, output: 10 }),
  "anthropic:claude-opus-5-5": told(1_000_000, seen, { input: 4, cached: 0.2, output: 20 }),
  "mistral:mistral-large-latest": told(262_144, seen, { input: 0.5, cached: 0.05, output: 1.5 }),
  "mistral:mistral-large-4": told(1_048_576, seen, { input: 0.7, cached: 0.07, output: 2.1 }),
  "mistral:mistral-medium-latest": told(262_144, seen, { input: 1.5, cached: 0.15, output: 7.5 }),
  "mistral:mistral-small-latest": told(262_144, seen, { input: 0.15, cached: 0.015, output: 0.6 }),
  "mistral:ministral-3b-latest": told(131_072, seen, { input: 0.1, cached: 0.01, output: 0.1 }),
  "mistral:ministral-8b-latest": told(262_144, seen, { input: 0.15, cached: 0.015, output: 0.15 }),
  "mistral:open-mistral-nemo": told(128_000, text, { input: 0.3, cached: 0.03, output: 0.3 }),
};
