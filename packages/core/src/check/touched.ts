import { passes } from "../graph/choose.js";
import { fieldsOf } from "../graph/data.js";
import { objectFields } from "../schema/object-fields.js";
import { jsonSchemaOf } from "../schema/schema.js";
import type { Look } from "./look.js";
import { mayBeMissing } from "./may-be-missing.js";

type Known = Pick<Look, "mended" | "eaches" | "unknown" | "graph">;

/** Fields that are there from the start: inputs that must be given, and fields with a reducer, which are empty at worst. */
export function givenIn(look: Pick<Look, "data" | "graph" | "mended">): Set<string> {
  const { input, state } = look.mended;
  const reduced = Object.entries(state).flatMap(([field, { reduce }]) => (reduce === undefined ? [] : [field]));
  return new Set([...input.filter((field) => !mayBeMissing(look, field)), ...reduced]);
}

/** Fields a node may write to the state. What runs once an item writes to its item only, and to what collects. */
export function writesOf({ mended, eaches, unknown }: Known, node: string): readonly string[] {
  const each = eaches.get(node);
  // What a specialist writes whose fields are not known may be anything.
  if (!each && unknown.has(node)) return Object.keys(mended.state);
  return Object.values(each ? each.collect : mended.nodes[node]!.write);
}

/** Fields a node writes whenever it completes: not those of outputs it may leave out. */
export function surelyWritten({ mended, unknown, graph }: Known, node: string): readonly string[] {
  if (unknown.has(node)) return Object.keys(mended.state);
  const output = graph?.nodes[node] && objectFields(jsonSchemaOf(graph.nodes[node].specialist.output, "output"));
  return Object.entries(mended.nodes[node]!.write).flatMap(([key, field]) =>
    !output?.properties[key] || output.required.includes(key) ? [field] : [],
  );
}

/** What a node's rule needs to be there: where a missing field fails a test, that is no answer, unless the case asks whether it exists. */
export function ruleReads({ mended }: Pick<Known, "mended">, node: string): readonly string[] {
  const rule = mended.edges[node];
  if (!rule) return [];
  if (rule.kind !== "when") return fieldsOf(rule, mended.conditions);
  // What an earlier case would have caught, had it been missing.
  const there = new Set<string>();
  return rule.cases.flatMap(({ when }) => {
    if (typeof when === "string") return mended.conditions[when] ?? [];
    const tests = Object.entries(when);
    const needs = tests.flatMap(([field, test]) =>
      test.exists === undefined && test.not === undefined && !there.has(field) ? [field] : [],
    );
    if (tests.length === 1) for (const [field, test] of tests) if (passes(undefined, test)) there.add(field);
    return needs;
  });
}
