import type { JsonSchema } from "../graph/json.js";
import { alternatives } from "../graph/resolve.js";
import { misfits, nameOf } from "./misfits.js";

/** Which media a medium may stand for: an image is a page, and everything is a file. */
const fits: Readonly<Record<string, readonly string[]>> = { image: ["page", "file"], page: ["file"], audio: ["file"] };

/**
 * Why a value of schema `from` may not stand where `to` is taken, or undefined where it always may, as far as types, properties,
 * items, enums, unions and media go; lengths, bounds and patterns are left to the run. A schema that says nothing fits everywhere.
 */
export function compatible(from: JsonSchema, to: JsonSchema): string | undefined {
  return misfit(from, to, { from, to, known: new Map(), agreed: [], depth: 0 });
}

interface Roots {
  readonly from: JsonSchema;
  readonly to: JsonSchema;
  /** What is known of parts: why one may not stand where the other is taken, or undefined where it may. */
  readonly known: Map<JsonSchema, Map<JsonSchema, string | undefined>>;
  /** Forgets that parts agree, the last one found first out. */
  readonly agreed: (() => void)[];
  depth: number;
}

/** Schemas agree where they agree this deep. */
const deepest = 200;

/** Schemas that refer to themselves agree until they are found not to. */
function misfit(from: JsonSchema, to: JsonSchema, roots: Roots): string | undefined {
  const row = roots.known.get(from) ?? new Map<JsonSchema, string | undefined>();
  if (row.has(to) || roots.depth >= deepest) return row.get(to);
  roots.known.set(from, row.set(to, undefined));
  const since = roots.agreed.push(() => row.delete(to));
  roots.depth++;
  const why = misfitAny(from, to, roots);
  roots.depth--;
  if (why === undefined) return undefined;
  // What agreed since may have done so only because this was taken to.
  for (const forget of roots.agreed.splice(since - 1)) forget();
  row.set(to, why);
  return why;
}

function misfitAny(from: JsonSchema, to: JsonSchema, roots: Roots): string | undefined {
  const takes = alternatives(to, roots.to);
  for (const given of alternatives(from, roots.from)) {
    let why: string | undefined = `nothing can stand where ${nameOf(given)} is given`;
    for (const taken of takes) {
      why = misfitOne(given, taken, roots);
      if (why === undefined) break;
    }
    const both = given.type === "boolean" && [true, false].every((value) => misfits(to, value, roots.to).length === 0);
    if (why === undefined || both) continue;
    // To say that an object is none of several tells nothing where they have the same fields.
    return takes.length === 1 || takes.every((taken) => nameOf(taken) === nameOf(given)) ? why : `${nameOf(given)} is not ${nameOf(to)}`;
  }
  return undefined;
}

function misfitOne(from: JsonSchema, to: JsonSchema, roots: Roots): string | undefined {
  const kind = from["x-media"];
  const wanted = to["x-media"];
  const different = `${nameOf(from)} is not ${nameOf(to)}`;
  if (wanted !== undefined) {
    if (saysNothing(from)) return undefined;
    return kind === wanted || (kind !== undefined && fits[kind]?.includes(wanted)) ? undefined : different;
  }
  // A medium has an object's form, but is no record of whatever is in it.
  if (kind !== undefined && !saysNothing(to) && !to.properties) return different;
  const values = from.const !== undefined ? [from.const] : from.enum;
  if (values) {
    const wrong = values.find((value) => misfits(to, value, roots.to).length > 0);
    return wrong === undefined ? undefined : `${JSON.stringify(wrong)} is not ${nameOf(to)}`;
  }
  if (saysNothing(from) || saysNothing(to)) return undefined;
  if (to.const !== undefined || to.enum) {
    const all = from.type === "boolean" ? [true, false] : from.type === "null" ? [null] : undefined;
    return all?.every((value) => misfits(to, value, roots.to).length === 0) ? undefined : different;
  }
  if (to.type !== undefined && from.type !== to.type && !(from.type === "integer" && to.type === "number")) return different;
  if (to.type === "array") return misfitList(from, to, roots);
  if (to.type === "object") return misfitObject(from, to, roots);
  return undefined;
}

function misfitList(from: JsonSchema, to: JsonSchema, roots: Roots): string | undefined {
  const given = (from.prefixItems ?? []) as readonly JsonSchema[];
  const taken = (to.prefixItems ?? []) as readonly JsonSchema[];
  if (taken.length > given.length) return `${nameOf(from)} may hold fewer items than ${taken.length}`;
  for (const [i, item] of given.entries()) {
    const place = taken[i] ?? to.items;
    const why = place && misfit(item, place, roots);
    if (why) return `in the list ${why}`;
  }
  if (!from.items || !to.items) return undefined;
  const why = misfit(from.items, to.items, roots);
  return why && `in the list ${why}`;
}

function misfitObject(from: JsonSchema, to: JsonSchema, roots: Roots): string | undefined {
  const given = from.properties ?? {};
  const rest = from.additionalProperties as JsonSchema | boolean | undefined;
  // An object that says nothing of its properties may hold any.
  if (!from.properties && (rest === undefined || rest === true)) return undefined;
  for (const [key, taken] of Object.entries(to.properties ?? {})) {
    const needed = to.required?.includes(key) ?? false;
    // A record of labels has its keys without naming them as properties.
    const value = Object.hasOwn(given, key) ? given[key]! : from.required?.includes(key) && typeof rest === "object" ? rest : undefined;
    if (value === undefined) {
      if (needed) return `"${key}" is missing in ${nameOf(from)}`;
      continue;
    }
    if (needed && !from.required?.includes(key)) return `"${key}" may be missing`;
    const why = misfit(value, taken, roots);
    if (why) return `in "${key}" ${why}`;
  }
  const others = to.additionalProperties as JsonSchema | boolean | undefined;
  if (typeof others !== "object") return undefined;
  for (const [key, schema] of Object.entries(given)) {
    if (to.properties && Object.hasOwn(to.properties, key)) continue;
    const why = misfit(schema, others, roots);
    if (why) return `in "${key}" ${why}`;
  }
  return typeof rest === "object" ? misfit(rest, others, roots) : undefined;
}

/** Annotations do not count. */
function saysNothing(schema: JsonSchema): boolean {
  return !["type", "enum", "const", "anyOf", "oneOf", "properties", "x-media", "not"].some((keyword) => keyword in schema);
}
