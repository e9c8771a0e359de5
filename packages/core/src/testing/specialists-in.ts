import type { Graph } from "../graph/graph.js";
import type { Specialist } from "../specialist/specialist.js";

/** The specialists of a graph, those of graphs inside, members of teams and tools among them; whom code calls is not known. */
export function specialistsIn(graph: Graph): ReadonlySet<Specialist> {
  const found = new Set<Specialist>();
  const meet = (one: Specialist): void => {
    if (found.has(one)) return;
    found.add(one);
    for (const other of [...(one.team?.members ?? []), ...(one.tools ?? [])]) meet(other);
    for (const node of Object.values(one.graph?.nodes ?? {})) meet(node.specialist as Specialist);
  };
  for (const node of Object.values(graph.nodes)) meet(node.specialist as Specialist);
  return found;
}
