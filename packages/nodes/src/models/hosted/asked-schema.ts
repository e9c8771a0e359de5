import type { JsonSchema } from "@troupe/core";

/** The JSON Schema that a call's option asks an answer to fit, written as OpenAI does. */
export function askedSchema(options: object | undefined): JsonSchema | undefined {
  const { response_format } = Object(options);
  return response_format?.type === "json_schema" ? response_format.json_schema.schema : undefined;
}
