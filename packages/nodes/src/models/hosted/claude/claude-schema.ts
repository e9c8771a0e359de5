import type { JsonSchema } from "@troupe/core";
import { inlined } from "../inlined.js";

type Part = Readonly<Record<string, any>>;

const kept = ["type", "description", "enum", "const", "required"];

/** A schema in the words that Claude's structured outputs take: closed objects, no bounds, no references. Undefined where it cannot be said so. */
export function claudeSchema(schema: JsonSchema): JsonSchema | undefined {
  const whole = inlined(schema);
  return whole === undefined ? undefined : said(whole);
}

function said(part: Part): JsonSchema | undefined {
  const base: Record<string, unknown> = Object.fromEntries(kept.filter((key) => key in part).map((key) => [key, part[key]]));
  if (Array.isArray(part.anyOf)) {
    const ways = part.anyOf.map(said);
    return ways.includes(undefined) ? undefined : ({ ...base, anyOf: ways } as JsonSchema);
  }
  if (part.type === "object") {
    const members = Object.entries((part.properties ?? {}) as Part).map(([name, one]) => [name, said(one)] as const);
    if (members.length === 0 || members.some(([, one]) => one === undefined) || part.additionalProperties) return undefined;
    return { ...base, properties: Object.fromEntries(members), additionalProperties: false } as JsonSchema;
  }
  if (part.type === "array") {
    const items = part.prefixItems === undefined && part.items ? said(part.items) : undefined;
    return items && ({ ...base, items } as JsonSchema);
  }
  return Object.keys(base).some((key) => key !== "description") ? (base as JsonSchema) : undefined;
}
