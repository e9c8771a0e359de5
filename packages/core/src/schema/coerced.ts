import { say } from "./say.js";
import type { Schema } from "./schema.js";
import { type ZodDef, zodDef } from "./zod-def.js";

type Wrong = (value: unknown) => boolean;

/** What JavaScript makes a value of though it says none: `null`, a blank and a list are 0, `"no"` is true. By what is to come of it. */
const nothing: Readonly<Record<string, Wrong>> = {
  number: (value) => (typeof value === "string" ? value.trim() === "" : typeof value !== "number"),
  string: (value) => !["string", "number", "boolean"].includes(typeof value),
  boolean: (value) => (typeof value === "string" ? !/^\s*(?:true|yes|1)\s*$/i.test(value) : ![true, false, 0, 1].includes(value as never)),
};

/** Parts that hold one schema of the same value. */
const around = ["innerType", "in", "left", "right"];

/**
 * What of a value a schema of zod's with `z.coerce` would make something of though it says nothing, a line each; what stands in unions is
 * left to zod.
 * @example
 * coerced(z.object({ price: z.coerce.number() }), { price: null }); // ["price: expected a number, got null"]
 */
export function coerced(schema: Schema, value: unknown, path: readonly string[] = []): readonly string[] {
  const def = zodDef(schema);
  if (!def || value === undefined || (value === null && def.type === "nullable")) return [];
  if (def.coerce === true && nothing[def.type]?.(value))
    return [`${[...path, ""].join(".").replace(/\.$/, ": ")}expected a ${def.type}, got ${say(value)}`];
  const same = around.flatMap((part) => coerced(def[part] as Schema, value, path));
  return [...same, ...partsOf(def, value).flatMap(([key, part, one]) => coerced(part, one, [...path, key]))];
}

/** The parts of a value, each with its name and its schema. */
function partsOf(def: ZodDef, value: unknown): readonly (readonly [string, Schema, unknown])[] {
  const { shape, element, valueType, items } = def as Record<string, any>;
  if (Array.isArray(value))
    return value.flatMap((one, i) => {
      const part = element ?? items?.[i];
      return part === undefined ? [] : [[String(i), part, one] as const];
    });
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const part = valueType ?? (shape && Object.hasOwn(shape, key) ? shape[key] : undefined);
    return part === undefined ? [] : [[key, part, one] as const];
  });
}
