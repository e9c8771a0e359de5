import { isOptional } from "../schema/schema.js";
import type { Look } from "./look.js";

/** Whether nothing may stand in a field: its schema takes `undefined`. Of a graph's data alone that is not known. */
export function takesNothing({ data, graph }: Pick<Look, "data" | "graph">, field: string): boolean {
  const schema = graph?.state[field];
  return schema !== undefined && !("reduce" in schema) && data.state[field]?.reduce === undefined && isOptional(schema);
}

/**
 * Whether a field is declared as one that may be missing. A default stands where nothing was given, and a schema that says nothing does
 * not say that nothing may stand there.
 */
export function mayBeMissing(look: Pick<Look, "data" | "graph">, field: string): boolean {
  const schema = look.data.state[field]?.schema ?? {};
  return !("default" in schema) && Object.keys(schema).length > 0 && takesNothing(look, field);
}
