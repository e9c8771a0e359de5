import type { Analysis } from "../engine/analysis.js";
import type { Tokens } from "./tokens.js";

/** Which state fields may still be unwritten when a node starts, and when the run ends. */
export interface Unwritten {
  /** Of the fields asked for at each live node, those that some run starts it without. */
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
  /** Of the outputs, those that some run ends without. */
  readonly atEnd: ReadonlySet<string>;
}

/** Every field: what has no way at all. */
const all = -1n;
/** Stands among the fields that are there where a node has no way to start. */
const never = Symbol("never");

/**
 * Follows what a run can do without a field being written, all fields at once, one bit each. A node starts without a field where some way
 * leads to it on which nothing writes it, and whatever else that way brings to life, and the node waits for, can be over without writing it
 * either; what a node does not wait for need not have run. A join has what all its branches wrote, a choice what every way writes. A round of
 * a loop can do what the first one can, so only the first of those around a node counts; the loops before it go round until they are over,
 * and it suffices that one round can do without, or that each can and what follows the last one.
 *
 * Between a node and the last one before it that every way passes, and that is in no loop of its own, lies all that decides: what was there
 * at that one is there at this one too. So nodes are gone through as that tree hangs together, and what lies between is followed only where
 * a field is asked for of which it is not told otherwise: what every run writes is there at a node that waits for all that writes it.
 */
export function unwritten(
  analysis: Analysis,
  tokens: Tokens,
  asked: (node: string) => readonly string[],
  outputs: readonly string[],
): Unwritten {
  const { live, predecessors, reach } = analysis;
  const wanted = new Set([...live.flatMap(asked), ...outputs]);
  const sure = forced(analysis, tokens, wanted);
  const always = new Set(sure);
  const writers = new Map<string, Set<string>>();
  for (const [token, ways] of tokens.ways.entries())
    for (const field of new Set(ways.flatMap(({ has }) => has))) {
      if (!wanted.has(field)) continue;
      const others = writers.get(field);
      if (others) others.add(tokens.nodeOf(token));
      else writers.set(field, new Set([tokens.nodeOf(token)]));
    }
  const waitsForAll = (node: string, field: string) => [...(writers.get(field) ?? [])].every((writer) => reach.has(writer, node));

  const under = new Map<string | undefined, string[]>();
  for (const node of live) {
    const base = baseOf(analysis, node);
    const others = under.get(base);
    if (others) others.push(node);
    else under.set(base, [node]);
  }
  const before = new Map<string, ReadonlySet<string>>();
  const there = new Map<string | symbol, number>();
  /** The nodes gone through on the way to one, and what is surely written between each and its base, where that has been followed. */
  const trail: { node: string; sure?: readonly (string | symbol)[] }[] = [];
  const count = (fields: readonly (string | symbol)[], by: number) => {
    for (const field of fields) there.set(field, (there.get(field) ?? 0) + by);
  };
  const follow = (step: (typeof trail)[number]) => {
    if (!step.sure) count((step.sure = forced(analysis, tokens, wanted, step.node) ?? [never]), 1);
  };
  const has = (node: string, field: string): boolean => {
    const known = () => Boolean(there.get(never) || there.get(field));
    if (known()) return true;
    if (always.has(field) && waitsForAll(node, field)) return true;
    for (let i = trail.length - 1; i >= 0 && !known(); i--) follow(trail[i]!);
    return known();
  };
  const todo: (() => void)[] = [];
  const visit = (node: string) => {
    const step: (typeof trail)[number] = { node };
    trail.push(step);
    // What follows its base alone takes no time.
    const [only, ...others] = predecessors(node);
    if (others.length === 0 && only !== undefined && only === baseOf(analysis, node)) follow(step);
    before.set(node, new Set(asked(node).filter((field) => !has(node, field))));
    todo.push(() => {
      trail.pop();
      count(step.sure ?? [], -1);
    });
    for (const next of under.get(node) ?? []) todo.push(() => visit(next));
  };
  for (const node of under.get(undefined) ?? []) todo.push(() => visit(node));
  for (let step = todo.pop(); step; step = todo.pop()) step();
  return { before, atEnd: new Set(sure && outputs.filter((field) => !always.has(field))) };
}

/** The last node before one that every way passes; where it is in loops that the node is not in, the head of the outermost of these. */
function baseOf({ above, around, inLoop }: Analysis, node: string): string | undefined {
  const last = above.get(node);
  return last === undefined ? undefined : (around[last]?.find((head) => !inLoop(node, head)) ?? last);
}

