import type { ModelCard } from "@troupe/core";

/** The form of a measurement's file. */
export const version = 1;

/** A share of trials that came out right. */
export interface Trials {
  readonly right: number;
  readonly of: number;
}

/** What a model did when it was tried on this machine. What could not be tried is absent. */
export interface Measurement {
  readonly measurement: typeof version;
  /** `provider:name`. */
  readonly model: string;
  /** When, as ISO 8601 has it. */
  readonly at: string;
  readonly machine: { readonly system: string; readonly processor: string; readonly cores: number; readonly memory: number };
  /** Tokens a second: reading a prompt, and writing. */
  readonly speed?: { readonly reads: number; readonly writes: number };
  /** Tokens of the longest prompt at whose end a fact from its start was known, and of the shortest where it was not, or that was refused. */
  readonly context?: { readonly asked: number; readonly held: number; readonly lost?: number };
  /** Answers that fit their schema when it was handed over in the model's own way, asked once. */
  readonly schema?: Trials;
  /** Calls of tools, offered in the model's own way, that were the right one with the right argument. */
  readonly tools?: Trials;
  /** Labels chosen rightly, among four each. */
  readonly choices?: Trials;
  /** Colours of pictures named rightly, among four. */
  readonly sight?: Trials;
}

/** Right so often that chance is no likely ground: of six pictures four, where a guess gets one and a half. */
const enough = (trials: Trials): boolean => trials.right >= Math.ceil((2 * trials.of) / 3);

/**
 * A card with what was measured in the place of what is published: context where a longer prompt was lost or its length was only supposed, tools,
 * sight, and no schema in the model's own way where it kept none.
 */
export function corrected(card: ModelCard, found: Measurement): ModelCard {
  const { context, tools, sight, schema } = found;
  const known = new Set(card.assumed);
  const facts: { -readonly [K in keyof ModelCard]?: ModelCard[K] } = {};
  if (context && (context.lost !== undefined || known.has("context"))) {
    facts.context = known.has("context") ? context.held : Math.min(card.context, context.held);
    known.delete("context");
  }
  if (tools) {
    facts.tools = tools.right * 2 >= tools.of;
    known.delete("tools");
  }
  if (sight) {
    facts.modalities = enough(sight) ? card.modalities : card.modalities.filter((one) => one !== "image");
    known.delete("modalities");
  }
  if (schema && schema.right === 0) facts.structured = "none";
  const { assumed: _, ...rest } = card;
  return { ...rest, ...facts, ...(known.size ? { assumed: [...known] } : {}), measured: found.at.slice(0, "2026-11-27".length) };
}
