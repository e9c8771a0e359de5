import { type GraphData, outcomesOf } from "../graph/data.js";
import { END } from "../graph/graph.js";
import { dominators } from "./dominators.js";
import { eachesOf } from "./eaches-of.js";
import { type LoopInfo, naturalLoops } from "./loops.js";
import { present } from "./present.js";
import { type Reach, reach } from "./reach.js";
import { topological } from "./topological.js";

/** What follows from a graph's shape alone. Targets that do not exist are left out; `check` names them. */
export interface Analysis {
  readonly graph: GraphData;
  /** Where a node leads by any edge, where a loop goes after its last round and what follows an `each` included. */
  successors(node: string): readonly string[];
  predecessors(node: string): readonly string[];
  /** Nodes that a start leads to, each but for ways back after what leads to it. */
  readonly live: readonly string[];
  /** The last node that every way to a live node passes before it; undefined where there is none. */
  readonly above: ReadonlyMap<string, string | undefined>;
  /** Whether every way to `node` passes `other`; a node passes itself. */
  dominates(other: string, node: string): boolean;
  readonly loops: Readonly<Record<string, LoopInfo>>;
  /** Whether there are any. */
  readonly looping: boolean;
  /** The heads of the loops around a node, outermost first; a head's own loop included. */
  readonly around: Readonly<Record<string, readonly string[]>>;
  /** Which live nodes can still reach which, by a way that does not go round a loop that contains the second one. */
  readonly reach: Reach;
  /** The `each` that runs a node. */
  readonly eaches: ReturnType<typeof eachesOf>;
  /** Declaration order, corrected so that what leads to a live node comes before it. */
  readonly order: Readonly<Record<string, number>>;
  /** The nodes in that order. */
  readonly ordered: readonly string[];
  /** Nodes on the longest way to the end, itself included, loops counted once. */
  readonly rank: Readonly<Record<string, number>>;
  /** Live nodes on a cycle that is entered other than by its head; empty where the graph is reducible. */
  readonly irreducible: readonly string[];
  isBack(from: string, to: string): boolean;
  /** Whether a node is in the loop of a head. */
  inLoop(node: string, head: string): boolean;
}

const cache = new WeakMap<GraphData, Analysis>();

/** Analyses a graph once. */
export function analyse(graph: GraphData): Analysis {
  let analysis = cache.get(graph);
  if (!analysis) cache.set(graph, (analysis = compute(graph)));
  return analysis;
}

function compute(graph: GraphData): Analysis {
  const names = Object.keys(graph.nodes);
  const known = (target: string) => target !== END && Object.hasOwn(graph.nodes, target);
  const eaches = eachesOf(graph);

  const leads = new Map<string, readonly string[]>();
  const led = new Map(names.map((n): [string, string[]] => [n, []]));
  for (const n of names) {
    const rule = graph.edges[n];
    const targets = [...(rule ? outcomesOf(rule).flat() : []), ...(eaches.get(n)?.then ?? []), ...(graph.loops[n]?.then ?? [])];
    const to = [...new Set(targets.filter(known))];
    leads.set(n, to);
    for (const t of to) led.get(t)?.push(n);
  }
  const successors = (n: string) => leads.get(n) ?? [];
  const predecessors = (n: string): readonly string[] => led.get(n) ?? [];

  const tree = dominators(graph.start.filter(known), successors, predecessors);
  const live = new Set(tree.live);
  const loops = naturalLoops(tree, successors, predecessors);
  const isBack = (from: string, to: string) => loops[to]?.tails.has(from) ?? false;
  const forward = record(names, (n) => (live.has(n) ? successors(n).filter((t) => !isBack(n, t)) : []));
  const onward = (n: string) => present(forward[n], "way on");
  const { order, stuck } = topological([...names.filter((n) => live.has(n)), ...names.filter((n) => !live.has(n))], onward);
  const ordered = Object.entries(order)
    .sort(([, a], [, b]) => a - b)
    .map(([n]) => n);
  const rank: Record<string, number> = {};
  for (const n of [...ordered].reverse()) rank[n] = 1 + onward(n).reduce((most, t) => Math.max(most, rank[t] ?? 0), 0);
  const around = record(names, () => [] as string[]);
  for (const [head, { body }] of Object.entries(loops).sort(([, a], [, b]) => b.body.size - a.body.size))
    for (const n of body) around[n]?.push(head);

  return {
    graph,
    successors,
    predecessors,
    live: tree.live,
    above: tree.above,
    dominates: tree.dominates,
    loops,
    looping: Object.keys(loops).length > 0,
    around,
    reach: reach(
      ordered.filter((n) => live.has(n)),
      (n) => predecessors(n).filter((p) => !isBack(p, n)),
      around,
      loops,
    ),
    eaches,
    order,
    ordered,
    rank,
    irreducible: stuck,
    isBack,
    inLoop: (node, head) => loops[head]?.body.has(node) ?? false,
  };
}

function record<T>(names: readonly string[], of: (name: string) => T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, of(name)]));
}
