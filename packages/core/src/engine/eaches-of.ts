import type { GraphData, RuleData } from "../graph/data.js";

type Each = Extract<RuleData, { kind: "each" }>;

/** The `each` that runs a node, by node; of several the first. */
export function eachesOf(graph: GraphData): ReadonlyMap<string, Each> {
  const found = new Map<string, Each>();
  for (const rule of Object.values(graph.edges)) if (rule.kind === "each" && !found.has(rule.to)) found.set(rule.to, rule);
  return found;
}
