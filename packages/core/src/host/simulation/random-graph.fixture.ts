import { analyse } from "../../engine/analysis.js";
import { present } from "../../engine/present.js";
import type { FieldData, GraphData, NodeData, RuleData } from "../../graph/data.js";
import { type Random, random } from "../../testing/random.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface Draft {
  nodes: Record<string, Mutable<NodeData>>;
  edges: Record<string, RuleData>;
  loops: Record<string, { max: number; then: readonly string[] }>;
  state: Record<string, FieldData>;
}

const number: FieldData = { schema: { type: "number" } };
const list: FieldData = { schema: { type: "array", items: { type: "number" } } };

/**
 * A random graph that no one tidied: cross edges, several back edges to a head, nodes that retry themselves, nested loops, some of which
 * go on to the next round of an outer one, exits from the middle, `each` in and out of loops, reduced fields that anyone contributes to and
 * reads. With `shared`, nodes write five fields in common, otherwise one of their own; with `small`, it has two to five nodes and what an
 * `each` adds, and otherwise five to twelve. Undefined where a cycle has a second entry, since `check` refuses that.
 */
export function randomGraph(seed: number, { shared, small = false }: { shared: boolean; small?: boolean }): GraphData | undefined {
  const r = random(seed);
  const names = Array.from({ length: small ? 2 + r.int(4) : 5 + r.int(8) }, (_, i) => `n${i}`);
  const fields = shared ? ["f0", "f1", "f2", "f3", "f4"] : names.map((name) => `f_${name}`);
  const draft: Draft = {
    nodes: {},
    edges: {},
    loops: {},
    state: {
      given: number,
      list,
      all: { schema: { type: "number" }, reduce: "append" },
      total: { schema: { type: "number" }, reduce: "sum" },
    },
  };
  for (const field of fields) draft.state[field] = number;
  const readable = [...fields, "all", "total"];
  const heads = r.some(names, 0.25);
  for (const [i, name] of names.entries()) {
    const writes = shared ? r.some(fields, 0.3) : [`f_${name}`];
    if (r.chance(0.3)) writes.push("all");
    if (r.chance(0.3)) writes.push("total");
    draft.nodes[name] = node(name, r.some(readable, 0.35), writes);
    draft.edges[name] = rule(r, names, i, heads, r.chance(0.7) ? fields.slice(0, i + 1) : readable);
  }
  if (names.length > 3 && r.chance(0.6)) addFork(r, draft, names, fields);
  if (r.chance(0.3)) addRetry(r, draft, names, fields);
  for (const name of r.some(names, 0.25)) addEach(r, draft, name, readable);
  const order = r.chance(0.5) ? Object.keys(draft.nodes) : shuffle(r, Object.keys(draft.nodes));
  const graph: GraphData = {
    name: `random-${seed}`,
    state: draft.state,
    input: ["given", "list"],
    output: [],
    nodes: Object.fromEntries(order.map((name) => [name, present(draft.nodes[name], "node")])),
    conditions: {},
    reducers: [],
    loops: {},
    start: names.slice(0, r.chance(0.3) ? 2 : 1),
    edges: draft.edges,
  };
  return withLoops(r, graph);
}

function node(name: string, reads: readonly string[], writes: readonly string[]): NodeData {
  return {
    specialist: name,
    read: Object.fromEntries(reads.map((field) => [`in_${field}`, field])),
    write: Object.fromEntries(writes.map((field) => [`out_${field}`, field])),
    set: {},
    optional: reads.map((field) => `in_${field}`),
  };
}

/** One or two nodes near by that come later, or the end. */
function onwards(r: Random, names: readonly string[], i: number): string[] {
  const later = names.slice(i + 1, i + 5);
  const to = new Set<string>();
  for (let k = r.chance(0.5) ? 2 : 1; k > 0; k--) if (later.length && r.chance(0.92)) to.add(r.pick(later));
  return to.size ? [...to] : ["end"];
}

/** Mostly on; where an earlier node is a head, often back to it, on, or both. */
function rule(r: Random, names: readonly string[], i: number, heads: readonly string[], fields: readonly string[]): RuleData {
  const targets = () => {
    const back = heads.filter((head) => names.indexOf(head) <= i && names.indexOf(head) >= i - 5);
    if (!back.length || r.chance(0.5)) return onwards(r, names, i);
    return r.chance(0.6) ? [r.pick(back)] : [...new Set([r.pick(back), ...onwards(r, names, i)])];
  };
  if (r.chance(0.4)) return { kind: "to", to: targets() };
  const test = () => (r.chance(0.15) ? { exists: r.chance(0.5) } : r.chance(0.5) ? { lt: 20 + r.int(60) } : { gte: 20 + r.int(60) });
  const cases = Array.from({ length: 1 + r.int(2) }, () => ({ when: { [r.pick(fields)]: test() }, to: targets() }));
  return { kind: "when", cases, otherwise: onwards(r, names, i) };
}

