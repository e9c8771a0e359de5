import { hoisted, some } from "./hoisted.js";
import type { JsonSchema } from "./json.js";
import { alternatives } from "./resolve.js";

/** The fields of an object schema, each a schema that stands by itself, and those that are always there. */
export interface ObjectFields {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
}

/**
 * The fields that a schema of a whole input or output names, be it an object, a union or intersection of objects, a record of labels,
 * or a reference to such. Undefined where it names none, as texts, lists and records of any key do: nothing of them could be read or
 * written by name.
 *
 * @example
 * objectFields(jsonSchemaOf(z.object({ age: z.int().optional() }))); // { properties: { age: … }, required: [] }
 */
export function objectFields(schema: JsonSchema): ObjectFields | undefined {
  const { part, $defs } = hoisted(schema, "whole");
  const root = { ...part, ...some($defs) };
  const members = alternatives(root, root).map(fieldsOfOne);
  if (members.length === 0 || !members.every((one) => one !== undefined)) return undefined;
  const names = [...new Set(members.flatMap(({ properties }) => Object.keys(properties)))];
  return {
    properties: Object.fromEntries(
      names.map((name) => [
        name,
        standing(oneOf(members.flatMap((one) => (Object.hasOwn(one.properties, name) ? [one.properties[name]!] : []))), $defs),
      ]),
    ),
    required: names.filter((name) => members.every(({ required }) => required.includes(name))),
  };
}

/** Of one object: its properties, and the keys of a record where those are known. */
function fieldsOfOne(schema: JsonSchema): ObjectFields | undefined {
  const { properties, required = [], additionalProperties } = schema;
  if (schema["x-media"] !== undefined || (schema.type !== "object" && !properties)) return undefined;
  const labels = (schema.propertyNames as JsonSchema | undefined)?.enum ?? [];
  if (!properties && labels.length === 0) return undefined;
  const rest = typeof additionalProperties === "object" ? (additionalProperties as JsonSchema) : {};
  return { properties: { ...Object.fromEntries(labels.map((label) => [String(label), rest])), ...properties }, required };
}

function oneOf(schemas: readonly JsonSchema[]): JsonSchema {
  const different = [...new Map(schemas.map((one) => [JSON.stringify(one), one])).values()];
  return different.length === 1 ? different[0]! : { anyOf: different };
}

const standing = (schema: JsonSchema, $defs: Readonly<Record<string, JsonSchema>>): JsonSchema =>
  JSON.stringify(schema).includes('"$ref"') ? { ...schema, $defs } : schema;
