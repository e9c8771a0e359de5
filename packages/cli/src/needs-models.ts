import type { Graph, Specialist } from "@troupe/core";

/**
 * Whether anything in a graph can ask for a model by its role: a prompt, a team, or code that takes a context. Code that takes its
 * input only can reach none, and needs no weights fetched for it.
 */
export function needsModels(graph: Graph): boolean {
  return Object.values(graph.nodes).some(({ specialist }) => asks(specialist as Specialist));
}

function asks({ graph, team, prompt, run }: Specialist): boolean {
  if (graph) return needsModels(graph);
  return team !== undefined || prompt !== undefined || (run?.length ?? 0) > 1;
}
