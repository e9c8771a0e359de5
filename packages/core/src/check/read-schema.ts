import type { GraphData } from "../graph/data.js";
import { listOf } from "../schema/hoisted.js";
import type { JsonSchema } from "../schema/json.js";

/** What a reader of a state field finds, as JSON Schema; undefined where the field or its reducer is not declared. */
export function schemaRead(data: GraphData, field: string): JsonSchema | undefined {
  if (!Object.hasOwn(data.state, field)) return undefined;
  const { schema, reduce } = data.state[field]!;
  if (reduce !== undefined && reduce !== "append" && reduce !== "sum" && !data.reducers.includes(reduce)) return undefined;
  return reduce === "append" ? listOf(schema) : schema;
}
