import { TroupeError } from "../error/error.js";
import type { JsonSchema } from "./json.js";
import { misfits } from "./misfits.js";
import type { Schema } from "./schema.js";
import { isPlain, standardOf } from "./standard.js";

/**
 * A Standard Schema that holds values to a JSON Schema (draft 2020-12) and gives them as they are; an optional one takes `undefined` too,
 * and where the schema has a `default`, that stands where nothing is given.
 * @throws TroupeError `SCHEMA_UNHELD` for keywords and formats of which nothing is known, patterns that are none, references that lead
 * nowhere: they would be ignored
 * @example schemaFromJson({ type: "array", items: { type: "string" }, uniqueItems: true })
 */
export function schemaFromJson(json: JsonSchema, optional = false): Schema {
  const holds = holderOf(json);
  const say = () => ({ ...json });
  return {
    "~standard": {
      version: 1,
      vendor: "troupe",
      jsonSchema: { input: say, output: say },
      validate(value: unknown) {
        const given = value === undefined ? json.default : value;
        if (given === undefined) return optional ? { value: given } : { issues: [{ message: "it is missing" }] };
        const issues = holds(given);
        return issues.length ? { issues } : { value: given };
      },
    } as Schema["~standard"],
  };
}

/** The standard decides; what our own words say of a value that it refuses comes first. */
function holderOf(json: JsonSchema): (value: unknown) => readonly { path: readonly (string | number)[]; message: string }[] {
  const ours = (value: unknown) => misfits(json, value).map(({ path, message }) => ({ path, message }));
  if (isPlain(json)) return ours;
  const standard = standardOf(json);
  if ("unheld" in standard) {
    throw new TroupeError("SCHEMA_UNHELD", `A JSON Schema says what values cannot be held to: ${standard.unheld.join("; ")}`, {
      hint: "Put it right, or leave it out and say it in the description.",
    });
  }
  return (value) => {
    const found = standard.holds(value);
    const said = found.length ? ours(value) : [];
    return said.length ? said : found;
  };
}
