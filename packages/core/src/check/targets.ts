import type { Issue } from "../error/issue.js";
import { didYouMean, listed } from "../error/nearest.js";
import { END } from "../graph/graph.js";
import type { Check } from "./look.js";
import { targetLists, targetPlaces } from "./places.js";

/** Targets that are no node, and rules that lead nowhere at all. */
export const targets: Check = ({ data }) => {
  const nodes = Object.keys(data.nodes);
  const known = [...nodes, END];
  const all = listed(nodes);
  const unknown = targetPlaces(data)
    .filter(({ name }) => name !== END && !Object.hasOwn(data.nodes, name))
    .map(({ name, path }): Issue => {
      const hint = didYouMean(name, known, `Name a node (${all}) or "end", or add "${name}" to nodes.`);
      const names = { node: [name, ...(path[0] === "start" ? [] : [String(path[1])])] };
      return { code: "unknown-target", path, names, message: `There is no node "${name}".`, hint };
    });
  const empty = targetLists(data)
    .filter(({ to, path }) => to.length === 0 || (path[0] === "start" && to.every((target) => target === END)))
    .map(({ path }): Issue => {
      const code = "no-target";
      if (path[0] === "start")
        return { code, path, names: { key: ["start"] }, message: "The graph starts nowhere.", hint: "Name the node that runs first." };
      const node = String(path[1]);
      const message = `The ${path[0] === "loops" ? "loop" : "rule"} of "${node}" leads to no target${path.length > 2 ? " here" : ""}.`;
      return { code, path, names: { node: [node] }, message, hint: `Name a node, or "end" to end here.` };
    });
  const eachEnd = Object.entries(data.edges).flatMap(([node, rule]): Issue[] => {
    if (rule.kind !== "each" || rule.to !== END) return [];
    const message = `The each of "${node}" must run a node, once an item.`;
    return [{ code: "no-target", path: ["edges", node, "to"], names: { node: [node] }, message, hint: "Name the node." }];
  });
  return [...unknown, ...empty, ...eachEnd];
};
