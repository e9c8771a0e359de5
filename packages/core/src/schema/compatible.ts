import type { Json, JsonSchema } from "./json.js";
import { looser } from "./looser.js";
import { misfits, nameOf } from "./misfits.js";
import { alternatives, valuesOf } from "./resolve.js";

/** Which media a medium may stand for: an image is a page, and everything is a file. */
const fits: Readonly<Record<string, readonly string[]>> = { image: ["page", "file"], page: ["file"], audio: ["file"] };

/**
 * Why a value of schema `from` may not stand where `to` is taken, or undefined where it always may, as far as types, properties,
 * items, enums, unions and media go, and with `bounds` as far as lengths, bounds, patterns and formats do too, which are otherwise left to
 * the run. A schema that says nothing fits everywhere.
 */
export function compatible(from: JsonSchema, to: JsonSchema, { bounds = false } = {}): string | undefined {
  return misfit(from, to, { from, to, bounds, known: new Map(), agreed: [], depth: 0 });
}

interface Roots {
  readonly from: JsonSchema;
  readonly to: JsonSchema;
  readonly bounds: boolean;
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
    const why = misfitSome(given, takes, to, roots, 2);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** One alternative against all that are taken: each of its values may stand where another one does. */
function misfitSome(given: JsonSchema, takes: readonly JsonSchema[], to: JsonSchema, roots: Roots, splits: number): string | undefined {
  const name = nameOf(given, roots.from);
  let why: string | undefined = `nothing can stand where ${name} is given`;
  let near: string | undefined;
  for (const taken of takes) {
    why = misfitOne(given, taken, roots);
    if (why === undefined) return undefined;
    if (nameOf(taken, roots.to) === name) near = why;
  }
  const wrong = allOf(given)?.find((value) => misfits(to, value, roots.to).length > 0);
  if (allOf(given) && wrong === undefined) return undefined;
  const apart = splits > 0 && takes.length > 1 ? apartBy(given, takes, roots) : undefined;
  if (apart) {
    const { key, values } = apart;
    return values
      .map((value) => ({ ...given, properties: { ...given.properties, [key]: { const: value } } }))
      .map((one) => misfitSome(one, takes, to, roots, splits - 1))
      .find((one) => one !== undefined);
  }
  // To say that an object is none of several tells nothing where they have the same fields.
  if (takes.length === 1) return why;
  if (near !== undefined) return near;
  return `${wrong !== undefined && given.type !== "boolean" ? JSON.stringify(wrong) : name} is not ${nameOf(to, roots.to)}`;
}

/** All values of a schema, where it names them. */
function allOf({ const: one, enum: several, type }: JsonSchema): readonly Json[] | undefined {
  if (one !== undefined) return [one];
  return several ?? (type === "boolean" ? [true, false] : type === "null" ? [null] : undefined);
}

/** A field whose label tells what is taken apart, with the labels it may have. */
function apartBy(given: JsonSchema, takes: readonly JsonSchema[], roots: Roots): { key: string; values: readonly Json[] } | undefined {
  for (const [key, field] of Object.entries(given.properties ?? {})) {
    const values = valuesOf(field, roots.from) as readonly Json[] | undefined;
    const told = takes.filter(({ properties }) => properties?.[key] && valuesOf(properties[key], roots.to));
    if (values && values.length > 1 && values.length <= 32 && told.length > 1) return { key, values };
  }
  return undefined;
}

function misfitOne(from: JsonSchema, to: JsonSchema, roots: Roots): string | undefined {
  const kind = from["x-media"];
  const wanted = to["x-media"];
  const different = `${nameOf(from, roots.from)} is not ${nameOf(to, roots.to)}`;
  if (wanted !== undefined) {
    if (saysNothing(from)) return undefined;
    return kind === wanted || (kind !== undefined && fits[kind]?.includes(wanted)) ? undefined : different;
  }
  // A medium has an object's form, but is no record of whatever is in it.
  if (kind !== undefined && !saysNothing(to) && !to.properties) return different;
  const values = from.const !== undefined || from.enum ? allOf(from) : undefined;
  if (values) {
    const wrong = values.find((value) => misfits(to, value, roots.to).length > 0);
    return wrong === undefined ? undefined : `${JSON.stringify(wrong)} is not ${nameOf(to, roots.to)}`;
  }
  if (saysNothing(from) || saysNothing(to)) return undefined;
  if (to.const !== undefined || to.enum) {
    return allOf(from)?.every((value) => misfits(to, value, roots.to).length === 0) ? undefined : different;
  }
  if (to.type !== undefined && from.type !== to.type && !(from.type === "integer" && to.type === "number")) return different;
  const out = roots.bounds ? looser(from, to) : undefined;
  if (out !== undefined) return out;
  if (to.type === "array") return misfitList(from, to, roots);
  if (to.type === "object") return misfitObject(from, to, roots);
  return undefined;
}

function misfitList(from: JsonSchema, to: JsonSchema, roots: Roots): string | undefined {
  const given = (from.prefixItems ?? []) as readonly JsonSchema[];
  const taken = (to.prefixItems ?? []) as readonly JsonSchema[];
  if (taken.length > given.length) return `${nameOf(from, roots.from)} may hold fewer items than ${taken.length}`;
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
  const others = from.additionalProperties as JsonSchema | boolean | undefined;
  // An object that says nothing of its properties may hold any.
  if (!from.properties && (others === undefined || others === true)) return undefined;
  // A record of labels has its keys without naming them as properties.
  const labels = typeof others === "object" ? (from.propertyNames as JsonSchema | undefined)?.enum : undefined;
  const given = labels ? Object.fromEntries(labels.map((label) => [String(label), others as JsonSchema])) : (from.properties ?? {});
  const rest = labels ? false : others;
  for (const [key, taken] of Object.entries(to.properties ?? {})) {
    const needed = to.required?.includes(key) ?? false;
    const value = Object.hasOwn(given, key) ? given[key]! : undefined;
    if (value === undefined) {
      if (needed) return `"${key}" is missing in ${nameOf(from, roots.from)}`;
      const why = typeof rest === "object" ? misfit(rest, taken, roots) : undefined;
      if (why) return `in "${key}" ${why}`;
      continue;
    }
    if (needed && !from.required?.includes(key)) return `"${key}" may be missing`;
    const why = misfit(value, taken, roots);
    if (why) return `in "${key}" ${why}`;
  }
  const more = to.additionalProperties as JsonSchema | boolean | undefined;
  if (more === false && !to.patternProperties) {
    const extra = Object.keys(given).find((key) => !to.properties || !Object.hasOwn(to.properties, key));
    if (extra !== undefined) return `"${extra}" has no place in ${nameOf(to, roots.to)}`;
    // What does not say whether it holds more is taken not to.
    return rest === true || typeof rest === "object" ? `${nameOf(from, roots.from)} may hold more than ${nameOf(to, roots.to)}` : undefined;
  }
  if (typeof more !== "object") return undefined;
  for (const [key, schema] of Object.entries(given)) {
    if (to.properties && Object.hasOwn(to.properties, key)) continue;
    const why = misfit(schema, more, roots);
    if (why) return `in "${key}" ${why}`;
  }
  return typeof rest === "object" ? misfit(rest, more, roots) : undefined;
}

/** Annotations do not count. */
function saysNothing(schema: JsonSchema): boolean {
  return !["type", "enum", "const", "anyOf", "oneOf", "properties", "x-media", "not"].some((keyword) => keyword in schema);
}
