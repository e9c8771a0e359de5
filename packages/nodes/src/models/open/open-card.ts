import { TroupeError } from "@troupe/core";
import { type OpenCard, openCards } from "./open-cards.js";

const byName: ReadonlyMap<string, OpenCard> = new Map(
  Object.entries(openCards).flatMap(([name, card]) => [name, ...(card.aka ?? [])].map((one) => [one.toLowerCase(), card])),
);

/**
 * What is published of a model, by any of its names: Ollama's, with or without `:latest`, or the hub's, in any case. Undefined where nothing is
 * known: a tag of other weights or another quantisation is another model.
 *
 * @example
 * openCard("phi3:mini")?.context; // 131_072
 */
export const openCard = (name: string): OpenCard | undefined => byName.get(name.toLowerCase().replace(/:latest$/, ""));

/** Holds a name to the kind of what stands behind it, where that is known. Throws MODEL_KIND. */
export function heldToKind(provider: string, name: string, kind: OpenCard["kind"], known: OpenCard | undefined): void {
  if (known?.kind !== "embeddings" || kind === "embeddings") return;
  throw new TroupeError("MODEL_KIND", `${name} is a model for embeddings, not for ${kind}`, {
    hint: `Write embeddings("${provider}:${name}"), or name a model for chat`,
  });
}
