import type { JsonSchema } from "./json.js";

/** References and unions inside one schema that are looked into; what is past them asks nothing more. */
const bound = 250;

/**
 * A schema with its `$ref` followed inside `root` and the parts of its `allOf` put together. What is a part of itself adds nothing:
 * references in `followed` are not followed again, and those that are followed are added to it.
 */
export function resolve(schema: JsonSchema | boolean, root: JsonSchema, followed: Set<string> = new Set()): JsonSchema {
  if (typeof schema === "boolean") return schema ? {} : { not: {} };
  let one = schema;
  while (typeof one.$ref === "string") {
    const { $ref, ...rest } = one;
    one = followed.has($ref) || followed.size >= bound ? rest : { ...target($ref, root), ...rest };
    followed.add($ref);
  }
  if (!Array.isArray(one.allOf)) return one;
  const { allOf, ...rest } = one;
  let all: JsonSchema = rest;
  for (const part of (allOf as JsonSchema[]).map((member) => resolve(member, root, followed))) {
    const properties = all.properties || part.properties ? { properties: { ...all.properties, ...part.properties } } : {};
    const required = all.required || part.required ? { required: [...(all.required ?? []), ...(part.required ?? [])] } : {};
    all = { ...all, ...part, ...properties, ...required };
  }
  return all;
}

function target($ref: string, root: JsonSchema): JsonSchema | undefined {
  const keys = $ref.replace(/^#\/?/, "").split("/").filter(Boolean);
  return keys.reduce<any>((at, key) => at?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], root);
}

const annotations = ["title", "description", "default", "examples", "$defs", "$comment"];

/** The alternatives of a schema: the members of its union, one a type, or itself. A union that is its own member has its other members. */
export function alternatives(schema: JsonSchema | boolean, root: JsonSchema): readonly JsonSchema[] {
  return expand(schema, root, new Set(), { unions: bound });
}

function expand(schema: JsonSchema | boolean, root: JsonSchema, followed: Set<string>, left: { unions: number }): readonly JsonSchema[] {
  if (typeof schema === "object" && typeof schema.$ref === "string" && followed.has(schema.$ref)) return [];
  const one = resolve(schema, root, followed);
  const union = (one.anyOf ?? one.oneOf) as readonly JsonSchema[] | undefined;
  if (union) {
    const { anyOf: _, oneOf: __, ...rest } = one;
    if (left.unions-- <= 0) return [rest];
    // A member that was met already adds nothing, but for one that something more is asked of here.
    if (Object.keys(rest).every((keyword) => annotations.includes(keyword)))
      return union.flatMap((member) => expand(member, root, followed, left));
    return union.flatMap((member) => {
      const again = typeof member === "object" && typeof member.$ref === "string" && followed.has(member.$ref);
      return again ? [] : expand({ allOf: [rest, member] }, root, new Set(followed), left);
    });
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
