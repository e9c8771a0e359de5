import type { ChatModel, EmbeddingModel } from "@troupe/core";
import { printable } from "./show/printable.js";
import type { Show } from "./show/show.js";

/** Model names by role, as the journal's first record keeps them. */
export type ModelNames = Readonly<Record<string, string>>;

/**
 * The models a run is given: those that were named, and the embedded defaults for `default` and `embeddings`, which are chosen and
 * fetched when they are first asked for, before the eyes of whoever watches. A planner is bound only where one is named, so that
 * teams plan by types without.
 */
export async function bindModels(
  names: ModelNames,
  { signal, show }: { readonly signal: AbortSignal; readonly show: Show },
): Promise<Readonly<Record<string, ChatModel | EmbeddingModel>>> {
  const { defaultModels, embeddings, model } = await import("@troupe/nodes");
  const named = Object.entries(names).map(([role, name]) => [role, role === "embeddings" ? embeddings(name) : model(name)] as const);
  const onChoice = (line: string) => {
    show.fetching(undefined);
    show.say(...line.split("\n").map(printable));
  };
  return { ...defaultModels({ signal, onProgress: show.fetching, onChoice }), ...Object.fromEntries(named) };
}
