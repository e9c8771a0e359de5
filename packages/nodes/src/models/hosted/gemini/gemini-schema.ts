import type { JsonSchema } from "@troupe/core";
import { inlined } from "../inlined.js";

type Part = Readonly<Record<string, any>>;

const kept = ["type", "description", "minItems", "maxItems", "minimum", "maximum", "required"];

/**
 * A schema in Gemini's words: an OpenAPI schema without references, constants, records and types that stand side by side. Undefined where
 * it cannot be said so.
 */
export function geminiSchema(schema: JsonSchema): JsonSchema | undefined {
  const whole = inlined(schema);
  return whole === undefined ? undefined : said(whole);
}

function said(part: Part): JsonSchema | undefined {
  const types: readonly string[] = [part.type ?? []].flat();
  if (types.length > 1) return either(types.map((type) => ({ ...part, type })));
  const union = part.anyOf ?? part.oneOf;
  if (Array.isArray(union)) return either(union);
  const base = Object.fromEntries(kept.filter((key) => key in part).map((key) => [key, part[key]]));
  const values: readonly unknown[] | undefined = "const" in part ? [part.const] : part.enum;
  if (values) return labels(base, values);
  if (part.type === "object") return ofObject(part, base);
  if (part.type !== "array") return part.type === undefined ? undefined : base;
  const items = part.prefixItems === undefined && part.items ? said(part.items) : undefined;
  return items && { ...base, items };
}

/** An object needs members by name; other ones cannot be spoken of. */
function ofObject(part: Part, base: JsonSchema): JsonSchema | undefined {
  const members = Object.entries((part.properties ?? {}) as Part).map(([name, one]) => [name, said(one)] as const);
  if (members.length === 0 || members.some(([, one]) => one === undefined) || part.additionalProperties) return undefined;
  return { ...base, properties: Object.fromEntries(members) as Record<string, JsonSchema> };
}

/** Only texts can be listed; of other values the types remain. Undefined where one is an object or a list. */
function labels({ type, ...base }: Part, values: readonly unknown[]): JsonSchema | undefined {
  const kinds = [...new Set(values.map((value) => (value === null ? "null" : Number.isInteger(value) ? "integer" : typeof value)))];
  const own = kinds.filter((kind) => kind !== "null");
  if (own.includes("object")) return undefined;
  const texts = values.filter((value) => typeof value === "string");
  const ways = own.map((kind) => (kind === "string" ? { ...base, type: kind, enum: texts } : { ...base, type: kind }));
  const nullable = own.length < kinds.length && (type === undefined || type === "null") ? { nullable: true } : {};
  return (ways.length === 1 ? { ...ways[0], ...nullable } : { anyOf: ways, ...nullable }) as JsonSchema;
}

function either(parts: readonly Part[]): JsonSchema | undefined {
  const others = parts.filter(({ type }) => type !== "null");
  const ways = others.map(said);
  if (ways.length === 0 || ways.some((way) => way === undefined)) return undefined;
  const nullable = others.length < parts.length ? { nullable: true } : {};
  return (ways.length === 1 ? { ...ways[0], ...nullable } : { anyOf: ways, ...nullable }) as JsonSchema;
}
