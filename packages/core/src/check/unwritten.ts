import { analyse } from "../engine/analysis.js";
import { eachesOf } from "../engine/eaches-of.js";
import type { GraphData } from "../graph/data.js";
import { movesOf } from "./together.js";

/** A way a node can end: what it leads to, and what it has written then. */
interface Way {
  readonly to: readonly string[];
  readonly writes: ReadonlySet<string>;
}

/** Which state fields may still be unwritten when a node starts, and when the run ends. */
export interface Unwritten {
  /** Whether some way of the run starts `node` before anything wrote `field`. */
  before(node: string, field: string): boolean;
  /** Whether some way of the run ends without anything writing `field`. */
  atEnd(field: string): boolean;
}

/**
 * Follows what a run can do without writing a field: every branch that must be over before the node starts has to avoid it, a branch
 * that need not does not count, and a join has what all its branches wrote. `writes` are what a node surely writes.
 */
export function unwritten(graph: GraphData, writes: Readonly<Record<string, ReadonlySet<string>>>): Unwritten {
  const { loops, reach, around, order, isBack } = analyse(graph);
  const moves = movesOf(graph);
  const nodes = Object.keys(graph.nodes);
  // What runs last is told first, so that few passes do.
  const backwards = [...nodes].sort((a, b) => order[b]! - order[a]!);
  const eaches = eachesOf(graph);
  const ways: Record<string, readonly Way[]> = {};
  for (const node of nodes) {
    const rule = graph.edges[node];
    const each = eaches.get(node);
    const own = each ? new Set(Object.values(each.collect)) : (writes[node] ?? new Set());
    ways[node] = moves[node]!.map((to, i) => ({
      to,
      // The second outcome of an `each` is the empty list, which is collected at once.
      writes: rule?.kind === "each" && i === 1 ? new Set([...own, ...Object.values(rule.collect)]) : own,
    })).filter((_, i) => !each || i > 0);
  }
  /** What a taken edge brings about: the node itself, or for a back edge another round or what follows the last one. */
  const after = (from: string, to: string): readonly (readonly string[])[] =>
    isBack(from, to) ? [[to], ...(graph.loops[to] ? [graph.loops[to].then.filter((t) => nodes.includes(t))] : [])] : [[to]];

  /** Whether a run can go from the start to `goal` (to the end where it is undefined) with everything in `matters` avoiding the field. */
  const avoids = (field: string, goal: string | undefined, matters: (node: string) => boolean, round: (head: string) => boolean) => {
    const fine = new Set<string>();
    const ok = (node: string) => node === goal || !matters(node) || fine.has(node);
    const okEdge = (from: string, to: string) =>
      // A way round a loop around the goal is one that the goal does not wait for.
      isBack(from, to) && goal !== undefined && loops[to]!.body.has(goal) && !round(to)
        ? true
        : after(from, to).some((next) => next.every((t) => (isBack(to, t) ? okOuter(t) : ok(t))));
    const okOuter = (head: string) => ok(head) || (graph.loops[head]?.then ?? []).every((t) => !nodes.includes(t) || ok(t));
    const clean = (node: string) => ways[node]!.filter((way) => !way.writes.has(field) && way.to.every((to) => okEdge(node, to)));
    for (let grew = true; grew; ) {
      grew = false;
      for (const node of backwards) {
        if (fine.has(node) || clean(node).length === 0) continue;
        fine.add(node);
        grew = true;
      }
    }
    if (!graph.start.every(ok)) return false;
    if (goal === undefined) return true;
    const seen = new Set(graph.start);
    for (const node of seen) {
      if (node === goal) return true;
      if (!fine.has(node)) continue;
      for (const way of clean(node))
        for (const to of way.to) {
          if (isBack(node, to) && loops[to]!.body.has(goal) && !round(to)) continue;
          for (const next of after(node, to)) if (next.every(ok) || !isBack(node, to)) for (const t of next) seen.add(t);
        }
    }
    return false;
  };

  return {
    atEnd: (field) =>
      avoids(
        field,
        undefined,
        () => true,
        () => true,
      ),
    before: (node, field) => {
      if (
        avoids(
          field,
          node,
          (n) => reach[node]!.has(n),
          () => false,
        )
      )
        return true;
      // In a later round of a loop around it, everything of the rounds before is over.
      return around[node]!.some((head) => {
        const { body } = loops[head]!;
        const rounds = (other: string) => body.has(other);
        return avoids(field, node, (n) => n !== node && (reach[node]!.has(n) || body.has(n)), rounds);
      });
    },
  };
}
