import type { Json, JsonSchema } from "@troupe/core";
import { type Parameter, parametersOf } from "../parameter.js";
import { asShown } from "./as-shown.js";
import { candidatesFor } from "./candidates-for.js";
import { speaksOf, yesOrNo } from "./mention.js";
import { numberLists } from "./number-lists.js";
import { isNumeric, numbersFor } from "./numbers-for.js";
import { placeFor } from "./place-for.js";
import { condensed, type Said } from "./said.js";
import { ways } from "./ways.js";
import { alike, wordsOf } from "./words-said.js";

/** Arguments that a request bears out, and the names of those it does not. */
export interface Settled {
  readonly args: Readonly<Record<string, Json>>;
  /** Required, and not to be had from the request. */
  readonly missing: readonly string[];
}

/**
 * Keeps of a call's arguments what the request says. Optional ones that it does not mention are dropped, and so are items of lists;
 * required ones are named as missing.
 */
export function settle(given: Readonly<Record<string, Json>>, parameters: JsonSchema, said: Said): Settled {
  const fields = parametersOf(parameters);
  // A function whose schema names no parameters takes what is written.
  if (!fields.length) return { args: given, missing: [] };
  const lists = numberLists(fields, given, said);
  const numbers = numbersFor(fields, given, said, lists.taken);
  const args: Record<string, Json> = {};
  const missing: string[] = [];
  for (const one of [...fields].sort((a, b) => Number(a.optional) - Number(b.optional))) {
    const { name } = one;
    const borne = name in given ? borneOut(given[name]!, one, said) : undefined;
    const own = typeof borne === "string" && !one.labels ? placeFor(asShown(borne, one), one, fields, said) : borne;
    const value = (isNumeric(one) ? numbers.get(name) : (lists.args[name] ?? own)) ?? defaultOf(one);
    const doubled = value !== undefined && one.optional && isDoubled(value, args, said);
    if (value !== undefined && !doubled) args[name] = value;
    else if (!one.optional) missing.push(name);
  }
  const ordered = fields.filter(({ name }) => name in args).map(({ name }) => [name, args[name]!] as const);
  return { args: ways(Object.fromEntries(ordered), fields, said), missing };
}

/** What stands for a required argument that is not said. */
const defaultOf = (one: Parameter): Json | undefined => (one.optional ? undefined : one.byDefault);

/** A value, or as much of it as the request says; undefined where it says nothing of it. */
function borneOut(value: Json, one: Parameter, said: Said): Json | undefined {
  if (typeof value === "boolean") return yesOrNo(said, one);
  if (typeof value === "number") return candidatesFor(one, said)?.includes(value) ? value : undefined;
  if (Array.isArray(value)) {
    const items = value
      .flatMap((item: Json) => (one.items ? (borneOut(item, one.items, said) ?? []) : [item]))
      .filter((item, i, all) => typeof item !== "string" || all.indexOf(item) === i);
    return items.length > 0 ? items : undefined;
  }
  if (typeof value === "object" && value !== null) {
    if (!one.fields?.length) return Object.keys(value).length > 0 ? value : undefined;
    const { args, missing } = settle(value as Readonly<Record<string, Json>>, one.schema, said);
    return missing.length === 0 && Object.keys(args).length > 0 ? args : undefined;
  }
  if (value === null) return undefined;
  return isSaid(value, said) || said.codes.has(value) || candidatesFor(one, said)?.includes(value) ? value : undefined;
}

/** Whether a request says a text: as it stands, or half of its words in some form. */
function isSaid(text: string, said: Said): boolean {
  const whole = condensed(text);
  if (!whole) return false;
  const words = wordsOf(text);
  if (words.length === 1) return speaksOf(said, words) || (whole.length > 3 && said.condensed.includes(whole));
  if (said.condensed.includes(whole)) return true;
  const known = words.filter((word) => said.words.some((other) => alike(word, other)));
  return known.length * 2 >= words.length;
}

/** Whether a text that is said once stands in another argument already, or in a part of one. */
function isDoubled(value: Json, args: Readonly<Record<string, Json>>, said: Said): boolean {
  if (typeof value !== "string") return false;
  const whole = condensed(value);
  if (!whole || said.condensed.indexOf(whole) !== said.condensed.lastIndexOf(whole)) return false;
  return Object.values(args).some((other) => (typeof other === "string" ? condensed(other).includes(whole) : isSameNumber(other, value)));
}

const isSameNumber = (one: Json, text: string): boolean => typeof one === "number" && Number(text) === one;
