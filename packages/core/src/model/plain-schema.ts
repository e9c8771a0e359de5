import type { JsonSchema } from "../schema/json.js";

type Part = Readonly<Record<string, any>>;

/** What every server that takes a JSON Schema understands of one. */
const understood = ["type", "enum", "const", "description", "required", "minItems", "maxItems"];
/** The formats of which servers that take any know. */
const formats = ["date", "date-time", "uuid"];
/** Safe integers are no bound worth telling. */
const wide = Number.MAX_SAFE_INTEGER;

/**
 * A schema in the words that servers take: types, properties, items, enums, unions and references within it. Records with known keys
 * become properties, `oneOf` becomes `anyOf`, `allOf` one schema, a reference to the whole one by name. All else goes, patterns and
 * formats first: some servers refuse them and some die of them. What it lets through beyond the schema is for validation to find.
 *
 * @param more keywords that this server takes besides
 */
export function plainSchema(schema: JsonSchema, more: readonly string[]): JsonSchema {
  const whole = "#/$defs/whole";
  let recursive = false;
  const merging = new Set<string>();
  const resolve = (ref: string): Part =>
    ref
      .slice(2)
      .split("/")
      .reduce<any>((at, key) => at?.[key.replace(/~1/g, "/").replace(/~0/g, "~")], schema) ?? {};

  const each = (parts: Part): Part => Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, plain(part)]));

  const plain = (part: any): Part => {
    if (typeof part !== "object" || part === null) return {};
    if (part.$ref === "#") {
      recursive = true;
      return { $ref: whole };
    }
    if (typeof part.$ref === "string") return part.$ref.startsWith("#/") ? { $ref: part.$ref } : {};
    const kept: Record<string, unknown> = Object.fromEntries(
      [...understood, ...more].filter((key) => key in part).map((key) => [key, part[key]]),
    );
    if (!formats.includes(part.format)) delete kept.format;
    if (Math.abs(part.minimum) === wide) delete kept.minimum;
    if (Math.abs(part.maximum) === wide) delete kept.maximum;
    const either = part.anyOf ?? part.oneOf;
    if (Array.isArray(either)) kept.anyOf = either.map(plain);
    if (part.prefixItems) kept.prefixItems = part.prefixItems.map(plain);
    if (part.items !== undefined && part.items !== false) kept.items = plain(part.items);
    Object.assign(kept, membersOf(part));
    return (part.allOf ?? []).map(inlined).reduce(merged, kept);
  };

  /** A part of an `allOf`, or the schema itself where it is a reference; nothing where that leads to itself. */
  const inlined = (part: any): Part => {
    const ref = part?.$ref;
    if (typeof ref !== "string" || !ref.startsWith("#/")) return ref === "#" ? {} : plain(part);
    if (merging.has(ref)) return {};
    merging.add(ref);
    const found = inlined(resolve(ref));
    merging.delete(ref);
    return found;
  };

  /** Properties of an object, and whether others may stand beside them. */
  const membersOf = (part: Part): Part => {
    const keys: readonly string[] | undefined = part.propertyNames?.enum;
    const rest = part.additionalProperties;
    const properties = { ...each(part.properties ?? {}), ...(keys && Object.fromEntries(keys.map((key) => [key, plain(rest)]))) };
    const others =
      keys || rest === undefined ? {} : { additionalProperties: rest !== false ? plain(rest) : part.patternProperties !== undefined };
    return { ...(part.properties || keys ? { properties } : {}), ...others };
  };

  const root = inlined(schema);
  const defs = { ...(schema.$defs ? each(schema.$defs as Part) : {}), ...(recursive ? { whole: root } : {}) };
  const named = Object.keys(defs).length > 0 ? { $defs: defs } : {};
  return { ...root, ...named };
}

const merged = (a: Part, b: Part): Part => ({
  ...a,
  ...b,
  ...(a.properties || b.properties ? { properties: { ...a.properties, ...b.properties } } : {}),
  ...(a.required || b.required ? { required: [...new Set([...(a.required ?? []), ...(b.required ?? [])])] } : {}),
});
