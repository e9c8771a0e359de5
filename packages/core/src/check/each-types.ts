import type { Issue } from "../error/issue.js";
import type { RuleData } from "../graph/data.js";
import { compatible } from "../schema/compatible.js";
import { listOf } from "../schema/hoisted.js";
import type { JsonSchema } from "../schema/json.js";
import { nameOf } from "../schema/misfits.js";
import { objectFields } from "../schema/object-fields.js";
import { alternatives } from "../schema/resolve.js";
import { jsonSchemaOf } from "../schema/schema.js";
import type { Check, Look } from "./look.js";
import { declaredIn, schemaRead } from "./read-schema.js";

type Each = Extract<RuleData, { readonly kind: "each" }>;

/** An `each` over what is no list, items of another type than what they stand as, lists that can't take what is collected, and what none collects. */
export const eachTypes: Check = (look) =>
  Object.entries(look.data.edges).flatMap(([node, rule]): readonly Issue[] =>
    rule.kind === "each"
      ? [...misfitItems(look, node, rule), ...wrongAtOnce(node, rule), ...uncollected(look, rule), ...misfitLists(look, node, rule)]
      : [],
  );

function misfitItems({ data }: Look, node: string, rule: Each): readonly Issue[] {
  const list = schemaRead(data, rule.each);
  const item = schemaRead(data, rule.as);
  const types = list ? alternatives(list, list).flatMap(({ type }) => type ?? []) : [];
  if (list && !types.every((type) => type === "array"))
    return [
      {
        code: "each-type",
        path: ["edges", node, "each"],
        names: { field: [rule.each], node: [node] },
        message: `"${rule.each}" is not a list: it is ${nameOf(list)}.`,
        hint: "Name a field that holds a list.",
      },
    ];
  const why = list && item && compatible(list, listOf(item), { bounds: true });
  if (!why) return [];
  return [
    {
      code: "each-type",
      path: ["edges", node, "as"],
      names: { field: [rule.as, rule.each], node: [node] },
      message: `An item of "${rule.each}" can't stand as "${rule.as}": ${why}.`,
      hint: `Declare "${rule.as}" in state as what the list holds.`,
    },
  ];
}

function wrongAtOnce(node: string, { atOnce }: Each): readonly Issue[] {
  if (atOnce === undefined || (Number.isInteger(atOnce) && atOnce >= 1)) return [];
  return [
    {
      code: "each-at-once",
      path: ["edges", node, "atOnce"],
      names: { node: [node] },
      message: `The each of "${node}" can't run ${atOnce} items at once.`,
      hint: "Give a whole number, 1 or more.",
    },
  ];
}

function uncollected({ data }: Look, { to, collect }: Each): readonly Issue[] {
  return Object.entries(data.nodes[to]?.write ?? {}).flatMap(([key, field]): Issue[] => {
    const declared = declaredIn(data, field);
    if (!declared || declared.reduce !== undefined || Object.hasOwn(collect, field)) return [];
    return [
      {
        code: "each-uncollected",
        path: ["nodes", to, "write", key],
        names: { field: [field], node: [to], output: [key] },
        message: `What "${to}" writes to "${field}" is its item's alone, and nothing collects it.`,
        hint: `Collect it into a list: collect: { ${field}: "…" }, or declare "${field}" with a reducer (append, sum).`,
      },
    ];
  });
}

function misfitLists(look: Look, node: string, { to, collect }: Each): readonly Issue[] {
  const { data } = look;
  const gives = Object.values(data.nodes[to]?.write ?? {});
  const optional = leftOut(look, to);
  const hint = `Collect what ${to} writes into lists: collect: { itemField: "listField" }.`;
  return Object.entries(collect).flatMap(([from, into]): Issue[] => {
    const path = ["edges", node, "collect", from];
    const [one, all] = [declaredIn(data, from), declaredIn(data, into)];
    if (!one || !all) return [];
    if (gives.length > 0 && !gives.includes(from)) {
      const message = `"${to}" does not write "${from}", so there is nothing to collect.`;
      return [{ code: "collect-unwritten", path, names: { field: [from], node: [to] }, message, hint }];
    }
    const why = all.reduce ? `it takes single contributions (${all.reduce})` : cantCollect(one.schema, all.schema, optional.has(from));
    if (!why) return [];
    const message = `"${into}" can't take the list of "${from}": ${why}.`;
    return [{ code: "collect-type", path, names: { field: [into, from], node: [to] }, message, hint }];
  });
}

/** Fields that a node may leave unwritten; none where its specialist's schema is not known. */
function leftOut({ data, graph, unknown }: Look, node: string): ReadonlySet<string> {
  const output = unknown.has(node) ? undefined : graph?.nodes[node]?.specialist.output;
  if (!output) return new Set();
  const { required = [] } = objectFields(jsonSchemaOf(output, "output")) ?? {};
  return new Set(Object.entries(data.nodes[node]?.write ?? {}).flatMap(([key, field]) => (required.includes(key) ? [] : [field])));
}

function cantCollect(one: JsonSchema, all: JsonSchema, leftOut: boolean): string | undefined {
  const why = compatible(listOf(one), all, { bounds: true });
  if (why !== undefined || !leftOut) return why;
  const gap = compatible({ type: "array", items: { type: "null" } }, all);
  return gap && "an item may leave it out, and null stands in its place";
}
