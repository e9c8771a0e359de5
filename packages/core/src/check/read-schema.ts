import type { FieldData, GraphData } from "../graph/data.js";
import { listOf } from "../schema/hoisted.js";
import type { JsonSchema } from "../schema/json.js";

/** What a reader of a state field finds, as JSON Schema; undefined where the field or its reducer is not declared. */
export function schemaRead(data: GraphData, field: string): JsonSchema | undefined {
  const declared = declaredIn(data, field);
  if (!declared) return undefined;
  const { schema, reduce } = declared;
  if (reduce !== undefined && reduce !== "append" && reduce !== "sum" && !data.reducers.includes(reduce)) return undefined;
  return reduce === "append" ? listOf(schema) : schema;
}

/** A state field as it is declared, whatever JavaScript's objects have by such a name. */
export function declaredIn({ state }: GraphData, field: string): FieldData | undefined {
  return Object.hasOwn(state, field) ? state[field] : undefined;
}
