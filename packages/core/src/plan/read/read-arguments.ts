import { type Argument, isRef } from "../../graph/plan.js";
import { parseJson } from "../../model/parse-json.js";
import type { Json } from "../../schema/json.js";
import { type Fields, isFields } from "./find-tasks.js";
import type { KnownTasks } from "./known-tasks.js";
import { isPart, partOf } from "./part-names.js";

/** The name of an argument that was given by its place, from 1, until its member is known. */
export const placeName = (i: number) => `#${i + 1}`;
export const placeIn = (name: string): number | undefined => (/^#\d{1,3}$/.test(name) ? Number(name.slice(1)) - 1 : undefined);

/** Values by name; one that is given twice is a list of both, so that neither is lost. */
export function byName(entries: readonly (readonly [name: string, value: Json])[]): Fields {
  const found = new Map<string, [Json, ...Json[]]>();
  for (const [name, value] of entries) {
    const before = found.get(name);
    if (before) before.push(value);
    else found.set(name, [value]);
  }
  return Object.fromEntries([...found].map(([name, [value, ...more]]) => [name, more.length > 0 ? [value, ...more] : value]));
}

/** A JSON text; a number only where it is written as JSON writes it, since `01067`, `1.10` and long numbers would be others. */
export function valueIn(text: string): Json | undefined {
  const value = parseJson(text);
  return typeof value === "number" && String(value) !== text.trim() ? undefined : value;
}

/** Arguments by name, as objects, JSON texts, lists of names and values, or by place. */
export function namedValues(args: Json | undefined): Fields {
  if (args === undefined || args === null) return {};
  if (typeof args === "string") {
    const parsed = /^\s*[[{]/.test(args) ? parseJson(args) : undefined;
    return parsed === undefined ? (args.trim() === "" ? {} : { [placeName(0)]: args }) : namedValues(parsed);
  }
  if (!Array.isArray(args)) return isFields(args) ? args : { [placeName(0)]: args };
  return byName(args.flatMap(partsOf).map(({ name, value }, i) => [name ?? placeName(i), value]));
}

/** An entry of a list of arguments: `{ name: "text", value: … }`, `{ text: … }`, or a value alone. Of one whose name is itself a value, neither is lost. */
function partsOf(one: Json): readonly { readonly name?: string; readonly value: Json }[] {
  if (!isFields(one) || isRef(one)) return [{ value: one }];
  const name = partOf(one, "entry");
  const value = partOf(one, "value");
  const rest = Object.keys(one).filter((key) => !isPart(key, "entry") && !isPart(key, "value") && !isPart(key, "aside"));
  if (typeof name === "string" && value !== undefined && rest.length === 0) {
    if (isName(name)) return [{ name, value }];
    return [{ value: name }, ...(value === "" ? [] : [{ value }])];
  }
  const [entry, ...more] = Object.entries(one);
  if (!entry || more.length > 0 || isPart(entry[0], "ref")) return [{ value: one }];
  const [key, only] = entry;
  return [{ name: key, value: only }];
}

/** Whether a text may be the name of an argument: no placeholder, no sentence, no file. */
const isName = (name: string): boolean => /^[\p{L}_][\p{L}\p{N}_-]{0,60}(?: [\p{L}\p{N}_-]{1,30}){0,2}$/u.test(name);

/** A value as a plan holds it: refs in every spelling are refs, also in lists. */
export function readValue(value: Json, known: KnownTasks, at: number): Argument {
  if (Array.isArray(value)) return value.map((one) => readValue(one, known, at)) as Argument;
  if (isRef(value)) return { ref: known.ref(value.ref, at) };
  if (isFields(value)) return refObject(value, known, at) ?? within(value, known, at);
  if (typeof value !== "string") return value;
  const ref = known.refIn(value, at);
  return ref === undefined ? value : { ref };
}

/** Refs to what there is inside an object are refs too: nothing takes their place there, which is for the check to say. */
function within(value: Json, known: KnownTasks, at: number): Json {
  if (Array.isArray(value)) return value.map((one) => within(one, known, at));
  if (isFields(value))
    return isRef(value) ? value : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, within(one, known, at)]));
  const ref = typeof value === "string" ? known.refIn(value, at) : undefined;
  // What names nothing may be a text here.
  return ref !== undefined && /^[\w-]+(?:\.|$)/.test(ref) ? { ref } : value;
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
