import type { Issue } from "../error/issue.js";
import type { GraphData } from "../graph/data.js";
import { dataOf } from "../graph/data.js";
import type { Graph } from "../graph/graph.js";
import { type Elsewhere, unbound } from "../marks/elsewhere.js";
import { findingTold } from "../marks/finding.js";
import { graphFlow } from "../marks/graph-flow.js";
import { passageOf, vouches } from "../marks/passage.js";
import { isMarked } from "../schema/mark.js";
import { objectFields } from "../schema/object-fields.js";
import { jsonSchemaOf } from "../schema/schema.js";
import type { Specialist } from "../specialist/specialist.js";
import { knownNodes } from "./known-nodes.js";
import type { Check } from "./look.js";

/** Private values that would reach a model elsewhere, untrusted ones that would stand where only trusted ones may, and marks nobody keeps. */
export const marks: Check = (look) => {
  const { graph, mended } = look;
  if (!graph) return [];
  return [
    ...knownNodes(look).flatMap(({ node, use }) =>
      unkept(use.specialist as Specialist).map((issue) => ({ ...issue, path: ["nodes", node, ...issue.path] })),
    ),
    ...flowIssues(graph, unbound, mended),
  ];
};

/**
 * What marks forbid once it is known which models play which roles, in the graphs inside too. Of a graph that passes `check`.
 * @example
 * checkMarks(graph, elsewhereIn({ default: model("openai:gpt-4o") }))
 */
export function checkMarks(graph: Graph, elsewhere: Elsewhere): readonly Issue[] {
  return [
    ...flowIssues(graph, elsewhere, dataOf(graph)),
    ...Object.entries(graph.nodes).flatMap(([node, { specialist }]) =>
      specialist.graph
        ? checkMarks(specialist.graph, elsewhere).map((issue) => ({ ...issue, path: ["nodes", node, "graph", ...issue.path] }))
        : [],
    ),
  ];
}

function flowIssues(graph: Graph, elsewhere: Elsewhere, data: GraphData): Issue[] {
  const { found } = graphFlow(graph, (specialist) => passageOf(specialist, elsewhere), undefined, data);
  return found.map((one): Issue => {
    const { field, node, side } = one;
    const path = ["nodes", node, side, field];
    const names = side === "read" ? { node: [node], input: [field] } : { node: [node], field: [field] };
    const { message, hint } = findingTold(one);
    return { code: one.code, path, names, message: `${message}.`, hint };
  });
}

/** Outputs marked as nobody can vouch for: what a model writes, and of what is made from media, what is to be trusted. */
function unkept(specialist: Specialist): Issue[] {
  if (specialist.graph) return [];
  const whole = jsonSchemaOf(specialist.output, "output");
  return Object.entries(objectFields(whole)?.properties ?? {}).flatMap(([output, schema]) =>
    (["public", "trusted"] as const).flatMap((what): Issue[] => {
      if ((!isMarked(schema, what) && whole[`x-${what}`] !== true) || vouches(specialist, what, output)) return [];
      const message = `${specialist.name} marks its output "${output}" as ${what}, and nobody vouches for that: ${specialist.prompt || specialist.team ? "a model writes it" : "it is made from a medium"}.`;
      const hint = "Take the mark away, or let code of your own give the value.";
      return [{ code: "mark-unkept", path: [], names: { specialist: [specialist.name], output: [output] }, message, hint }];
    }),
  );
}
