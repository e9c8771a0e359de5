import { analyse } from "../engine/analysis.js";
import { eachesOf } from "../engine/eaches-of.js";
import { fieldsOf, type GraphData } from "../graph/data.js";
import { movesOf, together } from "./together.js";

/** Two nodes that can run at the same time, and a field that makes their order matter. */
export interface Conflict {
  readonly a: string;
  readonly b: string;
  readonly field: string;
}

/**
 * The races of a graph: pairs of nodes that can run at the same time where one writes what the other writes (without a reducer) or
 * reads (with or without one; the fields of its rule included). A graph without conflicts ends in the same state whatever the timing.
 * Of a pair every field is named once; the node declared first is `a`.
 */
export function conflicts(graph: GraphData): readonly Conflict[] {
  const names = Object.keys(graph.nodes);
  const place = Object.fromEntries(names.map((name, i) => [name, i]));
  const eaches = eachesOf(graph);
  const access = Object.fromEntries(names.map((name) => [name, accessOf(graph, name, eaches.get(name))]));
  const pairs = together(analyse(graph), movesOf(graph)).map(([x, y]) => (place[x]! < place[y]! ? [x, y] : [y, x]) as [string, string]);
  return pairs
    .sort(([a, b], [c, d]) => place[a]! - place[c]! || place[b]! - place[d]!)
    .flatMap(([a, b]) => {
      const [x, y] = [access[a]!, access[b]!];
      const clash = new Set([
        ...[...x.writes].filter((field) => y.reads.has(field) || (y.writes.has(field) && !graph.state[field]?.reduce)),
        ...[...y.writes].filter((field) => x.reads.has(field)),
      ]);
      return [...clash].map((field) => ({ a, b, field }));
    });
}

/** What of the state a node touches. What an `each` runs takes its item from the list when it starts
 * and writes only into the lists that collect. */
function accessOf(
  graph: GraphData,
  name: string,
  each: ReturnType<ReturnType<typeof eachesOf>["get"]>,
): { reads: ReadonlySet<string>; writes: ReadonlySet<string> } {
  const { read, write } = graph.nodes[name]!;
  const rule = graph.edges[name];
  const reads = new Set([...Object.values(read), ...(rule ? fieldsOf(rule, graph.conditions) : [])]);
  if (!each) return { reads, writes: new Set(Object.values(write)) };
  reads.delete(each.as);
  reads.add(each.each);
  return { reads, writes: new Set(Object.values(each.collect)) };
}
