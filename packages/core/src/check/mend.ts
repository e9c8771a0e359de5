import { type Analysis, analyse } from "../engine/analysis.js";
import { nearest } from "../error/nearest.js";
import type { GraphData, RuleData } from "../graph/data.js";
import { END } from "../graph/graph.js";
import { outcomePlaces } from "./places.js";

export interface Mended {
  readonly mended: GraphData;
  /** Heads of loops for which no entry of `loops` was meant. */
  readonly unbounded: readonly string[];
  /** Nodes of which it is not known where all they were to lead. */
  readonly adrift: readonly string[];
}

/**
 * A graph whose names all exist: misspelt ones put right, others left out. Loops that lack an entry get one that leads to the end.
 */
export function mend(data: GraphData): Mended {
  const nodes = Object.keys(data.nodes);
  const fields = Object.keys(data.state);
  const node = (name: string) => (name === END || Object.hasOwn(data.nodes, name) ? name : nearest(name, [...nodes, END]));
  const field = (name: string) => (Object.hasOwn(data.state, name) ? name : nearest(name, fields));
  const targets = (list: readonly string[]) => [...new Set(list.flatMap((target) => node(target) ?? []))];
  const names = (list: readonly string[]) => list.flatMap((name) => field(name) ?? []);
  const places = (map: Readonly<Record<string, string>>, leftOut: (key: string, name: string) => boolean = () => false) =>
    Object.fromEntries(
      Object.entries(map).flatMap(([key, name]) => {
        const place = leftOut(key, name) ? undefined : field(name);
        return place ? [[key, place]] : [];
      }),
    );

  const edges: Record<string, RuleData> = {};
  const lost = new Set(nodes);
  for (const [name, rule] of Object.entries(data.edges)) {
    const from = Object.hasOwn(data.nodes, name) ? name : nearest(name, nodes);
    const mended = from !== undefined && (from === name || !Object.hasOwn(data.edges, from)) && mendRule(rule, targets, field);
    if (!mended) continue;
    edges[from] = mended;
    if (outcomePlaces(name, rule).every(({ to }) => to.length > 0 && to.every(node))) lost.delete(from);
  }
  const mended: GraphData = {
    ...data,
    input: names(data.input),
    output: names(data.output),
    nodes: Object.fromEntries(
      Object.entries(data.nodes).map(([name, place]) => {
        // An optional input under its own name needs no field, so it is not a misspelt one.
        const unasked = (key: string, to: string) => key === to && place.optional.includes(key) && !Object.hasOwn(data.state, to);
        return [name, { ...place, read: places(place.read, unasked), write: places(place.write) }];
      }),
    ),
    conditions: Object.fromEntries(Object.entries(data.conditions).map(([name, reads]) => [name, names(reads)])),
    start: targets(data.start).filter((target) => target !== END),
    edges,
    loops: {},
  };
  const entries = mendEntries(mended, data.loops, node, targets);
  // A way out of a loop that leads back in is left out, and with it loops that it alone made: until nothing changes.
  let graph: GraphData = { ...mended, loops: entries };
  for (let before = ""; before !== JSON.stringify(graph.loops); ) {
    before = JSON.stringify(graph.loops);
    const found = Object.entries(analyse(graph).loops);
    const loops = Object.fromEntries(
      found.map(([head, { body }]) => {
        const { max, then } = graph.loops[head] ?? { max: 2, then: [] };
        return [head, { max, then: then.filter((target) => !body.has(target)) }];
      }),
    );
    if (JSON.stringify(loops) !== before) graph = { ...mended, loops };
  }
  return { mended: graph, unbounded: Object.keys(graph.loops).filter((head) => !entries[head]), adrift: [...lost] };
}

/** The entries of `loops` by heads that exist; one at another node of a loop is taken for its head's. */
function mendEntries(
  mended: GraphData,
  written: GraphData["loops"],
  node: (name: string) => string | undefined,
  targets: (list: readonly string[]) => readonly string[],
): GraphData["loops"] {
  const entries = Object.fromEntries(
    Object.entries(written).flatMap(([name, { max, then }]) => {
      const head = node(name);
      return head === undefined || head === END ? [] : [[head, { max: Math.max(1, max), then: targets(then) }]];
    }),
  );
  if (Object.keys(entries).length === 0) return entries;
  // Where a loop goes after its last round is an edge, so it must be there when the loops are looked for.
  const { loops, around } = analyse({ ...mended, loops: entries });
  for (const [name, entry] of Object.entries(entries)) {
    const head = strayFrom(name, loops, around, entries);
    if (head === undefined) continue;
    entries[head] = entry;
    delete entries[name];
  }
  return entries;
}

/** The head that an entry of `loops` at another node was probably meant for: the innermost around it that has none of its own. */
export function strayFrom(
  name: string,
  loops: Analysis["loops"],
  around: Analysis["around"],
  entries: Readonly<Record<string, unknown>>,
): string | undefined {
  return loops[name] ? undefined : around[name]?.findLast((head) => !Object.hasOwn(entries, head));
}

function mendRule(
  rule: RuleData,
  targets: (list: readonly string[]) => readonly string[],
  field: (name: string) => string | undefined,
): RuleData | undefined {
  // An outcome none of whose targets exist is left out whole: where it was to lead is not known.
  const some = (list: readonly string[]) => {
    const known = targets(list);
    return known.length ? known : undefined;
  };
  const all = (list: readonly string[]): RuleData | undefined => {
    const to = some(list);
    return to && { kind: "to", to };
  };
  const otherwise = "otherwise" in rule && rule.otherwise && some(rule.otherwise);
  switch (rule.kind) {
    case "to":
      return all(rule.to);
    case "by": {
      const to = Object.fromEntries(
        Object.entries(rule.to)
          .map(([label, list]) => [label, targets(list)] as const)
          .filter(([, list]) => list.length > 0),
      );
      if (!otherwise && Object.keys(to).length === 0) return undefined;
      return { kind: "by", by: field(rule.by) ?? rule.by, to, ...(otherwise ? { otherwise } : {}) };
    }
    case "when": {
      const cases = rule.cases
        .map(({ when, to }) => ({ when: typeof when === "string" ? when : renamed(when, field), to: targets(to) }))
        .filter(({ to }) => to.length > 0);
      if (!otherwise && cases.length === 0) return undefined;
      return { kind: "when", cases, ...(otherwise ? { otherwise } : {}) };
    }
    case "each": {
      const [to] = targets([rule.to]);
      if (to === undefined || to === END) return all(rule.then);
      const collect = Object.fromEntries(
        Object.entries(rule.collect).flatMap(([from, into]) => {
          const [item, list] = [field(from), field(into)];
          return item && list ? [[item, list]] : [];
        }),
      );
      return { ...rule, each: field(rule.each) ?? rule.each, as: field(rule.as) ?? rule.as, to, collect, then: targets(rule.then) };
    }
  }
}

/** What stands by the names of fields, by those that were meant. */
function renamed<T>(byName: Readonly<Record<string, T>>, field: (name: string) => string | undefined): Record<string, T> {
  return Object.fromEntries(
    Object.entries(byName).flatMap(([name, one]) => {
      const meant = field(name);
      return meant ? [[meant, one]] : [];
    }),
  );
}
