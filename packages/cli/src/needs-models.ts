import type { Specialist } from "@troupe/core";

/** What may ask for models: a specialist, or a graph. */
export type Asker = Pick<Specialist, "graph" | "team" | "prompt" | "run">;

/**
 * Whether a specialist, or anything in its graph, can ask for a model by its role: a prompt, a team, or code that takes a context. Code that takes its
 * input only can reach none, and needs no weights fetched for it.
 */
export function needsModels({ graph, team, prompt, run }: Asker): boolean {
  if (graph) return Object.values(graph.nodes).some(({ specialist }) => needsModels(specialist as Specialist));
  return team !== undefined || prompt !== undefined || (run?.length ?? 0) > 1;
}
