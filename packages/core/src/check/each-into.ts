import type { GraphData, RuleData } from "../graph/data.js";

/** The `each` that runs a node, if one does. */
export function eachInto(graph: GraphData, node: string): Extract<RuleData, { kind: "each" }> | undefined {
  for (const rule of Object.values(graph.edges)) if (rule.kind === "each" && rule.to === node) return rule;
  return undefined;
}
