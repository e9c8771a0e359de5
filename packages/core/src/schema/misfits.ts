import { patternOf } from "#pattern";
import { didYouMean } from "../error/nearest.js";
import type { JsonSchema } from "./json.js";
import { alternatives, resolve } from "./resolve.js";

/** What is wrong with a value, and where in it. */
export interface Misfit {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string;
  /** The key that is not there, where that is what is wrong. */
  readonly missing?: string;
  /** Whether it is a key that is like none of those known. */
  readonly strange?: boolean;
}

/** What the parts of one value are held against: where references are looked up, and what was found of lists and objects already. */
interface Held {
  readonly root: JsonSchema;
  readonly known: Map<object, Map<JsonSchema, readonly Misfit[]>>;
}

/**
 * Holds a JSON value against a JSON Schema: types, properties, items, enums, unions, references, bounds, lengths and patterns.
 * Keywords it does not know are passed over. Of a union the member that the value comes closest to is held against it.
 */
export function misfits(schema: JsonSchema, value: unknown, root: JsonSchema = schema): readonly Misfit[] {
  return misfitsAny(schema, value, { root, known: new Map() });
}

function misfitsAny(schema: JsonSchema, value: unknown, held: Held): readonly Misfit[] {
  if (typeof value !== "object" || value === null) return misfitsUnion(schema, value, held);
  const known = held.known.get(value) ?? new Map<JsonSchema, readonly Misfit[]>();
  held.known.set(value, known);
  const found = known.get(schema) ?? misfitsUnion(schema, value, held);
  known.set(schema, found);
  return found;
}

function misfitsUnion(schema: JsonSchema, value: unknown, held: Held): readonly Misfit[] {
  const members = alternatives(schema, held.root);
  if (members.length === 1) return misfitsOne(members[0]!, value, held);
  const tries: (readonly Misfit[])[] = [];
  for (const member of members) {
    const found = misfitsOne(member, value, held);
    if (found.length === 0) return [];
    tries.push(found);
  }
  if (tries.length === 0) return [{ path: [], message: "nothing can stand here" }];
  // A member of another kind than the value says less than one that knows its keys, or that is wrong further in.
  const [closest] = members
    .map((member, i) => {
      const found = tries[i]!;
      const known = knownKeys(member, value, held.root);
      // A key that is like none of a member's says nothing of that member, where it knows no other.
      return { found, known, deep: found.every(({ path, strange }) => path.length > 0 && (known > 0 || !strange)) };
    })
    .sort((a, b) => b.known - a.known || Number(b.deep) - Number(a.deep) || a.found.length - b.found.length);
  if (closest!.deep) return closest!.found;
  // Where it is not even sure which member was meant, what is missing from it says enough.
  const here = closest!.found.filter((one) => one.path.length === 0);
  if (closest!.known > 0) return here.length ? here.slice(0, 1) : closest!.found;
  return [{ path: [], message: `expected ${[...new Set(members.map((one) => nameOf(one, held.root)))].join(" or ")}, got ${say(value)}` }];
}

/** How many of a value's keys a member names; of a list, of the keys of the objects in it. */
function knownKeys(member: JsonSchema, value: unknown, root: JsonSchema): number {
  if (Array.isArray(value)) {
    const items = member.items ? alternatives(member.items, root) : [];
    return items.length ? value.reduce((sum, one) => sum + Math.max(...items.map((item) => keysIn(item, one))), 0) : 0;
  }
  return keysIn(member, value);
}

function keysIn({ properties }: JsonSchema, value: unknown): number {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !properties) return 0;
  return Object.keys(value).filter((key) => Object.hasOwn(properties, key)).length;
}

const inside = (key: string | number, found: readonly Misfit[]): Misfit[] => found.map((one) => ({ ...one, path: [key, ...one.path] }));

function misfitsOne(schema: JsonSchema, value: unknown, held: Held): readonly Misfit[] {
  const wrong = (message: string, hint?: string): Misfit[] => [{ path: [], message, ...(hint === undefined ? {} : { hint }) }];
  if (schema.not !== undefined && Object.keys(schema.not as object).length === 0) return wrong("nothing can stand here");
  if (schema.const !== undefined && !same(schema.const, value)) return wrong(`expected ${say(schema.const)}, got ${say(value)}`);
  if (schema.enum && !isOneOf(schema.enum, value)) {
    const labels = schema.enum.map(String);
    const hint = typeof value === "string" ? didYouMean(value, labels, "") : "";
    return wrong(`expected ${schema.enum.map(say).join(" or ")}, got ${say(value)}`, hint || undefined);
  }
  if (typeof schema.type === "string" && !isType(schema.type, value))
    return wrong(`expected ${nameOf(schema, held.root)}, got ${say(value)}`);
  if (typeof value === "number") {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema as Record<string, number | undefined>;
    if (minimum !== undefined && value < minimum) return wrong(`expected ${minimum} or more, got ${value}`);
    if (maximum !== undefined && value > maximum) return wrong(`expected ${maximum} or less, got ${value}`);
    if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return wrong(`expected more than ${exclusiveMinimum}, got ${value}`);
    if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return wrong(`expected less than ${exclusiveMaximum}, got ${value}`);
  }
  if (typeof value === "string") {
    const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema as Record<string, any>;
    if (value.length < minLength)
      return wrong(minLength === 1 ? "expected some text, got none" : `expected ${minLength} characters or more`);
    if (value.length > maxLength) return wrong(`expected ${maxLength} characters or fewer, got ${value.length}`);
    if (pattern !== undefined && !patternOf(pattern).test(value))
      return wrong(`expected ${schema.title ?? `text like ${pattern}`}, got ${say(value)}`);
  }
  if (Array.isArray(value)) return misfitsList(schema, value, held);
  if (typeof value === "object" && value !== null) return misfitsObject(schema, value as Record<string, unknown>, held);
  return [];
}

