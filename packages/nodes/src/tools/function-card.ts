import { type JsonSchema, jsonSchemaOf, type Specialist } from "@troupe/core";

/** A function that a request may be made into calls of: what it is called, what it does, and what it takes. */
export interface FunctionCard {
  readonly name: string;
  /** What it does, in a sentence. */
  readonly description?: string;
  /** The JSON Schema of its arguments: an object's. */
  readonly parameters: JsonSchema;
}

/** A function's card; of a specialist, its name, what it does and its input. */
export function functionCard(one: FunctionCard | Specialist): FunctionCard {
  if ("parameters" in one) return one;
  return { name: one.name, description: one.does, parameters: jsonSchemaOf(one.input, "input") };
}
