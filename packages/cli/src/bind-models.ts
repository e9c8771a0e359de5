import type { CompileOptions } from "@troupe/core";
import type { Config } from "./config.js";
import { printable } from "./show/printable.js";
import type { Show } from "./show/show.js";

/** Model names by role, as the journal's first record keeps them. */
export type ModelNames = Readonly<Record<string, string>>;

/**
 * The models a run is given: those that flags name, else those of the configuration, else the embedded defaults for `default`,
 * `embeddings`, `decisions` and `calls`, which are chosen and fetched when they are first asked for, before the eyes of whoever watches. A
 * planner is bound only where one is named, so that teams plan by types without; weights too small to write plans decide what is open.
 */
export async function bindModels(
  names: ModelNames,
  { models = {} }: Config,
  { signal, show }: { readonly signal: AbortSignal; readonly show: Show },
): Promise<NonNullable<CompileOptions["models"]>> {
  const { chatDecisions, decisions, defaultModels, embeddings, model } = await import("@troupe/nodes");
  const { writesPlans } = await import("@troupe/core");
  const onChoice = (line: string) => {
    show.fetching(undefined);
    show.say(...line.split("\n").map(printable));
  };
  const named = Object.entries({ ...models, ...names }).map(([role, one]) => {
    if (typeof one !== "string") return [role, one] as const;
    if (role === "planner" && one.startsWith("llamacpp:")) {
      const chat = model(one);
      return [role, chat.card.memory !== undefined && writesPlans(chat) ? chat : chatDecisions(chat)] as const;
    }
    return [role, role === "embeddings" ? embeddings(one) : role === "decisions" ? decisions(one) : model(one)] as const;
  });
  return { ...defaultModels({ signal, onProgress: show.fetching, onChoice }), ...Object.fromEntries(named) };
}
