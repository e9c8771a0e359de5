import { END } from "../graph/graph.js";
import type { Issue } from "../graph/issue.js";
import type { Check } from "./look.js";
import { didYouMean } from "./nearest.js";
import { targetLists, targetPlaces } from "./places.js";

/** Targets that are no node, and rules that lead nowhere at all. */
export const targets: Check = ({ data }) => {
  const nodes = Object.keys(data.nodes);
  const unknown = targetPlaces(data).flatMap(({ name, path }): Issue[] =>
    name === END || Object.hasOwn(data.nodes, name)
      ? []
      : [
          {
            code: "unknown-target",
            path,
            message: `There is no node "${name}".`,
            hint: didYouMean(name, [...nodes, END], `Name a node (${nodes.join(", ")}) or "end", or add "${name}" to nodes.`),
          },
        ],
  );
  const empty = targetLists(data).flatMap(({ path, to }): Issue[] =>
    to.length > 0
      ? []
      : [
          {
            code: "no-target",
            path,
            message: path[0] === "start" ? "The graph starts nowhere." : "This leads to no target.",
            hint: path[0] === "start" ? "Name the node that runs first." : `Name a node, or "end" to end here.`,
          },
        ],
  );
  const eachEnd = Object.entries(data.edges).flatMap(([node, rule]): Issue[] =>
    rule.kind === "each" && rule.to === END
      ? [{ code: "no-target", path: ["edges", node, "to"], message: "An each must run a node, once an item.", hint: "Name the node." }]
      : [],
  );
  return [...unknown, ...empty, ...eachEnd];
};
