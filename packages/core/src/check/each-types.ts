import { listOf } from "../graph/hoisted.js";
import type { Issue } from "../graph/issue.js";
import { alternatives } from "../graph/resolve.js";
import { compatible } from "./compatible.js";
import type { Check } from "./look.js";
import { nameOf } from "./misfits.js";
import { schemaRead } from "./read-schema.js";

/** An `each` over what is no list, items of another type than what they stand as, and lists that can't take what is collected. */
export const eachTypes: Check = ({ data }) =>
  Object.entries(data.edges).flatMap(([node, rule]): Issue[] => {
    if (rule.kind !== "each") return [];
    const issues: Issue[] = [];
    const path = ["edges", node];
    const list = schemaRead(data, rule.each);
    const item = schemaRead(data, rule.as);
    const lists = list && alternatives(list, list).filter((one) => one.type !== undefined);
    if (list && lists!.length > 0 && !lists!.every((one) => one.type === "array")) {
      const message = `"${rule.each}" is not a list: it is ${nameOf(list)}.`;
      issues.push({ code: "each-type", path: [...path, "each"], message, hint: "Name a field that holds a list." });
    } else if (list && item) {
      const why = compatible(list, listOf(item));
      const message = `An item of "${rule.each}" can't stand as "${rule.as}": ${why}.`;
      if (why)
        issues.push({ code: "each-type", path: [...path, "as"], message, hint: `Declare "${rule.as}" in state as what the list holds.` });
    }
    if (rule.atOnce !== undefined && (!Number.isInteger(rule.atOnce) || rule.atOnce < 1)) {
      const message = `${rule.atOnce} items can't run at once.`;
      issues.push({ code: "each-at-once", path: [...path, "atOnce"], message, hint: "Give a whole number, 1 or more." });
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
          message: `"${rule.to}" does not write "${from}", so there is nothing to collect.`,
          hint,
        });
        continue;
      }
      const why = all.reduce ? `it takes single contributions (${all.reduce})` : compatible(listOf(one.schema), all.schema);
      if (why) issues.push({ code: "collect-type", path: at, message: `"${into}" can't take the list of "${from}": ${why}.`, hint });
    }
    return issues;
  });
