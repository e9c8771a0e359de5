import type { Issue } from "../error/issue.js";
import { dataOf, fieldsOf } from "../graph/data.js";
import type { Graph } from "../graph/graph.js";
import { refuseMalformed } from "./refuse.js";

/**
 * What is worth a second look in a graph that passes `check`, as findings: a rule that goes by a label which a decision makes, where no
 * rule looks at how sure it is and the label cannot be unsure.
 * @throws TroupeError `GRAPH_INVALID` for what is none.
 * @example
 * for (const hint of hints(graph)) console.warn(formatIssue(hint));
 */
export function hints(graph: Graph): readonly Issue[] {
  refuseMalformed(graph);
  const { nodes, edges, conditions } = dataOf(graph);
  const rules = Object.entries(edges).map(([node, rule]) => ({ node, reads: fieldsOf(rule, conditions) }));
  return Object.entries(graph.nodes).flatMap(([node, { specialist }]) =>
    Object.entries(specialist.decided ?? {}).flatMap(([output, confidence]) => {
      const { [output]: label, [confidence]: sure } = nodes[node]!.write;
      const rule = rules.find(({ reads }) => reads.includes(label!));
      if (!rule || rules.some(({ reads }) => reads.includes(sure!))) return [];
      return [
        {
          code: "unsure-unrouted",
          path: ["edges", rule.node],
          names: { node: [rule.node, node], field: [label!, sure!] },
          message: `"${label}" is decided by "${node}", and the rule of "${rule.node}" goes by it however unsure it is.`,
          hint: `Begin the rule with { when: { ${sure}: { lt: 0.5 } }, to: … }, or give the question \`unsure\`, a label for it.`,
        },
      ];
    }),
  );
}
