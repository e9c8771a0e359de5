import type { Json } from "../schema/json.js";
import { parseJson } from "./parse-json.js";

/** What models call the part of a wrapper that holds the answer. */
const names = new Set(
  "answer arguments args data final_answer function input json object output parameters properties response result tool_calls value".split(
    " ",
  ),
);

/** Names of fields of an answer that hold something: they wrap none. */
type Own = ReadonlySet<string>;

/**
 * The values a value may be a wrapper of, the outermost first: the arguments of a call, also where they are JSON in a text; `answer` and
 * its kin; the only member of an object or a list; a schema with values in its `properties`. What stands in a field of the answer's own is
 * a part of it, unless it is nothing but that field again: `{ items: { items: […] } }`.
 */
export function unwrapped(value: Json, own: Own = new Set(), depth = 4): Json[] {
  if (depth === 0) return [];
  const parts = partsOf(value, own);
  const inside = [...parts, ...parts.flatMap(valuesOf)];
  return [...inside, ...inside.flatMap((one) => unwrapped(one, own, depth - 1))];
}

/** The parts of a value of which each may be what it wraps. */
export function partsOf(value: Json, own: Own): Json[] {
  if (typeof value === "string") return fromText(value);
  if (Array.isArray(value)) return value.length === 1 ? value.filter(isHolder) : [];
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value as { readonly [key: string]: Json });
  return entries.flatMap(([name, one]) => {
    const isTwice = entries.length === 1 && isHolder(one) && Object.keys(one).join() === name;
    if ((own.has(name) && !isTwice) || (!names.has(name.toLowerCase()) && entries.length > 1)) return [];
    return isHolder(one) ? [one] : typeof one === "string" ? fromText(one) : [];
  });
}

/** `{ a: { type: "integer", value: 1 } }` as `{ a: 1 }`. */
function valuesOf(properties: Json): Json[] {
  if (!isHolder(properties) || Array.isArray(properties)) return [];
  const entries = Object.entries(properties as { readonly [key: string]: Json });
  const values = entries.flatMap(([name, one]) =>
    isHolder(one) && "type" in one && "value" in one ? [[name, (one as { readonly value: Json }).value] as const] : [],
  );
  return values.length > 0 && values.length === entries.length ? [Object.fromEntries(values)] : [];
}

function fromText(text: string): Json[] {
  const value = /^\s*[[{]/.test(text) ? parseJson(text) : undefined;
  return value === undefined ? [] : [value];
}

const isHolder = (value: Json): value is object & Json => typeof value === "object" && value !== null;
