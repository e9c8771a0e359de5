import type { Schema } from "./schema.js";
import { type ZodDef, zodDef } from "./zod-def.js";

/** Kinds of zod schemas that call nobody's code, each with the parts of it that hold schemas. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  string: [],
  number: [],
  boolean: [],
  null: [],
  literal: [],
  enum: [],
  never: [],
  object: ["shape", "catchall"],
  array: ["element"],
  tuple: ["items", "rest"],
  record: ["keyType", "valueType"],
  union: ["options"],
  intersection: ["left", "right"],
  optional: ["innerType"],
  nullable: ["innerType"],
};

/** Checks that call nobody's code, unless they bring a function. */
const checks = new Set([
  undefined,
  "less_than",
  "greater_than",
  "multiple_of",
  "number_format",
  "min_length",
  "max_length",
  "length_equals",
  "string_format",
]);

const known = new WeakMap<Schema, boolean>();

/**
 * Whether a schema is known to say the same of the same value each time: one of zod's in which nobody's code stands, neither a refinement
 * nor a transformation, a default or a list of its own making.
 */
export function onlyLooks(schema: Schema): boolean {
  let does = known.get(schema);
  if (does === undefined) known.set(schema, (does = everyPart(schema)));
  return does;
}

function everyPart(schema: Schema): boolean {
  const parts = new Set<unknown>([schema]);
  for (const part of parts) {
    const def = zodDef(part);
    const inside = def && kinds[def.type];
    if (!inside || !callsNobody(def) || !(def.checks ?? []).every((check) => callsNobody(Object(Object(check)._zod).def))) return false;
    for (const name of inside) for (const one of schemasIn(def[name])) parts.add(one);
  }
  return true;
}

const callsNobody = ({ check, fn, coerce }: Partial<ZodDef>): boolean => checks.has(check) && fn === undefined && !coerce;

/** A part may be a schema, a list of schemas, schemas by name, or missing. */
function schemasIn(part: unknown): readonly unknown[] {
  if (part === undefined || part === null) return [];
  return zodDef(part) ? [part] : Object.values(part);
}
