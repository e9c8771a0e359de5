import { dataOf, type GraphData } from "../graph/data.js";
import type { Graph } from "../graph/graph.js";
import { joined, type Label, type Labels, labelOf, onward, stepsOf } from "../schema/label.js";
import { holdsMark, isMarked } from "../schema/mark.js";
import type { Specialist } from "../specialist/specialist.js";
import { type Finding, refusals } from "./finding.js";
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
  const marks = new Map(
    Object.entries(data.state).map(([field, { schema }]) => [
      field,
      { private: holdsMark(schema, "private"), public: isMarked(schema, "public"), trusted: isMarked(schema, "trusted") },
    ]),
  );
  const fields = new Map<string, Label>();
  const readers = new Map<string, Set<string>>();
  const nodes = Object.keys(data.nodes);
  const itemOf = new Map<string, { each: string; as: string; collect: Readonly<Record<string, string>> }>();
  for (const rule of Object.values(data.edges)) if (rule.kind === "each") itemOf.set(rule.to, rule);
  const readOf = (node: string, field: string) => (itemOf.get(node)?.as === field ? itemOf.get(node)!.each : field);
  for (const node of nodes)
    for (const field of Object.values(data.nodes[node]!.read)) {
      const from = readOf(node, field);
      if (readers.has(from)) readers.get(from)!.add(node);
      else readers.set(from, new Set([node]));
    }

  const waiting = new Set(nodes);
  /** A field has one label more; who reads it is looked at again. */
  const put = (field: string, label: Label): void => {
    const own = marks.get(field);
    const before = fields.get(field) ?? {};
    const after = joined([
      before,
      labelOf(
        own?.private ? (label.private ?? { step: field }) : own?.public ? undefined : label.private,
        own?.trusted ? undefined : label.untrusted,
      ),
    ]);
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
    const collect = Object.entries(itemOf.get(node)?.collect ?? {});
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
    ...writesAt(node).flatMap(([field, label]): Flow["found"] => {
      const own = marks.get(field);
      const to = (way: Label["private"]) => stepsOf(onward(way, field)!);
      return [
        ...(own?.trusted && label.untrusted
          ? [{ code: "untrusted-source" as const, field, steps: to(label.untrusted), node, side: "write" as const }]
          : []),
        ...(own?.public && label.private
          ? [{ code: "private-leak" as const, field, steps: to(label.private), node, side: "write" as const }]
          : []),
      ];
    }),
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