/** A loop whose branches of unequal length each may go back: where overlapping rounds would show. */
function addFork(r: Random, draft: Draft, names: readonly string[], fields: readonly string[]): void {
  const i = r.int(names.length - 3);
  const [head, short, long, last] = names.slice(i, i + 4) as [string, string, string, string];
  const back = (): RuleData => ({
    kind: "when",
    cases: [{ when: { [r.pick(fields)]: r.chance(0.5) ? { exists: true } : { lt: 70 } }, to: [head] }],
    otherwise: onwards(r, names, i + 3),
  });
  draft.edges[head] = { kind: "to", to: [short, long] };
  draft.edges[short] = r.chance(0.5) ? { kind: "to", to: [head] } : back();
  draft.edges[long] = { kind: "to", to: [last] };
  draft.edges[last] = back();
}

/** A node that retries itself, mostly one that another leads to. */
function addRetry(r: Random, draft: Draft, names: readonly string[], fields: readonly string[]): void {
  const i = r.int(names.length);
  const name = present(names[i], "name");
  const self = { when: { [r.pick(fields)]: r.chance(0.3) ? { exists: r.chance(0.5) } : { lt: 60 } }, to: [name] };
  draft.edges[name] = { kind: "when", cases: [self], otherwise: onwards(r, names, i) };
}

/** Turns a node's plain edge into an `each` over the list it writes, or over the input's. */
function addEach(r: Random, draft: Draft, name: string, readable: readonly string[]): void {
  const before = present(draft.edges[name], "rule");
  if (before.kind !== "to") return;
  const item = `${name}_item`;
  const own = r.chance(0.7);
  if (own) {
    draft.state[`${name}_list`] = list;
    const node = present(draft.nodes[name], "node");
    node.write = { ...node.write, out_list: `${name}_list` };
  }
  draft.state[`${name}_as`] = number;
  draft.state[`${name}_got`] = list;
  draft.state[`${name}_out`] = number;
  draft.nodes[item] = node(item, [`${name}_as`, ...r.some(readable, 0.2)], [`${name}_out`, ...(r.chance(0.3) ? ["all"] : [])]);
  draft.edges[item] = { kind: "to", to: ["end"] };
  draft.edges[name] = {
    kind: "each",
    each: own ? `${name}_list` : "list",
    as: `${name}_as`,
    to: item,
    collect: { [`${name}_out`]: `${name}_got` },
    then: before.to,
    ...(r.chance(0.5) ? { atOnce: 1 + r.int(2) } : {}),
  };
}

/** Gives every head its bound and a place to go after it; undefined where the graph is irreducible or none fits. */
function withLoops(r: Random, bare: GraphData): GraphData | undefined {
  let graph = bare;
  for (let tries = 0; tries < 8; tries++) {
    const { loops, irreducible } = analyse(graph);
    if (irreducible.length) return undefined;
    const open = Object.keys(loops).filter((head) => !graph.loops[head]);
    const inside = Object.keys(graph.loops).some((head) => !loops[head] || graph.loops[head]?.then.some((t) => loops[head]?.body.has(t)));
    if (inside) return undefined;
    if (!open.length) return graph;
    const eachNodes = new Set(Object.values(graph.edges).flatMap((edge) => (edge.kind === "each" ? [edge.to] : [])));
    const added = open.map((head) => {
      const outside = Object.keys(graph.nodes).filter((n) => !loops[head]?.body.has(n) && !eachNodes.has(n));
      const outer = outside.filter((n) => loops[n]?.body.has(head));
      const then = outer.length && r.chance(0.4) ? [r.pick(outer)] : outside.length && r.chance(0.5) ? [r.pick(outside)] : ["end"];
      return [head, { max: r.chance(0.2) ? 1 : 2 + r.int(2), then }] as const;
    });
    graph = { ...graph, loops: { ...graph.loops, ...Object.fromEntries(added) } };
  }
  return undefined;
}

function shuffle<T>(r: Random, items: readonly T[]): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(r.int(left.length), 1));
}
