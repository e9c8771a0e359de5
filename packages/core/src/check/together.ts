import type { Analysis } from "../engine/analysis.js";
import type { Tokens } from "./tokens.js";

/** The tokens of two nodes, the one declared first before the other. */
export type Pair = readonly [number, number];

/**
 * Pairs of nodes, of those given, that can run at the same time. What is alive is a node (reached or running) or a latched loop. Two things
 * live together when one outcome of a rule, or two starts, makes both; each then moves on while the other does not hold it back.
 * It looks at two at a time, so it may name a pair that a third one keeps apart; it misses none. Only what leads to the nodes given counts,
 * and only from the last node on that every way to them passes and that is in no loop but its own: what was alive before that one is over.
 */
export function* together(analysis: Analysis, tokens: Tokens, nodes: readonly string[]): Generator<Pair> {
  const { inLoop, reach } = analysis;
  const { names, place, starts, ways, nodeOf, isLatch } = tokens;
  const base = commonBase(analysis, nodes);
  const region = leadingTo(analysis, tokens, nodes, base);

  /** Whether `other`, being alive, keeps `token` from going on: the engine's rule of readiness. */
  const held = (token: number, other: number): boolean => {
    const [name, by] = [nodeOf(token), nodeOf(other)];
    if (isLatch(token)) return inLoop(by, name);
    if (isLatch(other) && inLoop(name, by)) return false;
    return reach.has(by, name);
  };

  const asked = new Set(nodes.flatMap((name) => place.get(name) ?? []));
  const alive = new Set<number>();
  const todo: [number, number][] = [];
  /** Takes up a pair; gives it where it is one that is asked for. */
  function* meet(a: number, b: number): Generator<Pair> {
    const key = a < b ? a * 2 * names.length + b : b * 2 * names.length + a;
    if (a === b || alive.has(key)) return;
    alive.add(key);
    todo.push([a, b]);
    if (asked.has(a) && asked.has(b) && !held(a, b) && !held(b, a)) yield a < b ? [a, b] : [b, a];
  }
  function* advance(token: number, other: number): Generator<Pair> {
    if (held(token, other)) return;
    for (const { to } of ways[token] ?? []) for (const t of to) if (region.has(t)) yield* meet(t, other);
  }

  const outcomes = [...(base === undefined ? [starts] : []), ...[...region].flatMap((token) => (ways[token] ?? []).map(({ to }) => to))];
  for (const outcome of outcomes) {
    const made = outcome.filter((t) => region.has(t));
    for (const [i, a] of made.entries())
      for (const b of made.slice(i + 1)) {
        yield* meet(a, b);
        for (let pair = todo.pop(); pair; pair = todo.pop()) {
          yield* advance(pair[0], pair[1]);
          yield* advance(pair[1], pair[0]);
        }
      }
  }
}

function commonBase({ above, around, dominates }: Analysis, nodes: readonly string[]): string | undefined {
  let base: string | undefined = nodes[0];
  for (const node of nodes) while (base !== undefined && !dominates(base, node)) base = above.get(base);
  return base === undefined ? undefined : (around[base]?.[0] ?? base);
}

function leadingTo({ above, dominates }: Analysis, { place, before, nodeOf }: Tokens, nodes: readonly string[], base: string | undefined) {
  const counts = (name: string) => (base === undefined ? above.has(name) : dominates(base, name));
  const region = new Set(nodes.filter(counts).flatMap((name) => place.get(name) ?? []));
  for (const token of region) for (const { from } of before[token] ?? []) if (counts(nodeOf(from))) region.add(from);
  return region;
}
