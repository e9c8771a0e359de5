import { type Json, type JsonSchema, schemaFromJson, TroupeError } from "@troupe/core";
import { type Parameter, parametersOf } from "../parameter.js";
import { asShown } from "./as-shown.js";
import { candidatesFor } from "./candidates-for.js";
import { isSaid } from "./is-said.js";
import { labelsSaid } from "./labels-said.js";
import { yesOrNo } from "./mention.js";
import { numberLists } from "./number-lists.js";
import { isNumeric, numbersFor } from "./numbers-for.js";
import { placeFor } from "./place-for.js";
import { condensed, type Said } from "./said.js";
import { ways } from "./ways.js";

/** Arguments that a request bears out, and the names of those it does not. */
export interface Settled {
  readonly args: Readonly<Record<string, Json>>;
  /** Required, and not to be had from the request. */
  readonly missing: readonly string[];
}

/**
 * Keeps of a call's arguments what the request says. Optional ones that it does not mention are dropped, and so are items of lists;
 * required ones are named as missing. So is what then does not fit the schema: what the request says is not enough for it, or too much.
 */
export function settle(given: Readonly<Record<string, Json>>, parameters: JsonSchema, said: Said): Settled {
  const fields = parametersOf(parameters);
  const found = settled(given, fields.length > 0 ? fields : keyed(given), said);
  const wrong = misfitsOf(found.args, parameters);
  if (wrong.size === 0) return found;
  return {
    args: Object.fromEntries(Object.entries(found.args).filter(([name]) => !wrong.has(name))),
    missing: [...found.missing, ...fields.filter(({ name, optional }) => !optional && wrong.has(name)).map(({ name }) => name)],
  };
}

/** The arguments that do not fit a schema; none where values cannot be held to it here. */
function misfitsOf(args: Readonly<Record<string, Json>>, parameters: JsonSchema): ReadonlySet<string> {
  try {
    const held = schemaFromJson(parameters)["~standard"].validate(args) as { issues?: readonly { path?: readonly unknown[] }[] };
    return new Set((held.issues ?? []).flatMap(({ path = [] }) => (path.length > 0 ? [String(path[0])] : [])));
  } catch (error) {
    if (!(error instanceof TroupeError)) throw error;
    return new Set();
  }
}

function settled(given: Readonly<Record<string, Json>>, fields: readonly Parameter[], said: Said): Settled {
  const lists = numberLists(fields, given, said);
  const numbers = numbersFor(fields, given, said, lists.taken);
  const args: Record<string, Json> = {};
  const missing: string[] = [];
  for (const one of [...fields].sort((a, b) => Number(a.optional) - Number(b.optional))) {
    const { name } = one;
    const written = Object.hasOwn(given, name) ? given[name] : undefined;
    const borne = written === undefined ? undefined : borneOut(written, one, said);
    const own = typeof borne === "string" && !one.labels ? placeFor(asShown(borne, one), one, fields, said) : borne;
    const value = (isNumeric(one) ? numbers.get(name) : (lists.args[name] ?? own)) ?? defaultOf(one);
    const doubled = value !== undefined && one.optional && isDoubled(value, args, said);
    if (value !== undefined && !doubled) args[name] = value;
    else if (!one.optional) missing.push(name);
  }
  const ordered = fields.flatMap((one) => Object.entries(args).filter(([name]) => name === one.name));
  return { args: ways(Object.fromEntries(ordered), fields, said), missing };
}

/** The parameters of an object whose schema names none: those that were written, each of what its value is. */
const keyed = (given: Readonly<Record<string, Json>>, values?: Parameter): readonly Parameter[] =>
  Object.entries(given).map(([name, value]) => (values ? { ...values, name, optional: true } : written(name, value)));

/** A parameter that no schema names, as far as a value tells what it is. */
export function written(name: string, value: Json): Parameter {
  const type = Array.isArray(value) ? "array" : value === null ? "string" : (typeof value as "string" | "number" | "boolean" | "object");
  return { name, optional: true, type, schema: {} };
}

/** What stands for a required argument that is not said. */
const defaultOf = (one: Parameter): Json | undefined => (one.optional ? undefined : one.byDefault);

/** A value, or as much of it as the request says; undefined where it says nothing of it. */
function borneOut(value: Json, one: Parameter, said: Said): Json | undefined {
  if (one.either)
    return one.either
      .filter((way) => isOf(value, way))
      .map((way) => borneOut(value, way, said))
      .find((found) => found !== undefined);
  if (typeof value === "boolean") return yesOrNo(said, one);
  if (typeof value === "number") return candidatesFor(one, said)?.includes(value) ? value : undefined;
  if (Array.isArray(value)) {
    const items = value
      .flatMap((item: Json) => borneOut(item, one.items ?? written(one.name, item), said) ?? [])
      .filter((item, i, all) => typeof item !== "string" || all.indexOf(item) === i);
    return items.length > 0 ? items : undefined;
  }
  if (typeof value === "object" && value !== null) {
    const fields = one.fields?.length ? one.fields : keyed(value as Readonly<Record<string, Json>>, one.values);
    const { args, missing } = settled(value as Readonly<Record<string, Json>>, fields, said);
    return missing.length === 0 && Object.keys(args).length > 0 ? args : undefined;
  }
  if (value === null) return undefined;
  if (one.labels && labelsSaid(one.labels, said).denied.includes(value)) return undefined;
  return isSaid(value, said) || said.codes.has(value) || candidatesFor(one, said)?.includes(value) ? value : undefined;
}

/** Whether a value is of what a way of a union takes: of its type, and with the labels by which it is told apart. */
function isOf(value: Json, { type, labels, fields = [] }: Parameter): boolean {
  const kind = Array.isArray(value) ? "array" : typeof value;
  if (kind !== (type === "integer" ? "number" : type)) return false;
  if (labels) return labels.includes(value);
  return fields.every((field) => field.optional || field.labels?.length !== 1 || Object(value)[field.name] === field.labels[0]);
}

/** Whether a text that is said once stands in another argument already, or in a part of one. */
function isDoubled(value: Json, args: Readonly<Record<string, Json>>, said: Said): boolean {
  if (typeof value !== "string") return false;
  const whole = condensed(value);
  if (!whole || said.condensed.indexOf(whole) !== said.condensed.lastIndexOf(whole)) return false;
  return Object.values(args).some((other) => (typeof other === "string" ? condensed(other).includes(whole) : isSameNumber(other, value)));
}

const isSameNumber = (one: Json, text: string): boolean => typeof one === "number" && Number(text) === one;
