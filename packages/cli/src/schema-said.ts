import { type JsonSchema, type Schema, schemaFromJson, TroupeError } from "@troupe/core";

/** What a schema said of itself, as a schema: where it has words that JSON Schema has not, the schema itself holds the values later. */
export function schemaSaid(json: JsonSchema, optional = false): Schema {
  try {
    return schemaFromJson(json, optional);
  } catch (error) {
    if (!(error instanceof TroupeError)) throw error;
    const say = () => ({ ...json });
    const validate = (value: unknown) => (value === undefined && !optional ? { issues: [{ message: "it is missing" }] } : { value });
    return { "~standard": { version: 1, vendor: "troupe", jsonSchema: { input: say, output: say }, validate } as Schema["~standard"] };
  }
}