/** The fields that are written for sure between a node's base and its start, or in a whole run; undefined where it can't come to that. */
function forced(analysis: Analysis, tokens: Tokens, wanted: ReadonlySet<string>, node?: string): readonly string[] | undefined {
  const { place, starts, isLatch } = tokens;
  const goal = node === undefined ? undefined : place.get(node);
  const base = node === undefined ? undefined : baseOf(analysis, node);
  const first = base === undefined ? undefined : place.get(base);
  const fields: string[] = [];
  const bitOf = new Map<string, bigint>();
  const bitsOf = (names: readonly string[]) =>
    names.reduce((bits, field) => {
      if (!wanted.has(field)) return bits;
      const bit = bitOf.get(field) ?? 1n << BigInt(fields.push(field) - 1);
      bitOf.set(field, bit);
      return bits | bit;
    }, 0n);

  const region = between(analysis, tokens, base, node);
  const steps = waysWithin(tokens, region, first, goal).map(({ token, ways }) => ({
    token,
    ways: ways.map(({ to, has }) => ({ to, has: bitsOf(has) })),
  }));
  /** What is written for sure until a token is over, and until the goal is reached from it. */
  const over = new Map<number, bigint>(region.map((token) => [token, all]));
  const reached = new Map<number, bigint>();
  if (goal !== undefined) reached.set(goal, 0n);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { token, ways } of steps) {
      let [ends, leads] = [all, all];
      for (const { to, has } of ways) {
        const end = to.reduce((bits, t) => bits | (over.get(t) ?? 0n), has);
        ends &= end;
        leads &= end | to.reduce((bits, t) => bits & (reached.get(t) ?? all), all);
      }
      if (ends !== over.get(token) || leads !== (reached.get(token) ?? all)) changed = true;
      over.set(token, ends);
      reached.set(token, leads);
    }
    changed &&= region.some(isLatch);
  }
  const from = first === undefined ? starts : [first];
  const ends = first === undefined ? from.reduce((bits, t) => bits | (over.get(t) ?? 0n), 0n) : 0n;
  const leads = goal === undefined ? 0n : from.reduce((bits, t) => bits & (reached.get(t) ?? all), all);
  const sure = ends | leads;
  return sure === all ? undefined : fields.filter((_, i) => (sure >> BigInt(i)) & 1n);
}

/** The ways of each token of a region, of what they make only what is in it, or the goal. Of the base only those that lead there count. */
function waysWithin({ ways, before, names }: Tokens, region: readonly number[], base: number | undefined, goal: number | undefined) {
  const inside = new Set(region);
  const kept = new Map(region.map((token) => [token, new Map<number, number[]>()]));
  for (const to of goal === undefined ? region : [...region, goal])
    for (const { from, way } of before[to] ?? []) {
      const some = kept.get(from);
      if (!some || way === undefined) continue;
      const others = some.get(way);
      if (others) others.push(to);
      else some.set(way, [to]);
    }
  return [...kept].map(([token, some]) => {
    const own = (ways[token] ?? []).map(({ has }, way) => ({ to: some.get(way) ?? [], has }));
    // The base is over before all else, unless its own loop goes round.
    const over = token === base && !inside.has(base + names.length);
    return { token, ways: over ? own.filter(({ to }) => to.length > 0) : own };
  });
}

/** The tokens that a node waits for from its base on, itself left out, or all of a run; the last ones first, but for ways back. */
function between(analysis: Analysis, tokens: Tokens, base: string | undefined, node: string | undefined): number[] {
  const { inLoop, above, dominates } = analysis;
  const { place, before, order, nodeOf, isLatch } = tokens;
  const found = new Set<number>();
  const goal = node === undefined ? undefined : place.get(node);
  if (node === undefined || goal === undefined) for (const token of order.keys()) found.add(token);
  else {
    const counts = (token: number) => {
      const name = nodeOf(token);
      // It does not wait for the next round of a loop that it is in.
      if (isLatch(token) && inLoop(node, name)) return false;
      return base === undefined ? above.has(name) : dominates(base, name);
    };
    found.add(goal);
    for (const token of found) for (const { from } of before[token] ?? []) if (!found.has(from) && counts(from)) found.add(from);
    found.delete(goal);
  }
  return [...found].sort((a, b) => (order.get(b) ?? 0) - (order.get(a) ?? 0));
}
