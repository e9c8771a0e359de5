import { dataOf, type GraphData } from "../graph/data.js";
import type { Graph } from "../graph/graph.js";
import { joined, type Label, type Labels, labelOf } from "../schema/label.js";
import { holdsMark, isMarked } from "../schema/mark.js";
import type { Specialist } from "../specialist/specialist.js";
import { type Finding, refusals, unkept } from "./finding.js";
import type { Passage } from "./passage.js";
import { arrived, passed } from "./passed.js";

/** Where values come from in a graph, whatever way a run takes. */
export interface Flow {
  /** Labels of state fields. */
  readonly fields: ReadonlyMap<string, Label>;
  /** Labels of what a node is given. */
  takes(node: string): Labels;
  /** What no run may do, with the node it is at. */
  readonly found: readonly (Finding & { readonly node: string; readonly side: "read" | "write" })[];
}

/**
 * Follows labels along a graph's edges until nothing changes: a field has what any node may write there. Without `given`, inputs have what
 * their marks say: who starts a run vouches for those marked trusted.
 */
export function graphFlow(
  graph: Graph,
  passageOf: (specialist: Specialist) => Passage,
  given?: Labels,
  data: GraphData = dataOf(graph),
): Flow {
  const marks = marksOf(data);
  const fields = new Map<string, Label>();
  const nodes = Object.keys(data.nodes);
  const eaches = new Map(Object.values(data.edges).flatMap((rule) => (rule.kind === "each" ? [[rule.to, rule] as const] : [])));
  const readOf = (node: string, field: string) => (eaches.get(node)?.as === field ? eaches.get(node)!.each : field);
  const readers = readersOf(data, readOf);

  const waiting = new Set(nodes);
  /** A field has one label more; who reads it is looked at again. */
  const put = (field: string, label: Label): void => {
    const before = fields.get(field) ?? {};
    const after = joined([before, labelIn(field, marks.get(field), label)]);
    if (fields.has(field) && !before.private === !after.private && !before.untrusted === !after.untrusted) return;
    fields.set(field, after);
    for (const reader of readers.get(field) ?? []) waiting.add(reader);
  };
  for (const field of data.input) put(field, given?.[field] ?? { untrusted: { step: field } });

  const passageAt = (node: string) => passageOf(graph.nodes[node]!.specialist as Specialist);
  const takes = (node: string): Labels => {
    const { read, set } = data.nodes[node]!;
    return arrived(
      node,
      passageAt(node),
      Object.fromEntries([
        ...Object.keys(set).map((input) => [input, {}] as const),
        ...Object.entries(read).map(([input, field]) => [input, fields.get(readOf(node, field)) ?? {}] as const),
      ]),
    );
  };
  const givesAt = (node: string) => passed(node, passageAt(node), takes(node));
  const writesAt = (node: string) => {
    const { write } = data.nodes[node]!;
    const labels = Object.entries(givesAt(node)).map(([output, label]) => [write[output] ?? output, label] as const);
    const collect = Object.entries(eaches.get(node)?.collect ?? {});
    return [
      ...labels,
      ...collect.flatMap(([from, into]) => labels.flatMap(([field, label]) => (field === from ? [[into, label] as const] : []))),
    ];
  };
  for (const node of waiting) {
    waiting.delete(node);
    for (const [field, label] of writesAt(node)) put(field, label);
  }

  const found = nodes.flatMap((node): Flow["found"] => [
    ...refusals(node, passageAt(node), takes(node)).map((one) => ({ ...one, node, side: "read" as const })),
    ...writesAt(node).flatMap(([field, label]) =>
      unkept(marks.get(field), field, field, label).map((one) => ({ ...one, node, side: "write" as const })),
    ),
  ]);
  const known = new Map<string, Labels>();
  return {
    fields,
    takes(node) {
      let labels = known.get(node);
      if (!labels) known.set(node, (labels = takes(node)));
      return labels;
    },
    found,
  };
}

/** What a state field is marked as. */
interface Marks {
  readonly private: boolean;
  readonly public: boolean;
  readonly trusted: boolean;
}

const marksOf = (data: GraphData): ReadonlyMap<string, Marks> =>
  new Map(
    Object.entries(data.state).map(([field, { schema }]) => [
      field,
      { private: holdsMark(schema, "private"), public: isMarked(schema, "public"), trusted: isMarked(schema, "trusted") },
    ]),
  );

/** Nodes by the fields from which they read. */
function readersOf(data: GraphData, readOf: (node: string, field: string) => string): ReadonlyMap<string, ReadonlySet<string>> {
  const readers = new Map<string, Set<string>>();
  for (const [node, { read }] of Object.entries(data.nodes))
    for (const field of Object.values(read)) {
      const from = readOf(node, field);
      if (readers.has(from)) readers.get(from)!.add(node);
      else readers.set(from, new Set([node]));
    }
  return readers;
}

/** The label that a value has in a field: what the field is marked as, the value is. */
const labelIn = (field: string, own: Marks | undefined, label: Label): Label =>
  labelOf(
    own?.private ? (label.private ?? { step: field }) : own?.public ? undefined : label.private,
    own?.trusted ? undefined : label.untrusted,
  );