function misfitsList(schema: JsonSchema, value: readonly unknown[], held: Held): readonly Misfit[] {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, prefixItems = [], items } = schema as Record<string, any>;
  if (value.length < minItems) return [{ path: [], message: `expected ${minItems} or more in the list, got ${value.length}` }];
  if (value.length > maxItems) return [{ path: [], message: `expected ${maxItems} or fewer in the list, got ${value.length}` }];
  return value.flatMap((item, i) => {
    const one = prefixItems[i] ?? items;
    return one === undefined ? [] : inside(i, misfitsAny(one, item, held));
  });
}

function misfitsObject(schema: JsonSchema, value: Readonly<Record<string, unknown>>, held: Held): readonly Misfit[] {
  const properties = schema.properties ?? {};
  const rest = schema.additionalProperties as JsonSchema | boolean | undefined;
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(value, key) || value[key] === undefined);
  const patterns = Object.entries((schema.patternProperties ?? {}) as Record<string, JsonSchema>);
  const like = (key: string) => patterns.filter(([pattern]) => patternOf(pattern).test(key)).map(([, part]) => part);
  const given = Object.keys(value).filter((key) => value[key] !== undefined);
  const extra = given.filter((key) => !Object.hasOwn(properties, key) && like(key).length === 0);
  const misspelt = rest === false ? extra : [];
  return [
    ...misspelt.map((key) => {
      const near = didYouMean(key, Object.keys(properties), "");
      const hint = near || `What can stand here is ${Object.keys(properties).join(", ") || "nothing"}.`;
      return { path: [key], message: `"${key}" means nothing here`, hint, ...(near ? {} : { strange: true }) };
    }),
    // A key that is missing because it is misspelt is named once.
    ...missing
      .filter((key) => !misspelt.some((other) => didYouMean(other, [key], "") !== ""))
      .map((key) => ({ path: [], message: `"${key}" is missing`, missing: key })),
    ...Object.keys(properties).flatMap((key) =>
      Object.hasOwn(value, key) && value[key] !== undefined ? inside(key, misfitsAny(properties[key]!, value[key], held)) : [],
    ),
    ...(patterns.length ? given.flatMap((key) => like(key).flatMap((part) => inside(key, misfitsAny(part, value[key], held)))) : []),
    ...(typeof rest === "object" ? extra.flatMap((key) => inside(key, misfitsAny(rest, value[key], held))) : []),
  ];
}

function isType(type: string, value: unknown): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

const written = new WeakMap<readonly unknown[], ReadonlySet<string>>();

/** Whether a value is one of several, which may be many. */
function isOneOf(several: readonly unknown[], value: unknown): boolean {
  let texts = written.get(several);
  if (!texts) written.set(several, (texts = new Set(several.map((one) => JSON.stringify(one)))));
  return texts.has(JSON.stringify(value));
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

function say(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** A schema in a word or two: `a list of strings`, `one of "a", "b"`. */
export function nameOf(schema: JsonSchema, root: JsonSchema = schema, depth = 0): string {
  // A list of lists of itself has no end.
  if (depth > 3) return "anything";
  const one = resolve(schema, root);
  const name = (part: JsonSchema) => nameOf(part, root, depth + 1);
  if (typeof one["x-media"] === "string")
    return one["x-media"] === "audio" ? "audio" : one["x-media"] === "image" ? "an image" : `a ${one["x-media"]}`;
  if (one.const !== undefined) return say(one.const);
  if (one.enum) return `one of ${one.enum.map(say).join(", ")}`;
  const union = (one.anyOf ?? one.oneOf) as readonly JsonSchema[] | undefined;
  if (union) return union.map(name).join(" or ");
  if (typeof one.title === "string") return one.title;
  switch (one.type) {
    case "array":
      return one.items ? `a list (each ${name(one.items)})` : "a list";
    case "object":
      return one.properties ? `an object (${Object.keys(one.properties).join(", ")})` : "an object";
    case "integer":
      return "a whole number";
    case "null":
      return "null";
    case undefined:
      return "anything";
    default:
      return Array.isArray(one.type) ? one.type.join(" or ") : one.type === "string" ? "text" : `a ${String(one.type)}`;
  }
}
