import type { GraphData } from "../graph/data.js";
import type { Reducer } from "../graph/graph.js";
import { copyOf } from "../schema/copy-of.js";
import type { Json } from "../schema/json.js";
import { type Analysis, analyse } from "./analysis.js";
import { type Contribution, compareKeys, insert, keyOf } from "./contributions.js";
import { foldWith } from "./fold-with.js";
import { cut, cutWith, type Growing, grow, growing, grownAmid } from "./growing.js";
import { present } from "./present.js";
import type { Next } from "./record.js";

interface Group {
  /** The list's field; its items are read when the first one starts, which is after the fold of a journal. */
  readonly from: string;
  items?: readonly Json[];
  /** What items wrote, kept until the last one is there, so that none of them sees what another contributes. */
  readonly outputs: Record<string, Json>[];
  left: number;
}

/** A field with a reducer. */
interface Reduced {
  /** What it took so far, in the graph's order whatever the order of arrival. */
  readonly contributions: Contribution[];
  /** What these come to, as far as it was read. */
  list?: Growing | undefined;
  sum?: number | undefined;
  /** By a function of the graph's, from so many contributions. */
  total?: { readonly count: number; readonly total: Json } | undefined;
}

/** The state fields of one graph frame: a fold over what its completed occurrences wrote. */
export interface Fields {
  readonly graph: GraphData;
  readonly analysis: Analysis;
  readonly plain: Map<string, Json>;
  /** Those with a reducer that took something, or were read; made when there is first one. */
  reduced: Map<string, Reduced> | undefined;
  /** Items of an `each` under way, by the node that runs them; made when there are first any. */
  groups: Map<string, Group> | undefined;
}

export type Written = Readonly<Record<string, Json>>;
type Reducers = Readonly<Record<string, Reducer>>;

export function openFields(graph: GraphData, input: Written): Fields {
  const fields: Fields = {
    graph,
    analysis: analyse(graph),
    plain: new Map(),
    reduced: undefined,
    groups: undefined,
  };
  for (const field of Object.keys(input)) {
    const value = input[field];
    if (value !== undefined) fields.plain.set(field, value);
  }
  return fields;
}

/**
 * What a reader of a field finds, overlaid with what it writes there itself: the state's own value, which is nobody's to change.
 * @throws TroupeError `REDUCER_FAILED`
 */
export function readField(fields: Fields, field: string, reducers: Reducers, own?: Json): Json | undefined {
  const reduce = fields.graph.state[field]?.reduce;
  if (!reduce) return own === undefined ? fields.plain.get(field) : own;
  if (reduce === "append") return own === undefined ? listOf(fields, field).items : cutWith(listOf(fields, field), copyOf(own));
  if (reduce === "sum") return own === undefined ? sumOf(fields, field) : sumOf(fields, field) + (own as number);
  return totalOf(fields, field, () => present(reducers[reduce], "reducer"), own);
}

/** The same, for whoever may change what it is handed; the items of a list that grows are frozen, and shared by all its readers. */
export function handField(fields: Fields, field: string, reducers: Reducers, own?: Json): Json | undefined {
  if (fields.graph.state[field]?.reduce !== "append") return copyOf(readField(fields, field, reducers, own));
  const list = listOf(fields, field);
  return own === undefined ? cut(list) : cutWith(list, copyOf(own));
}

function reducedIn(fields: Fields, field: string): Reduced {
  const reduced = (fields.reduced ??= new Map());
  let one = reduced.get(field);
  if (!one) reduced.set(field, (one = { contributions: [] }));
  return one;
}

function listOf(fields: Fields, field: string): Growing {
  const one = reducedIn(fields, field);
  const before = () => (fields.plain.get(field) as Json[] | undefined) ?? [];
  return (one.list ??= growing([...before(), ...one.contributions.map(({ value }) => value)]));
}

function sumOf(fields: Fields, field: string): number {
  const one = reducedIn(fields, field);
  const before = () => (fields.plain.get(field) as number | undefined) ?? 0;
  return (one.sum ??= one.contributions.reduce((sum, { value }) => sum + (value as number), before()));
}

