import type { JsonSchema } from "./json.js";

/** A schema made ready to stand inside another: what it refers to is to be put into the other's `$defs`. */
export interface Hoisted {
  readonly part: JsonSchema;
  readonly $defs: Readonly<Record<string, JsonSchema>>;
}

const data = new Set(["const", "enum", "default", "examples"]);

/**
 * Takes the definitions out of a schema, their names below `name`, so that what refers to them does so wherever the schema stands.
 *
 * @example
 * const { part, $defs } = hoisted(schema, "order");
 * const whole = { type: "object", properties: { order: part }, $defs };
 */
export function hoisted(schema: JsonSchema, name: string): Hoisted {
  if (!JSON.stringify(schema).includes('"$ref"')) return { part: schema, $defs: {} };
  const under = escaped(name);
  let whole = false;
  const place = (ref: string): string => {
    if (ref.startsWith("#/$defs/")) return `#/$defs/${under}.${ref.slice("#/$defs/".length)}`;
    if (ref !== "#" && !ref.startsWith("#/")) return ref;
    whole = true;
    return `#/$defs/${under}${ref.slice(1)}`;
  };
  const visit = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(visit);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([key, inner]) => [
        key,
        key === "$ref" && typeof inner === "string" ? place(inner) : data.has(key) ? inner : visit(inner),
      ]),
    );
  };
  const { $defs = {}, ...part } = visit(schema) as JsonSchema & { $defs?: Record<string, JsonSchema> };
  const below = Object.fromEntries(Object.entries($defs).map(([key, one]) => [`${name}.${key}`, one]));
  return { part, $defs: whole ? { ...below, [name]: part } : below };
}

/** The schema of a list of what a schema says. */
export function listOf(item: JsonSchema): JsonSchema {
  const { part, $defs } = hoisted(item, "item");
  return { type: "array", items: part, ...some($defs) };
}

/** `$defs` where there are any. */
export const some = ($defs: Hoisted["$defs"]): { $defs?: Hoisted["$defs"] } => (Object.keys($defs).length ? { $defs } : {});

const escaped = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");
