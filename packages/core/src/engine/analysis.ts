import { type GraphData, outcomesOf } from "../graph/data.js";
import { END } from "../graph/graph.js";
import { eachesOf } from "./eaches-of.js";

/** All back edges to one head make one loop; its body is what reaches them without passing the head. */
export interface LoopInfo {
  readonly tails: ReadonlySet<string>;
  readonly body: ReadonlySet<string>;
}

/** What follows from a graph's shape alone. Targets that do not exist are left out; `check` names them. */
export interface Analysis {
  readonly graph: GraphData;
  /** Every edge, where a loop goes after its last round and what follows an `each` included. */
  readonly successors: Readonly<Record<string, readonly string[]>>;
  readonly loops: Readonly<Record<string, LoopInfo>>;
  /** The heads of the loops around a node, outermost first; a head's own loop included. */
  readonly around: Readonly<Record<string, readonly string[]>>;
  /** For each node, the nodes that can still reach it by a way that does not go round a loop that contains it. */
  readonly reach: Readonly<Record<string, ReadonlySet<string>>>;
  /** The `each` that runs a node. */
  readonly eaches: ReturnType<typeof eachesOf>;
  /** Declaration order, corrected so that what leads to a node comes before it. */
  readonly order: Readonly<Record<string, number>>;
  /** Nodes on the longest way to the end, itself included, loops counted once. */
  readonly rank: Readonly<Record<string, number>>;
  /** Nodes on a cycle that is entered other than by its head; empty where the graph is reducible. */
  readonly irreducible: readonly string[];
  isBack(from: string, to: string): boolean;
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

  const successors = record(names, (n) => {
    const rule = graph.edges[n];
    const targets = [...(rule ? outcomesOf(rule).flat() : []), ...(eaches.get(n)?.then ?? []), ...(graph.loops[n]?.then ?? [])];
    return [...new Set(targets.filter(known))];
  });
  const predecessors = record(names, () => [] as string[]);
  for (const n of names) for (const t of successors[n]!) predecessors[t]!.push(n);

  const loops = naturalLoops(names, graph.start.filter(known), predecessors, successors);
  const isBack = (from: string, to: string) => loops[to]?.tails.has(from) ?? false;
  const forward = record(names, (n) => successors[n]!.filter((t) => !isBack(n, t)));
  const { order, stuck } = topological(names, forward);
  const rank: Record<string, number> = {};
  for (const n of [...names].sort((a, b) => order[b]! - order[a]!)) rank[n] = 1 + Math.max(0, ...forward[n]!.map((t) => rank[t] ?? 0));

  return {
    graph,
    successors,
    loops,
    around: record(names, (n) =>
      Object.keys(loops)
        .filter((head) => loops[head]!.body.has(n))
        .sort((a, b) => loops[b]!.body.size - loops[a]!.body.size),
    ),
    reach: record(names, (target) =>
      flood([target], (n) => predecessors[n]!.filter((p) => !(isBack(p, n) && loops[n]!.body.has(target))), { startsCount: false }),
    ),
    eaches,
    order,
    rank,
    irreducible: stuck,
    isBack,
  };
}

function naturalLoops(
  names: readonly string[],
  start: readonly string[],
  predecessors: Readonly<Record<string, readonly string[]>>,
  successors: Readonly<Record<string, readonly string[]>>,
): Record<string, LoopInfo> {
  // Dominators by iteration to a fixed point (Cooper, Harvey and Kennedy's order, plain sets); a start has the outside as one more predecessor.
  const live = flood(start, (n) => successors[n]!);
  const dominators = record(names, () => new Set(live));
  for (let changed = true; changed; ) {
    changed = false;
    for (const n of live) {
      const incoming = predecessors[n]!.filter((p) => live.has(p)).map((p) => dominators[p]!);
      if (start.includes(n)) incoming.push(new Set());
      const [first = new Set<string>(), ...rest] = incoming;
      const next = new Set([...first].filter((d) => rest.every((s) => s.has(d)))).add(n);
      if (next.size !== dominators[n]!.size) {
        dominators[n] = next;
        changed = true;
      }
    }
  }
  const loops: Record<string, { tails: Set<string>; body: Set<string> }> = {};
  for (const tail of live)
    for (const head of successors[tail]!) {
      if (!dominators[tail]!.has(head)) continue;
      const loop = (loops[head] ??= { tails: new Set(), body: new Set([head]) });
      loop.tails.add(tail);
      for (const n of flood([tail], (m) => (m === head ? [] : predecessors[m]!))) loop.body.add(n);
    }
  return loops;
}

/** Kahn's algorithm, the earliest declared first; nodes on a cycle of forward edges come last, as declared, and are named. */
function topological(names: readonly string[], forward: Readonly<Record<string, readonly string[]>>) {
  const waiting = record(names, () => 0);
  for (const n of names) for (const t of forward[n]!) waiting[t]!++;
  const order: Record<string, number> = {};
  let left = [...names];
  for (let at = 0; left.length; at++) {
    const next = left.find((n) => waiting[n] === 0);
    if (next === undefined) {
      for (const n of left) order[n] = at++;
      // What only follows a cycle is stuck too, but does not reach itself.
      return { order, stuck: left.filter((n) => flood(forward[n]!, (m) => forward[m]!).has(n)) };
    }
    order[next] = at;
    left = left.filter((n) => n !== next);
    for (const t of forward[next]!) waiting[t]!--;
  }
  return { order, stuck: [] };
}

/** Everything that `next` leads to from the starts; the starts themselves count unless only a way round leads back to them. */
export function flood(starts: readonly string[], next: (node: string) => readonly string[], { startsCount = true } = {}): Set<string> {
  const seen = new Set(startsCount ? starts : []);
  const todo = [...starts];
  for (let n = todo.pop(); n !== undefined; n = todo.pop())
    for (const m of next(n))
      if (!seen.has(m)) {
        seen.add(m);
        todo.push(m);
      }
  return seen;
}

function record<T>(names: readonly string[], of: (name: string) => T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, of(name)]));
}
