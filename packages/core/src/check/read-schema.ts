import type { GraphData } from "../graph/data.js";
import type { JsonSchema } from "../graph/json.js";

/** What a reader of a state field finds, as JSON Schema; undefined where the field is not declared. */
export function schemaRead(data: GraphData, field: string): JsonSchema | undefined {
  if (!Object.hasOwn(data.state, field)) return undefined;
  const { schema, reduce } = data.state[field]!;
  return reduce === "append" ? { type: "array", items: schema } : schema;
}
