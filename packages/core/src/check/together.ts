import type { Analysis } from "../engine/analysis.js";
import { type GraphData, outcomesOf } from "../graph/data.js";
import { END } from "../graph/graph.js";

/** Where each node can lead when it completes, one list an outcome; unknown targets and the end left out. */
export function movesOf(graph: GraphData): Readonly<Record<string, readonly (readonly string[])[]>> {
  const known = (targets: readonly string[]) => targets.filter((t) => t !== END && Object.hasOwn(graph.nodes, t));
  const moves: Record<string, (readonly string[])[]> = {};
  for (const name of Object.keys(graph.nodes)) {
    const rule = graph.edges[name];
    moves[name] = rule ? outcomesOf(rule).map(known) : [];
  }
  for (const rule of Object.values(graph.edges)) if (rule.kind === "each") moves[rule.to]?.push(known(rule.then));
  return moves;
}

/**
 * Pairs of nodes that can run at the same time. What is alive is a node (reached or running) or a latched loop. Two things live
 * together when one outcome of a rule, or two starts, makes both; each then moves on while the other does not hold it back.
 * It looks at two at a time, so it may name a pair that a third one keeps apart; it misses none.
 */
export function together(analysis: Analysis, moves: ReturnType<typeof movesOf>): readonly (readonly [string, string])[] {
  const { graph, loops, reach, isBack, successors } = analysis;
  const nodes = Object.keys(moves);
  // A thing alive is a number: a node's place, or for a latched loop its head's place and the count of nodes.
  const count = nodes.length;
  const place = Object.fromEntries(nodes.map((name, i) => [name, i]));
  const nameOf = (token: number) => nodes[token % count]!;
  const isLatch = (token: number) => token >= count;
  const tokenFor = (from: string, to: string) => place[to]! + (isBack(from, to) ? count : 0);

  const outcomes: (readonly (readonly number[])[])[] = nodes.map((name) => moves[name]!.map((to) => to.map((t) => tokenFor(name, t))));
  for (const head of nodes) {
    const { max = 2, then = [] } = graph.loops[head] ?? {};
    const past = then.filter((t) => successors[head]!.includes(t)).map((t) => tokenFor(head, t));
    outcomes.push(max > 1 ? [[place[head]!], past] : [past]);
  }

  /** Whether `other`, being alive, keeps `token` from going on: the engine's rule of readiness. */
  const held = (token: number, other: number): boolean => {
    const [name, by] = [nameOf(token), nameOf(other)];
    if (isLatch(token)) return loops[name]!.body.has(by);
    if (isLatch(other) && loops[by]!.body.has(name)) return false;
    return reach[name]!.has(by);
  };

  const alive = new Set<number>();
  const todo: [number, number][] = [];
  const meet = (a: number, b: number) => {
    const key = a < b ? a * 2 * count + b : b * 2 * count + a;
    if (a === b || alive.has(key)) return;
    alive.add(key);
    todo.push([a, b]);
  };
  const meetAll = (tokens: readonly number[]) => {
    for (const [i, a] of tokens.entries()) for (const b of tokens.slice(i + 1)) meet(a, b);
  };

  // What one outcome makes lives together wherever its node can run.
  const starts = graph.start.filter((t) => Object.hasOwn(place, t)).map((t) => place[t]!);
  meetAll(starts);
  const seen = new Set(starts);
  for (const token of seen)
    for (const targets of outcomes[token]!) {
      meetAll(targets);
      for (const t of targets) seen.add(t);
    }
  const advance = (token: number, other: number) => {
    if (!held(token, other)) for (const targets of outcomes[token]!) for (const t of targets) meet(t, other);
  };
  for (let pair = todo.pop(); pair; pair = todo.pop()) {
    advance(pair[0], pair[1]);
    advance(pair[1], pair[0]);
  }
  return [...alive]
    .map((key) => [Math.floor(key / (2 * count)), key % (2 * count)] as const)
    .filter(([a, b]) => !isLatch(a) && !isLatch(b) && !held(a, b) && !held(b, a))
    .map(([a, b]) => [nameOf(a), nameOf(b)] as const);
}
