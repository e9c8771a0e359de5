import type { Json } from "../schema/json.js";
import { parseJson } from "./parse-json.js";

/** What models call the part of a wrapper that holds the answer. */
const names = new Set(
  "answer arguments args data final_answer function input json object output parameters properties response result tool_calls value".split(
    " ",
  ),
);

/**
 * The values a value may be a wrapper of, the outermost first: the arguments of a call, also where they are JSON in a text; `answer` and
 * its kin; the only member of an object or a list; a schema with values in its `properties`.
 */
export function unwrapped(value: Json, depth = 4): Json[] {
  if (depth === 0) return [];
  const inside = insideOf(value);
  return [...inside, ...inside.flatMap((one) => unwrapped(one, depth - 1))];
}

function insideOf(value: Json): Json[] {
  const parts = partsOf(value);
  return [...parts, ...parts.flatMap(valuesOf)];
}

/** The parts of a value of which each may be what it wraps. */
export function partsOf(value: Json): Json[] {
  if (typeof value === "string") return fromText(value);
  if (Array.isArray(value)) return value.length === 1 ? value.filter(isHolder) : [];
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value as { readonly [key: string]: Json });
  return entries.flatMap(([name, one]) => {
    if (!names.has(name.toLowerCase()) && entries.length > 1) return [];
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
