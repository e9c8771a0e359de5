import { flood } from "../engine/flood.js";
import type { Issue } from "../error/issue.js";
import { listed, shown } from "../error/nearest.js";
import { END } from "../graph/graph.js";
import type { Check, Look } from "./look.js";
import { outcomePlaces } from "./places.js";

/** Nodes that no start leads to. Of several in a row only the first is named. */
export const unreachable: Check = ({ mended, analysis, live }) => {
  const dead = Object.keys(mended.nodes).filter((node) => !live.has(node));
  if (live.size === 0) return [];
  const named: string[] = [];
  const covered = new Set<string>();
  // What another dead node leads to is dead because of that one; on a dead cycle the first declared stands for all.
  const led = new Set(dead.flatMap((node) => analysis.successors(node).filter((to) => to !== node)));
  for (const node of [...dead.filter((n) => !led.has(n)), ...dead]) {
    if (covered.has(node)) continue;
    named.push(node);
    for (const n of flood([node], analysis.successors)) covered.add(n);
  }
  return named.map((node): Issue => {
    const also = [...flood([node], analysis.successors)].filter((n) => n !== node && !live.has(n));
    return {
      code: "unreachable",
      path: ["nodes", node],
      names: { node: [node, ...also.slice(0, shown)] },
      message: `Nothing leads to "${node}"${also.length ? `, nor to what follows it (${listed(also)})` : ""}.`,
      hint: "Let an edge lead to it, add it to start, or take it out.",
    };
  });
};

/** Nodes from which no way leads to the end: only the loops' bounds could end them, and they have none. */
export const endless: Check = (look) => {
  const stuck = endlessNodes(look);
  const { analysis } = look;
  const named: string[] = [];
  const covered = new Set<string>();
  // Name the cycles, not what leads to them.
  for (const node of stuck) {
    if (covered.has(node)) continue;
    const after = flood([node], analysis.successors, { startsCount: false });
    if (!after.has(node)) continue;
    named.push(node);
    for (const n of after) covered.add(n);
  }
  return named.map((node): Issue => {
    const leading = flood([node], analysis.predecessors);
    const cycle = [...flood([node], analysis.successors)].filter((n) => leading.has(n));
    return {
      code: "endless",
      path: ["edges", node],
      names: { node: [node, ...cycle.filter((n) => n !== node).slice(0, shown)] },
      message: `No way leads from "${node}" to the end: ${cycle.length > 1 ? `${listed(cycle)} lead only to one another` : "it leads only to itself"}.`,
      hint: `Let a rule lead to "end" or to a node that ends, and give the cycle's head an entry in loops, whose then leads out.`,
    };
  });
};

/** Live nodes from which the end can't be reached. Where it is not known where a rule leads, it may lead to the end. */
export function endlessNodes({ mended, live, analysis, unbounded }: Look): readonly string[] {
  const successors = (node: string): readonly string[] => {
    const rule = mended.edges[node];
    if (!rule) return [END];
    const ways = outcomePlaces(node, rule).flatMap(({ to }) => (to.length ? to : [END]));
    const then = unbounded.includes(node) ? undefined : mended.loops[node]?.then;
    return [
      ...(analysis.eaches.has(node) ? [] : ways),
      ...(analysis.eaches.get(node)?.then ?? []),
      ...(then ? (then.length ? then : [END]) : []),
    ];
  };
  const leading = new Map<string, string[]>();
  const ending: string[] = [];
  for (const node of live)
    for (const to of new Set(successors(node))) {
      const others = leading.get(to);
      if (to === END) ending.push(node);
      else if (others) others.push(node);
      else leading.set(to, [node]);
    }
  const ends = flood(ending, (node) => leading.get(node) ?? []);
  return [...live].filter((node) => !ends.has(node));
}
