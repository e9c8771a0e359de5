import type { Issue } from "../error/issue.js";
import { didYouMean } from "../error/nearest.js";
import type { TestData } from "../graph/data.js";
import type { JsonSchema } from "../schema/json.js";
import { misfits, nameOf } from "../schema/misfits.js";
import { alternatives } from "../schema/resolve.js";
import type { Check } from "./look.js";
import { schemaRead } from "./read-schema.js";

const numeric = ["lt", "lte", "gt", "gte"];
const known = ["eq", "not", "in", ...numeric, "exists"];

/** Conditions as data that compare a field with what it can't be. */
export const comparisons: Check = ({ data }) =>
  Object.entries(data.edges).flatMap(([node, rule]) =>
    rule.kind !== "when"
      ? []
      : rule.cases.flatMap(({ when }, i) =>
          typeof when === "string"
            ? []
            : Object.entries(when).flatMap(([field, test]) => {
                const schema = schemaRead(data, field);
                return schema ? testIssues(schema, field, test, ["edges", node, i, "when", field], node) : [];
              }),
        ),
  );

function testIssues(schema: JsonSchema, field: string, test: TestData, path: Issue["path"], node: string): Issue[] {
  const issues: Issue[] = [];
  for (const [name, value] of Object.entries(test)) {
    if (!known.includes(name)) {
      const hint = didYouMean(name, known, `Tests are ${known.join(", ")}.`);
      issues.push({
        code: "unknown-test",
        path: [...path, name],
        names: { test: [name], field: [field], node: [node] },
        message: `There is no test "${name}".`,
        hint,
      });
      continue;
    }
    const wrong = numeric.includes(name)
      ? alternatives(schema, schema).some((one) => [undefined, "number", "integer"].includes(one.type as string) && !one.enum)
        ? undefined
        : `"${field}" is ${nameOf(schema)}, so "${name}" never holds`
      : name === "exists"
        ? undefined
        : (name === "in" && Array.isArray(value) ? value : [value])
            .map((one) => misfits(schema, one)[0]?.message)
            .filter((message) => message !== undefined)
            .map((message) => `"${field}" can't be this: ${message}`)[0];
    if (wrong === undefined) continue;
    issues.push({
      code: "test-type",
      path,
      names: { field: [field], node: [node] },
      message: `${wrong}.`,
      hint: `Compare "${field}" with what it can be: ${nameOf(schema)}.`,
    });
  }
  return issues;
}
