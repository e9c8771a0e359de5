import type { Issue } from "../error/issue.js";
import { didYouMean } from "../error/nearest.js";
import { END } from "../graph/graph.js";
import type { Check } from "./look.js";

const builtIn = ["append", "sum"];

/** Conditions and reducers that do not exist, and names that mean something else already. */
export const names: Check = ({ data }) => {
  const conditions = Object.keys(data.conditions);
  const reducers = [...builtIn, ...data.reducers];
  const issues: Issue[] = [];
  for (const [node, rule] of Object.entries(data.edges)) {
    if (rule.kind !== "when") continue;
    for (const [i, { when }] of rule.cases.entries()) {
      if (typeof when !== "string" || conditions.includes(when)) continue;
      const hint = didYouMean(when, conditions, `Add it to conditions: { ${when}: { reads, test } }.`);
      issues.push({
        code: "unknown-condition",
        path: ["edges", node, i, "when"],
        names: { condition: [when], node: [node] },
        message: `There is no condition "${when}".`,
        hint,
      });
    }
  }
  for (const [field, { reduce }] of Object.entries(data.state)) {
    if (reduce === undefined || reducers.includes(reduce)) continue;
    const hint = didYouMean(reduce, reducers, `Add it to reducers, or use append or sum.`);
    issues.push({
      code: "unknown-reducer",
      path: ["state", field],
      names: { reducer: [reduce], field: [field] },
      message: `There is no reducer "${reduce}".`,
      hint,
    });
  }
  for (const reducer of data.reducers) {
    if (!builtIn.includes(reducer)) continue;
    issues.push({
      code: "reserved-name",
      path: ["reducers", reducer],
      names: { reducer: [reducer] },
      message: `"${reducer}" is a reducer that is built in.`,
      hint: "Give yours another name.",
    });
  }
  for (const node of Object.keys(data.nodes)) {
    const path = ["nodes", node];
    const names = { node: [node] };
    const hint = "Use letters, digits, - and _.";
    if (isReserved(node)) {
      issues.push({ code: "reserved-name", path, names, message: `A node can't be called "${node}".`, hint: "Give it another name." });
    } else if (node === "" || /[/@#[\]]/.test(node)) {
      issues.push({
        code: "node-name",
        path,
        names,
        message: `The node name "${node}" holds a character that paths of occurrences use.`,
        hint,
      });
    } else if (String(Number(node) >>> 0) === node) {
      const message = `A node can't be called "${node}": JavaScript puts such names in an order of its own, and the order of nodes means something.`;
      issues.push({ code: "node-name", path, names, message, hint: `Let it begin with a letter: n${node}.` });
    }
  }
  for (const [part, kind, keys] of [
    ["state", "field", Object.keys(data.state)],
    ["conditions", "condition", conditions],
  ] as const) {
    for (const key of keys.filter((key) => key in Object.prototype))
      issues.push({
        code: "reserved-name",
        path: [part, key],
        names: { [kind]: [key] },
        message: `"${key}" is a name of JavaScript's own.`,
        hint: "Give it another name.",
      });
  }
  return issues;
};

/** The end's name, and names that every JavaScript object has. */
export function isReserved(name: string): boolean {
  return name === END || name in Object.prototype;
}
