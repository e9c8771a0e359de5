import type { Json, JsonSchema } from "../schema/json.js";

/** Patterns longer than this tell a model nothing, and cost it tokens. */
const longestPattern = 60;

/**
 * What a prompt says to have an answer in a schema's shape: the schema, without what only machines read in it (the patterns that stand
 * for a format, bounds of safe integers).
 * @example schemaTold({ type: "object", properties: { when: { type: "string", format: "date" } } })
 */
export function schemaTold(schema: JsonSchema): string {
  return `Answer with JSON that fits this JSON Schema, and nothing else:\n${JSON.stringify(legible(schema as Json))}`;
}

function legible(part: Json, named = false): Json {
  if (Array.isArray(part)) return part.map((one: Json) => legible(one));
  if (typeof part !== "object" || part === null) return part;
  const fields = part as { readonly [key: string]: Json };
  // In `properties` and `$defs` keys are names.
  if (named) return Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, legible(one)]));
  const told = Object.entries(fields).filter(
    ([key, value]) =>
      key !== "$schema" &&
      key !== "contentEncoding" &&
      !(key === "pattern" && (fields.format !== undefined || String(value).length > longestPattern)) &&
      !((key === "minimum" || key === "maximum") && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER),
  );
  return Object.fromEntries(
    told.map(([key, value]) => [
      key,
      ["enum", "const", "default"].includes(key) ? value : legible(value, ["properties", "$defs"].includes(key)),
    ]),
  );
}
