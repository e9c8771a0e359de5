import type { JsonSchema } from "../../graph/json.js";
import type { Schema } from "../../graph/schema.js";
import { misfits } from "../misfits.js";

/** A Standard Schema that holds values to a JSON Schema and gives them as they are; an optional one takes `undefined` too. */
export function schemaFromJson(json: JsonSchema, optional = false): Schema {
  const say = () => ({ ...json });
  return {
    "~standard": {
      version: 1,
      vendor: "troupe",
      jsonSchema: { input: say, output: say },
      validate(value: unknown) {
        if (value === undefined) return optional ? { value } : { issues: [{ message: "it is missing" }] };
        const issues = misfits(json, value).map(({ path, message }) => ({ path, message }));
        return issues.length ? { issues } : { value };
      },
    } as Schema["~standard"],
  };
}
