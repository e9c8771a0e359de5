import type { Issue } from "../error/issue.js";
import { didYouMean, listed, nearest } from "../error/nearest.js";
import type { RuleData } from "../graph/data.js";
import { misfits, nameOf } from "../schema/misfits.js";
import { valuesOf } from "../schema/resolve.js";
import type { Check, Look } from "./look.js";
import { schemaRead } from "./read-schema.js";

/** Rules under which something may match nothing: labels without a target, lists without `otherwise`; and labels that can't occur. */
export const labels: Check = ({ data, graph }) =>
  Object.entries(data.edges).flatMap(([node, rule]): readonly Issue[] => {
    if (rule.kind === "by") return byIssues(data, node, rule);
    if (rule.kind !== "when") return [];
    const written = graph?.edges[node];
    const last = Array.isArray(written) ? written.findIndex((one) => typeof one === "object" && "otherwise" in one) : -1;
    if (Array.isArray(written) && last >= 0 && last < written.length - 1) {
      const message = `What stands after the otherwise in the rule of "${node}" is never reached.`;
      return [
        { code: "otherwise-not-last", path: ["edges", node, last], names: { node: [node] }, message, hint: "Put the otherwise last." },
      ];
    }
    if (rule.otherwise) return [];
    const message = `Where no condition holds the rule of "${node}" leads nowhere.`;
    return [
      { code: "missing-otherwise", path: ["edges", node], names: { node: [node] }, message, hint: `End the list with { otherwise: … }.` },
    ];
  });

function byIssues(data: Look["data"], node: string, rule: Extract<RuleData, { kind: "by" }>): Issue[] {
  const schema = schemaRead(data, rule.by);
  if (!schema) return [];
  const path = ["edges", node];
  const values = valuesOf(schema);
  if (!values) {
    const plain =
      misfits(schema, "").length === 0 || misfits(schema, 0).length === 0 || schema.type === "string" || schema.type === "number";
    if (!plain && schema.type !== "integer") {
      const message = `"${rule.by}" holds no label: it is ${nameOf(schema)}.`;
      return [
        {
          code: "not-a-label",
          path: [...path, "by"],
          names: { field: [rule.by], node: [node] },
          message,
          hint: "Route by a field that is an enum, text, a number or yes and no.",
        },
      ];
    }
    if (rule.otherwise) return [];
    const message = `"${rule.by}" may be anything, and the rule of "${node}" has no otherwise.`;
    return [
      {
        code: "missing-otherwise",
        path,
        names: { field: [rule.by], node: [node] },
        message,
        hint: `Add otherwise, or declare "${rule.by}" as an enum.`,
      },
    ];
  }
  const known = values.map(String);
  const strange = Object.keys(rule.to).filter((label) => !known.includes(label));
  const meant = new Set(strange.map((label) => nearest(label, known)));
  const missing = known.filter((label) => !Object.hasOwn(rule.to, label) && !meant.has(label));
  return [
    ...strange.map((label): Issue => {
      const hint = didYouMean(label, known, `Its labels are ${listed(known)}.`);
      return {
        code: "unknown-label",
        path: [...path, "to", label],
        names: { label: [label], field: [rule.by], node: [node] },
        message: `"${rule.by}" is never "${label}".`,
        hint,
      };
    }),
    ...(missing.length === 0 || rule.otherwise
      ? []
      : [
          {
            code: "missing-label",
            path: [...path, "to"],
            names: { label: missing, field: [rule.by], node: [node] },
            message: `Where "${rule.by}" is ${missing.map((label) => `"${label}"`).join(" or ")} the rule of "${node}" leads nowhere.`,
            hint: `Give ${missing.length > 1 ? "each" : "it"} a target, or add otherwise.`,
          },
        ]),
  ];
}
