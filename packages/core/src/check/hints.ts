import type { Issue } from "../error/issue.js";
import { dataOf, fieldsOf, type GraphData, type RuleData } from "../graph/data.js";
import type { Graph } from "../graph/graph.js";
import { oneSided } from "./one-sided.js";
import { refuseMalformed } from "./refuse.js";

/**
 * What is worth a second look in a graph that passes `check`, as findings: a rule that goes by a label which a decision makes, where
 * neither this rule, before that, nor another one looks at how sure it is, and the label cannot be unsure; and a comparison with a number
 * that the field can only be on one side of.
 * @throws TroupeError `GRAPH_INVALID` for what is none.
 * @example
 * for (const hint of hints(graph)) console.warn(formatIssue(hint));
 */
export function hints(graph: Graph): readonly Issue[] {
  refuseMalformed(graph);
  const data = dataOf(graph);
  return [...unrouted(graph, data), ...oneSided(graph, data)];
}

function unrouted(graph: Graph, { nodes, edges, conditions }: GraphData): readonly Issue[] {
  const rules = Object.entries(edges).map(([node, rule]) => ({ node, looks: looksOf(rule, conditions) }));
  return Object.entries(nodes).flatMap(([node, { write }]) =>
    Object.entries(graph.nodes[node]?.specialist.decided ?? {}).flatMap(([output, confidence]) => {
      const { [output]: label, [confidence]: sure } = write;
      if (label === undefined || sure === undefined) return [];
      const first = (looks: Looks, field: string) => looks.findIndex((reads) => reads.includes(field));
      const looking = rules.filter(({ looks }) => first(looks, sure) >= 0);
      return rules
        .filter(({ looks }) => first(looks, label) >= 0)
        .filter((rule) => !looking.some((other) => other !== rule || first(rule.looks, sure) <= first(rule.looks, label)))
        .map((rule) => ({
          code: "unsure-unrouted",
          path: ["edges", rule.node],
          names: { node: [rule.node, node], field: [label, sure] },
          message: `"${label}" is decided by "${node}", and the rule of "${rule.node}" goes by it however unsure it is.`,
          hint: `Begin the rule with { when: { ${sure}: { lt: 0.5 } }, to: … }, or give the question \`unsure\`, a label for it.`,
        }));
    }),
  );
}

/** What each case of a rule looks at, in their order: the first that holds is taken, so that what comes after it is not looked at. */
type Looks = readonly (readonly string[])[];

const looksOf = (rule: RuleData, conditions: GraphData["conditions"]): Looks =>
  rule.kind === "when" ? rule.cases.map((one) => fieldsOf({ kind: "when", cases: [one] }, conditions)) : [fieldsOf(rule, conditions)];
