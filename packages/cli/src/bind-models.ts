import type { CompileOptions } from "@troupe/core";
import type { Config } from "./config.js";
import { type ModelNames, namedModels } from "./named-models.js";
import { printable } from "./show/printable.js";
import type { Show } from "./show/show.js";

/**
 * The models a run is given: those that flags name, else those of the configuration, else the embedded defaults for `default`,
 * `embeddings`, `decisions` and `calls`, which are chosen and fetched when they are first asked for, before the eyes of whoever watches. A
 * planner is bound only where one is named, so that teams plan by types without. Throws as `namedModels` does.
 */
export async function bindModels(
  names: ModelNames,
  config: Config,
  { signal, show }: { readonly signal: AbortSignal; readonly show: Show },
): Promise<NonNullable<CompileOptions["models"]>> {
  const { defaultModels } = await import("@troupe/nodes");
  const onChoice = (line: string) => {
    show.fetching(undefined);
    show.say(...line.split("\n").map(printable));
  };
  return { ...defaultModels({ signal, onProgress: show.fetching, onChoice }), ...(await namedModels(names, config)) };
}
