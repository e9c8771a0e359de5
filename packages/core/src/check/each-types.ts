import type { Issue } from "../error/issue.js";
import { compatible } from "../schema/compatible.js";
import { listOf } from "../schema/hoisted.js";
import type { JsonSchema } from "../schema/json.js";
import { nameOf } from "../schema/misfits.js";
import { objectFields } from "../schema/object-fields.js";
import { alternatives } from "../schema/resolve.js";
import { jsonSchemaOf } from "../schema/schema.js";
import type { Check } from "./look.js";
import { schemaRead } from "./read-schema.js";

/** An `each` over what is no list, items of another type than what they stand as, lists that can't take what is collected, and what none collects. */
export const eachTypes: Check = ({ data, graph, unknown }) =>
  Object.entries(data.edges).flatMap(([node, rule]): Issue[] => {
    if (rule.kind !== "each") return [];
    const issues: Issue[] = [];
    const path = ["edges", node];
    const list = schemaRead(data, rule.each);
    const item = schemaRead(data, rule.as);
    const lists = list && alternatives(list, list).filter((one) => one.type !== undefined);
    if (list && lists!.length > 0 && !lists!.every((one) => one.type === "array")) {
      const message = `"${rule.each}" is not a list: it is ${nameOf(list)}.`;
      issues.push({
        code: "each-type",
        path: [...path, "each"],
        names: { field: [rule.each], node: [node] },
        message,
        hint: "Name a field that holds a list.",
      });
    } else if (list && item) {
      const why = compatible(list, listOf(item), { bounds: true });
      const message = `An item of "${rule.each}" can't stand as "${rule.as}": ${why}.`;
      if (why)
        issues.push({
          code: "each-type",
          path: [...path, "as"],
          names: { field: [rule.as, rule.each], node: [node] },
          message,
          hint: `Declare "${rule.as}" in state as what the list holds.`,
        });
    }
    if (rule.atOnce !== undefined && (!Number.isInteger(rule.atOnce) || rule.atOnce < 1)) {
      const message = `The each of "${node}" can't run ${rule.atOnce} items at once.`;
      issues.push({
        code: "each-at-once",
        path: [...path, "atOnce"],
        names: { node: [node] },
        message,
        hint: "Give a whole number, 1 or more.",
      });
    }
    const output = unknown.has(rule.to) ? undefined : graph?.nodes[rule.to]?.specialist.output;
    const { required = [] } = (output && objectFields(jsonSchemaOf(output, "output"))) ?? {};
    const written = Object.entries(data.nodes[rule.to]?.write ?? {});
    const leftOut = new Set(output ? written.flatMap(([key, field]) => (required.includes(key) ? [] : [field])) : []);
    for (const [key, field] of written) {
      if (!Object.hasOwn(data.state, field) || data.state[field]!.reduce !== undefined || Object.hasOwn(rule.collect, field)) continue;
      const message = `What "${rule.to}" writes to "${field}" is its item's alone, and nothing collects it.`;
      const hint = `Collect it into a list: collect: { ${field}: "…" }, or declare "${field}" with a reducer (append, sum).`;
      issues.push({
        code: "each-uncollected",
        path: ["nodes", rule.to, "write", key],
        names: { field: [field], node: [rule.to], output: [key] },
        message,
        hint,
      });
    }
    const gives = Object.hasOwn(data.nodes, rule.to) ? Object.values(data.nodes[rule.to]!.write) : undefined;
    for (const [from, into] of Object.entries(rule.collect)) {
      const at = [...path, "collect", from];
      if (!Object.hasOwn(data.state, from) || !Object.hasOwn(data.state, into)) continue;
      const [one, all] = [data.state[from]!, data.state[into]!];
      const hint = `Collect what ${rule.to} writes into lists: collect: { itemField: "listField" }.`;
      if (gives && gives.length > 0 && !gives.includes(from)) {
        issues.push({
          code: "collect-unwritten",
          path: at,
          names: { field: [from], node: [rule.to] },
          message: `"${rule.to}" does not write "${from}", so there is nothing to collect.`,
          hint,
        });
        continue;
      }
      const why = all.reduce ? `it takes single contributions (${all.reduce})` : cantCollect(one.schema, all.schema, leftOut.has(from));
      if (why)
        issues.push({
          code: "collect-type",
          path: at,
          names: { field: [into, from], node: [rule.to] },
          message: `"${into}" can't take the list of "${from}": ${why}.`,
          hint,
        });
    }
    return issues;
  });

function cantCollect(one: JsonSchema, all: JsonSchema, leftOut: boolean): string | undefined {
  const why = compatible(listOf(one), all, { bounds: true });
  if (why !== undefined || !leftOut) return why;
  const gap = compatible({ type: "array", items: { type: "null" } }, all);
  return gap && "an item may leave it out, and null stands in its place";
}
