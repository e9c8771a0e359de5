import type { JsonSchema } from "../graph/json.js";

/** A schema with its `$ref` followed inside `root` and the parts of its `allOf` put together. */
export function resolve(schema: JsonSchema | boolean, root: JsonSchema): JsonSchema {
  if (typeof schema === "boolean") return schema ? {} : { not: {} };
  let one = schema;
  for (let hops = 0; typeof one.$ref === "string" && hops < 32; hops++) {
    const target = one.$ref
      .replace(/^#\/?/, "")
      .split("/")
      .filter(Boolean)
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], root);
    const { $ref: _, ...rest } = one;
    one = { ...(target as JsonSchema | undefined), ...rest };
  }
  if (!Array.isArray(one.allOf)) return one;
  const { allOf, ...rest } = one;
  let all: JsonSchema = rest;
  for (const part of (allOf as JsonSchema[]).map((member) => resolve(member, root))) {
    const properties = all.properties || part.properties ? { properties: { ...all.properties, ...part.properties } } : {};
    const required = all.required || part.required ? { required: [...(all.required ?? []), ...(part.required ?? [])] } : {};
    all = { ...all, ...part, ...properties, ...required };
  }
  return all;
}

const annotations = ["title", "description", "default", "examples", "$defs", "$comment"];

/** The alternatives of a schema: the members of its union, one a type, or itself. */
export function alternatives(schema: JsonSchema | boolean, root: JsonSchema, depth = 0): readonly JsonSchema[] {
  const one = resolve(schema, root);
  const union = (one.anyOf ?? one.oneOf) as readonly JsonSchema[] | undefined;
  if (union && depth < 16) {
    const { anyOf: _, oneOf: __, ...rest } = one;
    const bare = Object.keys(rest).every((keyword) => annotations.includes(keyword));
    return union.flatMap((member) => alternatives(bare ? member : { allOf: [rest, member] }, root, depth + 1));
  }
  if (Array.isArray(one.type)) return one.type.map((type: string) => ({ ...one, type }));
  return [one];
}

/** The values a schema allows, where it names them all; a boolean's are `true` and `false`. */
export function valuesOf(schema: JsonSchema, root: JsonSchema = schema): readonly unknown[] | undefined {
  const values: unknown[] = [];
  for (const one of alternatives(schema, root)) {
    if (one.const !== undefined) values.push(one.const);
    else if (one.enum) values.push(...one.enum);
    else if (one.type === "boolean") values.push(true, false);
    else if (one.type === "null") values.push(null);
    else return undefined;
  }
  return [...new Set(values)];
}
