import type { Reduced } from "../graph/reducer.js";
import { type MediaKind, media } from "../media/media.js";
import type { Json, JsonSchema } from "../schema/json.js";
import { jsonSchemaOf, type Schema } from "../schema/schema.js";
import { schemaFromJson } from "../schema/schema-from-json.js";

/** A type as a graph file writes it: `string?`, `audio`, `{ list: string }`, `{ object: { name: string } }`, `{ enum: […] }`, JSON Schema. */
type Notation = string | { readonly [key: string]: any };

/** A state field as a graph file writes it: a type, `{ append }`, `{ sum }`, or `{ reduce, of }`. */
export function fieldFrom(written: Notation): Schema | Reduced {
  if (typeof written !== "string") {
    if ("append" in written) return { reduce: "append", schema: schemaFrom(written.append) };
    if ("sum" in written) return { reduce: "sum", schema: schemaFrom(written.sum) };
    if ("reduce" in written) return { reduce: written.reduce, schema: schemaFrom(written.of) };
  }
  return schemaFrom(written);
}

function schemaFrom(written: Notation): Schema {
  return schemaFromJson(jsonFrom(written), isOptional(written));
}

const isOptional = (written: Notation) => (typeof written === "string" ? written.endsWith("?") : "optional" in written);

/** A type in the file's notation as JSON Schema. */
function jsonFrom(written: Notation): JsonSchema {
  if (typeof written === "string") {
    const name = written.replace(/\?$/, "");
    if (name === "any") return {};
    return name in media ? jsonSchemaOf(media[name as MediaKind](), "output") : { type: name };
  }
  if ("optional" in written) return jsonFrom(written.optional);
  if ("list" in written) return { type: "array", items: jsonFrom(written.list) };
  if ("object" in written) {
    const fields: [string, Notation][] = Object.entries(written.object);
    return {
      type: "object",
      properties: Object.fromEntries(fields.map(([name, type]) => [name, jsonFrom(type)])),
      required: fields.filter(([, type]) => !isOptional(type)).map(([name]) => name),
    };
  }
  // In the enum of a file the type goes without saying.
  const values = written.enum as readonly Json[] | undefined;
  const type = values?.every((value) => typeof value === "string") ? { type: "string" } : {};
  return { ...type, ...written };
}