/** Each contribution is folded once, unless another comes before it. */
function totalOf(fields: Fields, field: string, reducer: () => Reducer, own: Json | undefined): Json | undefined {
  const { graph, plain } = fields;
  const fold = (all: readonly Json[]) => (all.length < 2 ? all[0] : foldWith(reducer(), all, { graph, field }));
  const one = reducedIn(fields, field);
  const before = one.total;
  const base = before ? before.total : plain.get(field);
  const since = one.contributions.slice(before?.count).map(({ value }) => value);
  const total = fold(base === undefined ? since : [base, ...since]);
  if (total === undefined) return own;
  one.total = { count: one.contributions.length, total };
  return own === undefined ? total : fold([total, own]);
}

/**
 * What an occurrence takes, as its own copy: state fields by name, an `each`'s item in place of its field, and bound constants.
 * @throws TroupeError `REDUCER_FAILED`
 */
export function inputOf(fields: Fields, node: string, item: number | undefined, reducers: Reducers): Record<string, Json> {
  const { read, set } = present(fields.graph.nodes[node], "node");
  const one = item === undefined ? undefined : itemOf(fields, node, item, reducers);
  const input: Record<string, Json> = {};
  for (const name of Object.keys(set)) input[name] = copyOf(set[name] ?? null);
  for (const name of Object.keys(read)) {
    const field = present(read[name], "field");
    const value = one && field === one.as ? copyOf(one.value) : handField(fields, field, reducers);
    if (value !== undefined) input[name] = value;
  }
  return input;
}

/** An item of an `each`, and the field that it stands in. */
function itemOf(fields: Fields, node: string, item: number, reducers: Reducers) {
  const group = fields.groups?.get(node);
  if (!group) return undefined;
  // Its own list, since one that takes contributions grows.
  group.items ??= (readField(fields, group.from, reducers) as Json[]).slice();
  return { as: fields.analysis.eaches.get(node)?.as, value: group.items[item] };
}

/** Takes up what an occurrence wrote, in the rounds that the loops around its node are in. */
export function writeOutput(
  fields: Fields,
  node: string,
  item: number | undefined,
  output: Written,
  rounds: ReadonlyMap<string, number> | undefined,
): void {
  const group = fields.groups?.get(node);
  const { write } = present(fields.graph.nodes[node], "node");
  if (!group) {
    for (const name of Object.keys(write)) {
      const [field, value] = [write[name], output[name]];
      if (field !== undefined && value !== undefined) put(fields, field, node, rounds, undefined, value);
    }
    return;
  }
  const written: Record<string, Json> = {};
  for (const name of Object.keys(write)) {
    const [field, value] = [write[name], output[name]];
    if (field !== undefined && value !== undefined) written[field] = value;
  }
  group.outputs[present(item, "item")] = written;
  if (--group.left > 0) return;
  collect(fields, node, group.outputs);
  for (const [place, output] of group.outputs.entries())
    for (const [field, value] of Object.entries(output))
      if (fields.graph.state[field]?.reduce) put(fields, field, node, rounds, place, value);
  fields.groups?.delete(node);
}

/** A rule led to `next`: an `each` sets its items aside for its node. */
export function openGroup(fields: Fields, node: string, next: Next | undefined): void {
  if (!next || !("each" in next)) return;
  const rule = fields.graph.edges[node];
  if (rule?.kind !== "each") return;
  if (next.count === 0) collect(fields, rule.to, []);
  else (fields.groups ??= new Map()).set(rule.to, { from: rule.each, outputs: [], left: next.count });
}

function collect(fields: Fields, node: string, outputs: readonly Record<string, Json>[]): void {
  for (const [from, into] of Object.entries(fields.analysis.eaches.get(node)?.collect ?? {})) {
    fields.plain.set(
      into,
      outputs.map((output) => output[from] ?? null),
    );
  }
}

function put(
  fields: Fields,
  field: string,
  node: string,
  rounds: ReadonlyMap<string, number> | undefined,
  item: number | undefined,
  value: Json,
): void {
  const reduce = fields.graph.state[field]?.reduce;
  if (!reduce) {
    fields.plain.set(field, value);
    return;
  }
  const key = keyOf(fields.analysis, node, rounds, item);
  const one = reducedIn(fields, field);
  const { contributions, list, total } = one;
  const last = contributions.at(-1);
  if (last && compareKeys(last.key, key) > 0) {
    const place = insert(contributions, { key, value });
    one.sum = undefined;
    if (total && place < total.count) one.total = undefined;
    if (list) one.list = grownAmid(list, list.items.length + 1 - contributions.length + place, value);
    return;
  }
  contributions.push({ key, value });
  if (list) grow(list, value);
  else if (one.sum !== undefined) one.sum += value as number;
}
