import type { Json } from "../../graph/json.js";
import { type Argument, isRef } from "../../graph/plan.js";
import { parseJson } from "../../model/parse-json.js";
import { type Fields, isFields } from "./find-tasks.js";
import type { KnownTasks } from "./known-tasks.js";
import { isPart, partOf } from "./part-names.js";

/** The name of an argument that was given by its place, from 1, until its member is known. */
export const placeName = (i: number) => `#${i + 1}`;
export const placeIn = (name: string): number | undefined => (/^#\d{1,3}$/.test(name) ? Number(name.slice(1)) - 1 : undefined);

/** Arguments by name, as objects, JSON texts, lists of names and values, or by place. */
export function namedValues(args: Json | undefined): Fields {
  if (args === undefined || args === null) return {};
  if (typeof args === "string") {
    const parsed = /^\s*[[{]/.test(args) ? parseJson(args) : undefined;
    return parsed === undefined ? (args.trim() === "" ? {} : { [placeName(0)]: args }) : namedValues(parsed);
  }
  if (!Array.isArray(args)) return isFields(args) ? args : { [placeName(0)]: args };
  const entries = args.map((one): readonly (readonly [string, Json])[] | undefined => entriesOf(one));
  if (entries.length > 0 && entries.every((one) => one)) return Object.fromEntries(entries.flatMap((one) => one!));
  return Object.fromEntries(args.map((one, i) => entriesOf(one)?.[0] ?? [placeName(i), one]));
}

/** `{ name: "text", value: … }`, or `{ text: … }` in a list. */
function entriesOf(one: Json): readonly (readonly [string, Json])[] | undefined {
  if (!isFields(one) || isRef(one)) return undefined;
  const name = partOf(one, "entry");
  const value = partOf(one, "value");
  const rest = Object.keys(one).filter((key) => !isPart(key, "entry") && !isPart(key, "value") && !isPart(key, "aside"));
  if (typeof name === "string" && value !== undefined && rest.length === 0) return [[name, value]];
  const keys = Object.keys(one);
  return keys.length === 1 && !isPart(keys[0]!, "ref") ? [[keys[0]!, one[keys[0]!]!]] : undefined;
}

/** A value as a plan holds it: refs in every spelling are refs, also in lists. */
export function readValue(value: Json, known: KnownTasks, at: number): Argument {
  if (Array.isArray(value)) return value.map((one) => readValue(one, known, at)) as Argument;
  if (isRef(value)) return { ref: known.ref(value.ref, at) };
  if (isFields(value)) return refObject(value, known, at) ?? value;
  if (typeof value !== "string") return value;
  const ref = known.refIn(value, at);
  return ref === undefined ? value : { ref };
}

/** `{ from: "t1", field: "loud" }`, `{ step: 1, output: "loud" }`. */
function refObject(value: Fields, known: KnownTasks, at: number): Argument | undefined {
  const source = partOf(value, "ref");
  const field = partOf(value, "field");
  const rest = Object.keys(value).filter((key) => !isPart(key, "ref") && !isPart(key, "field") && key !== "type");
  if ((typeof source !== "string" && typeof source !== "number") || rest.length > 0) return undefined;
  const isSure = Object.keys(value).some((key) => /ref|from|source|of$/i.test(key));
  const ref = known.refIn(`{{${source}}}`, at) ?? String(source);
  if (ref.startsWith("{{") && !isSure) return undefined;
  const head = ref.startsWith("{{") ? String(source) : ref;
  return { ref: typeof field === "string" && !head.includes(".") ? `${head}.${field}` : head };
}

/** All texts of a value that may be refs. */
export function textsIn(value: Json): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isRef(value) ? [value.ref] : [];
}
