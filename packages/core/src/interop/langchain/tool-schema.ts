import { createRequire } from "node:module";
import type { JsonSchema } from "../../schema/json.js";
import { jsonSchemaOf, type Schema } from "../../schema/schema.js";
import { schemaFromJson } from "../../schema/schema-from-json.js";

/**
 * What a LangChain tool takes, as a schema that changes nothing: the tool reads its own defaults and transforms, and must not do so
 * twice. Its schema may be of zod 4, of zod 3, or JSON Schema.
 */
export function toolSchema(schema: unknown): Schema {
  const { "~standard": standard, _zod: zod4, safeParse } = Object(schema);
  if (zod4 !== undefined || standard?.jsonSchema !== undefined) return schemaFromJson(jsonSchemaOf(schema as Schema, "input"));
  return schemaFromJson(plain(typeof safeParse === "function" ? ofZod3(schema) : (schema as JsonSchema)));
}

/** Who has a schema of zod 3 has LangChain, which knows how to write it; it is required, since specialists are made at once. */
function ofZod3(schema: unknown): JsonSchema {
  const { toJsonSchema } = createRequire(import.meta.url)("@langchain/core/utils/json_schema") as {
    toJsonSchema(schema: unknown): JsonSchema;
  };
  return toJsonSchema(schema);
}

const plain = ({ $schema: _, ...json }: JsonSchema): JsonSchema => json;
