import { present } from "../../engine/present.js";
import type { GraphData, NodeData, RuleData } from "../../graph/data.js";
import { random } from "../../testing/random.js";

export interface Conflict {
  readonly a: string;
  readonly b: string;
  readonly field: string;
}

/** Takes accesses away from a graph, a random one of each pair, until `find` has no conflict to name. */
export function withoutConflicts(graph: GraphData, find: (graph: GraphData) => readonly Conflict[], seed: number): GraphData {
  const r = random(seed);
  for (let left = find(graph); left.length; left = find(graph)) {
    const { a, b, field } = r.pick(left);
    const [one, other] = r.chance(0.5) ? [a, b] : [b, a];
    const next = without(graph, one, field);
    graph = JSON.stringify(next) === JSON.stringify(graph) ? without(graph, other, field) : next;
  }
  return graph;
}

/** A graph in which a node no longer reads, writes or routes by a field. */
function without(graph: GraphData, node: string, field: string): GraphData {
  const { [node]: place, ...nodes } = graph.nodes;
  const drop = (map: NodeData["read"]) => Object.fromEntries(Object.entries(map).filter(([, to]) => to !== field));
  const order = Object.keys(graph.nodes);
  const changed = { ...nodes, [node]: { ...place!, read: drop(place!.read), write: drop(place!.write) } };
  return {
    ...graph,
    nodes: Object.fromEntries(order.map((name) => [name, present(changed[name], "node")])),
    edges: { ...graph.edges, [node]: routedOtherwise(present(graph.edges[node], "rule"), field) },
  };
}

/** The same rule by the input, which nobody writes, in place of a field. */
function routedOtherwise(rule: RuleData, field: string): RuleData {
  if (rule.kind === "each") return rule.each === field ? { ...rule, each: "list" } : rule;
  if (rule.kind !== "when") return rule;
  return {
    ...rule,
    cases: rule.cases.map((c) =>
      typeof c.when === "object" && field in c.when
        ? { ...c, when: Object.fromEntries(Object.entries(c.when).map(([f, test]) => [f === field ? "given" : f, test])) }
        : c,
    ),
  };
}
