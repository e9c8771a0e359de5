import { type Analysis, analyse } from "../engine/analysis.js";
import type { Next } from "../engine/record.js";
import type { GraphData } from "../graph/data.js";
import { TroupeError } from "../graph/error.js";
import type { Reducer } from "../graph/graph.js";
import type { Json } from "../graph/json.js";
import { copyOf } from "./copy-of.js";
import { messageOf } from "./failure.js";
import { plainJson } from "./plain-json.js";

interface Contribution {
  readonly key: readonly number[];
  readonly value: Json;
}

interface Group {
  /** The list's field; its items are read when the first one starts, which is after the fold of a journal. */
  readonly from: string;
  items?: readonly Json[];
  readonly outputs: Record<string, Json>[];
  left: number;
}

/** The state fields of one graph frame: a fold over the frame's completed occurrences. */
export interface Values {
  readonly graph: GraphData;
  readonly analysis: Analysis;
  readonly plain: Map<string, Json>;
  /** What reduced fields took so far, folded only when read. */
  readonly reduced: Map<string, Contribution[]>;
  /** Items of an `each` under way, by the node that runs them. */
  readonly groups: Map<string, Group>;
}

export function openValues(graph: GraphData, input: Readonly<Record<string, Json>>): Values {
  const values: Values = { graph, analysis: analyse(graph), plain: new Map(), reduced: new Map(), groups: new Map() };
  for (const [field, value] of Object.entries(input)) if (value !== undefined) values.plain.set(field, value);
  return values;
}

/**
 * What a reader of a field finds, overlaid with what it writes there itself. Contributions are folded in the graph's order, never in
 * order of arrival.
 * @throws TroupeError `REDUCER_FAILED`
 */
export function readValue(values: Values, field: string, reducers: Readonly<Record<string, Reducer>>, own?: Json): Json | undefined {
  const reduce = values.graph.state[field]?.reduce;
  const base = values.plain.get(field);
  if (!reduce) return own === undefined ? base : own;
  const contributions = [...(values.reduced.get(field) ?? [])].sort((a, b) => compare(a.key, b.key)).map((c) => c.value);
  if (own !== undefined) contributions.push(own);
  if (reduce === "append") return [...((base as Json[] | undefined) ?? []), ...contributions];
  if (reduce === "sum") return (contributions as number[]).reduce((sum, number) => sum + number, (base as number | undefined) ?? 0);
  const all = base === undefined ? contributions : [base, ...contributions];
  if (all.length < 2) return all[0];
  const failed = (what: string, hint: string, cause?: unknown) =>
    new TroupeError("REDUCER_FAILED", `The reducer ${reduce} ${what}`, { graph: values.graph.name, field, hint, cause });
  const once = (total: Json, next: Json): Json => {
    const folded: unknown = reducers[reduce]!(total, next);
    if (typeof Object(folded).then === "function") {
      Promise.resolve(folded).catch(() => {}); // it is not waited for, so nobody else hears it fail
      throw failed("gives a promise", "Reducers answer at once: (total, next) => ….");
    }
    return folded as Json;
  };
  const refuse = (what: string, path: readonly string[]): never => {
    throw failed(
      `gives ${what}${path.length ? ` in ${path.join(".")}` : ""}, which a journal cannot keep`,
      "Let it return plain JSON values.",
    );
  };
  try {
    // Copies, since a reducer may well change what it is given, and keep what it gives.
    const folded = all.map(copyOf).reduce(once) as Json | undefined;
    return folded === undefined ? refuse("nothing", []) : plainJson(folded, refuse);
  } catch (cause) {
    if (cause instanceof TroupeError) throw cause;
    throw failed(`threw: ${messageOf(cause)}`, "See its cause.", cause);
  }
}

/** What an occurrence takes: state fields by name, an `each`'s item in place of its field, and bound constants. */
export function inputOf(
  values: Values,
  node: string,
  item: number | undefined,
  reducers: Readonly<Record<string, Reducer>>,
): Record<string, Json> {
  const { read, set } = values.graph.nodes[node]!;
  const group = item === undefined ? undefined : values.groups.get(node)!;
  const as = group && values.analysis.eaches.get(node)?.as;
  if (group) group.items ??= readValue(values, group.from, reducers) as Json[];
  const input: Record<string, Json> = { ...set };
  for (const [name, field] of Object.entries(read)) {
    const value = field === as ? group!.items![item!] : readValue(values, field, reducers);
    if (value !== undefined) input[name] = value;
  }
  return input;
}

/**
 * Takes up what an occurrence wrote. `path` is its path inside the frame; what items wrote is kept until the last one is there, so that none
 * of them sees what another contributes.
 */
export function writeOutput(values: Values, node: string, path: string, output: Readonly<Record<string, Json>>): void {
  const group = values.groups.get(node);
  const { write } = values.graph.nodes[node]!;
  const written = Object.entries(write).flatMap(([name, field]) => (output[name] === undefined ? [] : [[field, output[name]] as const]));
  if (!group) {
    for (const [field, value] of written) put(values, field, keyOf(values.analysis, node, path), value);
    return;
  }
  group.outputs[Number(/\[(\d+)\]$/.exec(path)![1])] = Object.fromEntries(written);
  if (--group.left > 0) return;
  collect(values, node, group.outputs);
  const key = keyOf(values.analysis, node, path);
  for (const [item, output] of group.outputs.entries())
    for (const [field, value] of Object.entries(output)) if (values.graph.state[field]?.reduce) put(values, field, [...key, item], value);
  values.groups.delete(node);
}

/** A rule led to `next`: an `each` sets its items aside for its node. */
export function openItems(values: Values, node: string, next: Next | undefined): void {
  if (!next || !("each" in next)) return;
  const rule = values.graph.edges[node]!;
  if (rule.kind !== "each") return;
  if (next.count === 0) collect(values, rule.to, []);
  else values.groups.set(rule.to, { from: rule.each, outputs: [], left: next.count });
}

function collect(values: Values, node: string, outputs: readonly Record<string, Json>[]): void {
  for (const [from, into] of Object.entries(values.analysis.eaches.get(node)?.collect ?? {})) {
    values.plain.set(
      into,
      outputs.map((output) => output[from] ?? null),
    );
  }
}

function put(values: Values, field: string, key: readonly number[], value: Json): void {
  if (!values.graph.state[field]?.reduce) values.plain.set(field, value);
  else {
    const contributions = values.reduced.get(field);
    if (contributions) contributions.push({ key, value });
    else values.reduced.set(field, [{ key, value }]);
  }
}

/** Iteration, then the node's place in the graph: for each loop around it its head's place and round, then its own; an item's place follows. */
function keyOf({ around, order }: Analysis, node: string, path: string): readonly number[] {
  const rounds = [...path.matchAll(/@(\d+)/g)].map((m) => Number(m[1]));
  return [...around[node]!.flatMap((head, i) => [order[head]!, rounds[i]!]), order[node]!];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
