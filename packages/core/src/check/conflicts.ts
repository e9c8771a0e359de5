import { type Analysis, analyse } from "../engine/analysis.js";
import { fieldsOf, type GraphData } from "../graph/data.js";
import { together } from "./together.js";
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
  const place = (name: string) => tokens.place.get(name)!;
  return [...accesses(analysis)]
    .flatMap(([field, access]) => racing(analysis, tokens, field, access))
    .sort((x, y) => place(x.a) - place(y.a) || place(x.b) - place(y.b));
}

/** The nodes that touch a field. */
interface Access {
  readonly writes: Set<string>;
  readonly reads: Set<string>;
}

function racing(analysis: Analysis, tokens: Tokens, field: string, { writes, reads }: Access): Conflict[] {
  if (writes.size === 0) return [];
  const reduced = analysis.graph.state[field]?.reduce !== undefined;
  const clash = (a: string, b: string) =>
    (writes.has(a) && (reads.has(b) || (!reduced && writes.has(b)))) || (writes.has(b) && reads.has(a));
  const apart = unordered(analysis, [...writes], [...new Set([...reads, ...(reduced ? [] : writes)])]);
  if (apart.length === 0) return [];
  const found: Conflict[] = [];
  for (const [x, y] of together(analysis, tokens, apart)) {
    if (!clash(x, y)) continue;
    const [a, b] = tokens.place.get(x)! < tokens.place.get(y)! ? [x, y] : [y, x];
    if (found.push({ a, b, field }) === most) break;
  }
  return found;
}

/** The nodes of two groups that have one in the other that neither leads to them nor they to it: all others run one after another. */
function unordered({ reach, order }: Analysis, some: readonly string[], others: readonly string[]): readonly string[] {
  const line = [...new Set([...some, ...others])].sort((a, b) => order[a]! - order[b]!);
  if (line.every((node, i) => i === 0 || reach.has(line[i - 1]!, node))) return [];
  // To look at each pair of very many would take longer than to look for those that run together.
  if (some.length * others.length > 1_000_000) return line;
  const apart = new Set<string>();
  for (const a of some) for (const b of others) if (a !== b && !reach.has(a, b) && !reach.has(b, a)) apart.add(a).add(b);
  return [...apart];
}

function accesses({ graph, eaches, live }: Analysis): ReadonlyMap<string, Access> {
  const found = new Map<string, Access>();
  const at = (field: string) => found.get(field) ?? found.set(field, { writes: new Set(), reads: new Set() }).get(field)!;
  for (const node of live) {
    const { reads, writes } = accessOf(graph, node, eaches.get(node));
    for (const field of writes) at(field).writes.add(node);
    for (const field of reads) at(field).reads.add(node);
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
