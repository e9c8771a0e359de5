import type { JsonSchema } from "../schema/json.js";
import type { ModelCard } from "./model.js";
import { plainSchema } from "./plain-schema.js";

/**
 * The call options that hold a model to a JSON Schema, by what its card says; undefined where it takes none. A grammar's model, which
 * shows the schema to itself, hears where the prompt has `told` it already.
 */
export function constrain(structured: ModelCard["structured"], schema: JsonSchema, told: boolean): Record<string, unknown> | undefined {
  if (structured === "format") return { format: plainSchema(schema, ["minLength", "maxLength", "minimum", "maximum", "format"]) };
  if (structured === "grammar")
    return { response_format: { type: "json_schema", json_schema: { name: "answer", schema, strict: true, ...(told ? { told } : {}) } } };
  if (structured !== "response_format") return undefined;
  const plain = plainSchema(schema, ["minimum", "maximum"]);
  const closed = plain.type === "object" ? close(plain) : undefined;
  const json_schema = { name: "answer", schema: closed ?? plain, strict: closed !== undefined };
  return { response_format: { type: "json_schema", json_schema } };
}

/**
 * The schema as OpenAI's strict mode wants it: every object names all its properties, requires them and takes no others. Undefined
 * where that would be another schema.
 */
function close(schema: JsonSchema): JsonSchema | undefined {
  let fits = true;
  const visit = (part: unknown, key = ""): unknown => {
    if (Array.isArray(part)) return part.map((one) => visit(one));
    if (typeof part !== "object" || part === null) return part;
    if (key === "properties" || key === "$defs") return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, visit(one)]));
    if (["enum", "const", "default"].includes(key)) return part;
    const inner = Object.fromEntries(Object.entries(part).map(([name, one]) => [name, visit(one, name)]));
    if (inner.type !== "object") return inner;
    const names = Object.keys((inner.properties as object) ?? {});
    const required = (inner.required ?? []) as readonly string[];
    if (names.length === 0 || names.some((name) => !required.includes(name)) || inner.additionalProperties) fits = false;
    return { ...inner, additionalProperties: false };
  };
  const closed = visit(schema) as JsonSchema;
  return fits ? closed : undefined;
}
