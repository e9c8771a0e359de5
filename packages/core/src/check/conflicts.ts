import { type Analysis, analyse } from "../engine/analysis.js";
import type { Reach } from "../engine/reach.js";
import { fieldsOf, type GraphData } from "../graph/data.js";
import { type Pair, together } from "./together.js";
import { type Tokens, tokensOf } from "./tokens.js";

/** Two nodes that can run at the same time, and a field that makes their order matter. */
export interface Conflict {
  readonly a: string;
  readonly b: string;
  readonly field: string;
}

/** Conflicts of one field that are named. */
const most = 100;

/**
 * The races of a graph: pairs of nodes that can run at the same time where one writes what the other writes (without a reducer) or
 * reads (with or without one; the fields of its rule included). A graph without conflicts ends in the same state whatever the timing.
 * Of a pair every field is named once, of a field a hundred pairs; the node declared first is `a`.
 */
export function conflicts(graph: GraphData): readonly Conflict[] {
  const analysis = analyse(graph);
  const tokens = tokensOf(analysis, () => []);
  return [...accesses(analysis)]
    .flatMap(([field, access]) => racing(analysis, tokens, field, access).map((pair) => ({ pair, field })))
    .sort((x, y) => x.pair[0] - y.pair[0] || x.pair[1] - y.pair[1])
    .map(({ pair: [a, b], field }) => ({ a: tokens.nodeOf(a), b: tokens.nodeOf(b), field }));
}

/** The nodes that touch a field. */
interface Access {
  /** All of them, what leads to others first. */
  readonly nodes: Set<string>;
  readonly writes: Set<string>;
  readonly reads: Set<string>;
}

function racing(analysis: Analysis, tokens: Tokens, field: string, access: Access): Pair[] {
  const { writes, reads } = access;
  if (writes.size === 0) return [];
  const reduced = analysis.graph.state[field]?.reduce !== undefined;
  const clash = (a: string, b: string) =>
    (writes.has(a) && (reads.has(b) || (!reduced && writes.has(b)))) || (writes.has(b) && reads.has(a));
  const apart = unordered(analysis, access, new Set([...reads, ...(reduced ? [] : writes)]));
  if (apart.length === 0) return [];
  const found: Pair[] = [];
  for (const pair of together(analysis, tokens, apart)) {
    if (!clash(tokens.nodeOf(pair[0]), tokens.nodeOf(pair[1]))) continue;
    if (found.push(pair) === most) break;
  }
  return found;
}

/** Those that write, and others, that have one there that neither leads to them nor they to it: all others run one after another. */
function unordered({ reach }: Analysis, { nodes, writes }: Access, others: ReadonlySet<string>): readonly string[] {
  if (inLine(reach, nodes)) return [];
  // To look at each pair of very many would take longer than to look for those that run together.
  if (writes.size * others.size > 1_000_000) return [...nodes];
  const apart = new Set<string>();
  for (const a of writes) for (const b of others) if (a !== b && !reach.has(a, b) && !reach.has(b, a)) apart.add(a).add(b);
  return [...apart];
}

/** Whether each of some nodes leads to the next. */
function inLine(reach: Reach, nodes: Iterable<string>): boolean {
  let last: string | undefined;
  for (const node of nodes) {
    if (last !== undefined && !reach.has(last, node)) return false;
    last = node;
  }
  return true;
}

function accesses({ graph, eaches, live }: Analysis): ReadonlyMap<string, Access> {
  const found = new Map<string, Access>();
  const at = (field: string, node: string): Access => {
    const access = found.get(field) ?? { nodes: new Set(), writes: new Set(), reads: new Set() };
    access.nodes.add(node);
    found.set(field, access);
    return access;
  };
  for (const node of live) {
    const { reads, writes } = accessOf(graph, node, eaches.get(node));
    for (const field of writes) at(field, node).writes.add(node);
    for (const field of reads) at(field, node).reads.add(node);
  }
  return found;
}

/**
 * What of the state a node touches. What an `each` runs takes its item from the list when it starts, and writes into the lists that
 * collect and to reduced fields.
 */
function accessOf(
  graph: GraphData,
  name: string,
  each: ReturnType<Analysis["eaches"]["get"]>,
): { reads: ReadonlySet<string>; writes: ReadonlySet<string> } {
  const { read, write } = graph.nodes[name]!;
  const rule = graph.edges[name];
  const reads = new Set([...Object.values(read), ...(rule ? fieldsOf(rule, graph.conditions) : [])]);
  if (!each) return { reads, writes: new Set(Object.values(write)) };
  reads.delete(each.as);
  reads.add(each.each);
  const contributed = Object.values(write).filter((field) => graph.state[field]?.reduce !== undefined);
  return { reads, writes: new Set([...Object.values(each.collect), ...contributed]) };
}
