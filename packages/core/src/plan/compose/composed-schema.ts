import { after, type Soon } from "../../schema/after.js";
import { hoisted, some } from "../../schema/hoisted.js";
import { objectFields } from "../../schema/object-fields.js";
import { isRecord } from "../../schema/say.js";
import { jsonSchemaOf, type Schema, standing } from "../../schema/schema.js";

/**
 * The part of a team's output that a model writes. It is held to the schema of the whole, beside what the plan gave, and stands as it was
 * written, since the whole is parsed once more.
 */
export function composedSchema(whole: Schema, names: readonly string[], others: Readonly<Record<string, unknown>>): Schema {
  const { properties, required } = objectFields(jsonSchemaOf(whole)) ?? { properties: {}, required: [] };
  const parts = names.map((name) => [name, hoisted(properties[name] ?? {}, name)] as const);
  const json = () => ({
    type: "object",
    properties: Object.fromEntries(parts.map(([name, { part }]) => [name, part])),
    required: required.filter((name) => names.includes(name)),
    additionalProperties: false,
    ...some(Object.assign({}, ...parts.map(([, { $defs }]) => $defs))),
  });
  return {
    "~standard": {
      version: 1,
      vendor: "troupe",
      jsonSchema: { input: json, output: json },
      validate: (value: unknown): Soon<any> => {
        if (!isRecord(value)) return { issues: [{ message: "expected an object" }] };
        const written = Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
        const blank = required.filter((name) => typeof written[name] === "string" && written[name].trim() === "");
        if (blank.length > 0) return { issues: blank.map((name) => ({ message: "expected a text that says something", path: [name] })) };
        return after(standing(whole, undefined)["~standard"].validate({ ...others, ...written }), ({ issues = [] }) => {
          // What is wrong with the others no model can put right.
          const own = issues.filter(({ path }) => !path?.length || names.includes(String(Object(path[0]).key ?? path[0])));
          return own.length > 0 ? { issues: own } : { value: written };
        });
      },
    } as Schema["~standard"],
  };
}
