import type { Analysis } from "../engine/analysis.js";
import { reversePostorder } from "../engine/reverse-postorder.js";
import { passes } from "../graph/choose.js";
import type { RuleData } from "../graph/data.js";
import { END } from "../graph/graph.js";

/** One way on from a token: those it makes, and fields that are there if it is taken. */
interface Way {
  readonly to: readonly number[];
  readonly has: readonly string[];
}

/**
 * What can be alive in a run, as numbers: a node, reached or running, at its place in the graph, and the latched loop of a head as many
 * places further on as there are nodes.
 */
export interface Tokens {
  readonly names: readonly string[];
  readonly place: ReadonlyMap<string, number>;
  readonly starts: readonly number[];
  readonly ways: readonly (readonly Way[])[];
  /** What leads to a token: another one, by one of its ways, or by none where a loop has no second round. */
  readonly before: readonly (readonly { readonly from: number; readonly way?: number }[])[];
  /** Each token's place among them: what it leads to comes after it, but for the next round of a loop. */
  readonly order: ReadonlyMap<number, number>;
  /** A token's node, or the head of its loop. */
  nodeOf(token: number): string;
  isLatch(token: number): boolean;
}

/** The tokens of a graph and their ways on; `surely` names the fields that a node writes whenever it completes. */
export function tokensOf(analysis: Analysis, surely: (node: string) => Iterable<string>): Tokens {
  const { graph, eaches, loops, isBack } = analysis;
  const names = Object.keys(graph.nodes);
  const place = new Map(names.map((name, i) => [name, i]));
  const placeOf = (target: string) => (target === END ? undefined : place.get(target));
  const way = (from: string, { to, has }: Outcome): Way => ({
    to: to.flatMap((target) => {
      const at = placeOf(target);
      return at === undefined ? [] : [isBack(from, target) ? at + names.length : at];
    }),
    has,
  });
  const nodes = names.map((name): readonly Way[] => {
    const each = eaches.get(name);
    if (each) return [way(name, { to: each.then, has: Object.values(each.collect) })];
    const own = [...surely(name)];
    const rule = graph.edges[name];
    return rule ? waysOf(rule).map(({ to, has }) => way(name, { to, has: [...own, ...has] })) : [];
  });
  const latches = names.map((head, i): readonly Way[] => {
    if (!loops[head]) return [];
    const { max = 2, then = [] } = graph.loops[head] ?? {};
    const past = way(head, { to: then, has: [] });
    return max > 1 ? [{ to: [i], has: [] }, past] : [past];
  });
  const ways = [...nodes, ...latches];
  const before = ways.map((): { from: number; way?: number }[] => []);
  for (const [from, some] of ways.entries()) for (const [way, { to }] of some.entries()) for (const t of to) before[t]?.push({ from, way });
  for (const [i, head] of names.entries()) if (loops[head] && graph.loops[head]?.max === 1) before[i]?.push({ from: i + names.length });
  const starts = graph.start.flatMap((target) => placeOf(target) ?? []);
  const onwards = (from: number) => (ways[from] ?? []).flatMap(({ to }) => to).filter((to) => to !== from - names.length);
  return {
    names,
    place,
    starts,
    order: new Map(reversePostorder(starts, onwards).map((one, i) => [one, i])),
    ways,
    before,
    nodeOf: (one) => names[one % names.length]!,
    isLatch: (one) => one >= names.length,
  };
}

interface Outcome {
  readonly to: readonly string[];
  readonly has: readonly string[];
}

/** Where a rule leads, and the fields without which it would have led elsewhere, or nowhere. */
function waysOf(rule: RuleData): readonly Outcome[] {
  switch (rule.kind) {
    case "to":
      return [{ to: rule.to, has: [] }];
    case "by":
      return [
        ...Object.values(rule.to).map((to) => ({ to, has: [rule.by] })),
        ...(rule.otherwise ? [{ to: rule.otherwise, has: [] }] : []),
      ];
    case "each":
      return [
        { to: [rule.to], has: [rule.each] },
        { to: rule.then, has: [rule.each, ...Object.values(rule.collect)] },
      ];
    case "when": {
      const ways: Outcome[] = [];
      // What an earlier case would have caught, had it been missing.
      const there: string[] = [];
      for (const { when, to } of rule.cases) {
        const tests = typeof when === "string" ? undefined : Object.entries(when);
        const needs = (tests ?? []).filter(([, test]) => !passes(undefined, test)).map(([field]) => field);
        ways.push({ to, has: [...there, ...needs] });
        if (tests?.length === 0) return ways;
        if (tests?.length === 1 && needs.length === 0) there.push(...tests.map(([field]) => field));
      }
      return rule.otherwise ? [...ways, { to: rule.otherwise, has: there }] : ways;
    }
  }
}
