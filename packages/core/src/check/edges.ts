import type { Issue } from "../error/issue.js";
import { didYouMean, nearest } from "../error/nearest.js";
import { END } from "../graph/graph.js";
import type { Check } from "./look.js";
import { targetPlaces } from "./places.js";

/** Nodes without an edge, edges and loops of nodes that do not exist, and nodes that an `each` runs but that lead on by themselves. */
export const edges: Check = ({ data }) => {
  const nodes = Object.keys(data.nodes);
  const asked = new Set(targetPlaces(data).map(({ name }) => name));
  const stray = Object.keys(data.edges).filter((node) => !Object.hasOwn(data.nodes, node));
  const meant = new Set(stray.map((node) => nearest(node, nodes)));
  const missing = nodes.filter((node) => !Object.hasOwn(data.edges, node) && !meant.has(node));
  const strayLoops = Object.keys(data.loops).filter((node) => !Object.hasOwn(data.nodes, node) && !stray.includes(node));
  return [
    ...missing.map(
      (node): Issue => ({
        code: "missing-edge",
        path: ["edges"],
        names: { node: [node] },
        message: `The node "${node}" has no edge.`,
        hint: `Say where it leads: edges: { ${node}: … }, "end" where its branch ends.`,
      }),
    ),
    // Where a target asks for the node too, that one issue says it.
    ...[...stray.map((node) => ({ part: "edges", node })), ...strayLoops.map((node) => ({ part: "loops", node }))]
      .filter(({ node }) => !asked.has(node))
      .map(
        ({ part, node }): Issue => ({
          code: "unknown-node",
          path: [part, node],
          names: { node: [node] },
          message: `There is no node "${node}".`,
          hint: didYouMean(node, nodes, `Add "${node}" to nodes, or take this out.`),
        }),
      ),
    ...eachIssues(data),
  ];
};

function eachIssues(data: Parameters<Check>[0]["data"]): Issue[] {
  /** By the node that is run, the first that runs it. */
  const runs = new Map<string, string>();
  for (const [from, rule] of Object.entries(data.edges)) if (rule.kind === "each" && !runs.has(rule.to)) runs.set(rule.to, from);
  return [...runs]
    .filter(([to]) => Object.hasOwn(data.nodes, to))
    .flatMap(([to, from]): Issue[] => {
      const own = data.edges[to];
      const others = targetPlaces(data).filter(({ name }) => name === to).length;
      return [
        ...(own && !(own.kind === "to" && own.to.every((target) => target === END))
          ? [
              {
                code: "each-leads-on",
                path: ["edges", to],
                names: { node: [to, from] },
                message: `"${to}" is run once an item by "${from}", so its own edge is never taken.`,
                hint: `Let ${to} lead to "end", and put what follows all items into the each's then. A longer body is a graph of its own, used as a specialist.`,
              },
            ]
          : []),
        ...(others > 1
          ? [
              {
                code: "each-shared",
                path: ["edges", from, "to"],
                names: { node: [to] },
                message: `"${to}" is run once an item here and is reached in another way too.`,
                hint: "Use the specialist at a second node.",
              },
            ]
          : []),
      ];
    });
}
