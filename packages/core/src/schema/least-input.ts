import type { JsonSchema } from "./json.js";
import { alternatives } from "./resolve.js";

/** Schemas inside schemas that are followed. */
const deepest = 12;

/**
 * The least that a schema allows, as JSON: required fields only, the shortest texts and lists. Bounds that patterns and formats set are not
 * kept: what is asked for is how little may be said.
 */
export function leastInput(schema: JsonSchema, root: JsonSchema = schema, depth = 0): unknown {
  const [one] = alternatives(schema, root);
  if (!one || depth > deepest) return null;
  if (one.const !== undefined) return one.const;
  if (one.enum) return shortest(one.enum);
  const count = (keyword: string) => Math.max(0, Number(one[keyword]) || 0);
  if (one.type === "object" || one.properties) {
    const { properties = {}, required = [] } = one;
    return Object.fromEntries(required.map((name) => [name, leastInput(properties[name] ?? {}, root, depth + 1)]));
  }
  if (one.type === "array")
    return Array.from({ length: Math.min(count("minItems"), 1000) }, () => leastInput(one.items ?? {}, root, depth + 1));
  if (one.type === "string") return "x".repeat(Math.min(count("minLength"), 1_000_000));
  if (one.type === "number" || one.type === "integer") return count("minimum");
  return one.type === "boolean" ? false : null;
}

const shortest = (values: readonly unknown[]): unknown =>
  values.reduce((least, value) => (JSON.stringify(value).length < JSON.stringify(least).length ? value : least));
