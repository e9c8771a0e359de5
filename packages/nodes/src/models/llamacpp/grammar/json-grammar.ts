import { type JsonSchema, TroupeError } from "@troupe/core";
import { containers, listed, times } from "./containers.js";
import { type Alternative, flattener, merged, type Part } from "./flatten.js";
import { numberMachine } from "./numbers.js";
import { type Rules, rulesOf } from "./rules.js";
import { stringLanguage } from "./strings.js";

/** Rounds of a schema that refers to itself: as many levels as a model can be asked to write, so that its text must end. */
const levels = 8;
/** Values of which a list without repetition is held: a rule for each of their sets. */
const mostDistinct = 7;
const primitives = `
string ::= "\\"" char* "\\""
char ::= [^"\\\\\\x00-\\x1F\\x7F] | escape
unit ::= [^"\\\\\\x00-\\x1F\\x7F\\U00010000-\\U0010FFFF] | escape
escape ::= "\\\\" (["\\\\/bfnrt] | "u" hex hex hex hex)
hex ::= [0-9a-fA-F]
integer ::= "-"? ("0" | [1-9] [0-9]{0,14})
number ::= integer ("." [0-9]{1,12})?
scalar ::= string | number | "true" | "false" | "null"
sp ::= " "?
ws ::= (" " | "\\n" " "{0,24})?
`;

/**
 * A llama.cpp grammar (GBNF) for the JSON that satisfies a JSON Schema, with the white space that models learnt left free, bounded.
 * Keeps types, enum, const, properties with `required`, patterns of keys and their number, items, prefixItems and their bounds, lists of
 * labels without repetition, bounds and steps of numbers, patterns, formats and lengths of strings, unions, allOf, references (eight
 * levels of those to themselves). What is beyond that (back references, unions of which exactly one may fit) is left to the prompt
 * and to validation.
 * @throws TroupeError `SCHEMA_UNSUPPORTED` where nothing fits the schema
 */
export function jsonGrammar(schema: JsonSchema): string {
  const rules = rulesOf();
  const root = ruleOf(rules, schema as Part);
  if (root === undefined)
    throw new TroupeError("SCHEMA_UNSUPPORTED", "Nothing fits this schema", { hint: "Correct its bounds", text: JSON.stringify(schema) });
  return `root ::= ${root}\n${rules.text()}${primitives}`;
}

/** The rule of what a schema takes, undefined where that is nothing. */
function ruleOf(rules: Rules, root: Part): string | undefined {
  const flatten = flattener(root);
  const { alternatives, distinct, object, tuple } = containers(rules);
  const known = new Map<unknown, Map<number, string | undefined>>();

  const of = (part: unknown, left: number): string | undefined => {
    if (part === false) return undefined;
    if (part === true || part === undefined || part === null || typeof part !== "object") return anything(rules, 3);
    const before = known.get(part) ?? new Map<number, string | undefined>();
    known.set(part, before);
    if (!before.has(left)) before.set(left, alternatives(flatten(part as Part, left).map((one) => body(one.part, one.room))));
    return before.get(left);
  };

  const body = (part: Part, left: number): string | undefined => {
    if (part.not && Object.keys(part.not).length === 0) return undefined;
    const values = literals(part);
    if (values) return alternatives(values.map((value) => rules.literal(JSON.stringify(value))));
    if (Array.isArray(part.type)) return alternatives(part.type.map((type: string) => body({ ...part, type }, left)));
    switch (part.type ?? guessed(part)) {
      case "object":
        return objectOf(part, left);
      case "array":
        return arrayOf(part, left);
      case "string":
        return text(rules, part);
      case "number":
      case "integer":
        return numeric(rules, part);
      case "boolean":
        return alternatives(['"true"', '"false"']);
      case "null":
        return '"null"';
      default:
        return anything(rules, 3);
    }
  };

  const arrayOf = (part: Part, left: number): string | undefined => {
    const fixed: readonly unknown[] = part.prefixItems ?? (Array.isArray(part.items) ? part.items : []);
    const least = part.minItems ?? fixed.length;
    const most = part.maxItems;
    if (fixed.length > 0) {
      const open = !Array.isArray(part.items) && typeof part.items === "object" ? of(part.items, left) : undefined;
      return tuple(
        fixed.map((item) => of(item, left)),
        open,
        least,
        most,
      );
    }
    const values = part.uniqueItems && part.items ? fewValues(typeof part.items === "object" ? flatten(part.items, left) : []) : undefined;
    if (values) return distinct(values, least, Math.min(most ?? values.length, values.length));
    const list = listed(of(part.items, left), least, most);
    return list && rules.add(list);
  };

  const objectOf = (part: Part, left: number): string | undefined => {
    const named = namedMembers(part);
    const required = new Set<string>(part.required ?? []);
    const members: { readonly rule: string; readonly must: boolean }[] = [];
    for (const [key, schema] of Object.entries(named)) {
      const value = of(schema, left);
      if (value === undefined && required.has(key)) return undefined;
      if (value !== undefined) members.push({ rule: `${rules.literal(JSON.stringify(key))} ":" sp ${value}`, must: required.has(key) });
    }
    const more = others(part, Object.keys(named)).map(([name, schema]) => [text(rules, name), of(schema, left)] as const);
    const other = alternatives(more.map(([name, value]) => (name && value ? rules.add(`${name} ":" sp ${value}`) : undefined)));
    return object(members, other, part.minProperties ?? 0, part.maxProperties);
  };

  return of(root, levels);
}

/** Any JSON of so many levels. */
function anything(rules: Rules, depth: number): string {
  if (depth === 0) return "scalar";
  const inner = anything(rules, depth - 1);
  // An object is written as a list of its members, but for the brackets.
  const members = listed(`string ":" sp ${inner}`, 0, undefined)?.replace(/^"\["/, '"{"').replace(/"\]"$/, '"}"');
  return rules.add(`scalar | ${listed(inner, 0, undefined)} | ${members}`);
}

/** The values that a schema names, undefined where it names none. */
function literals(part: Part): readonly unknown[] | undefined {
  const all: readonly unknown[] | undefined = "const" in part ? [part.const] : part.enum;
  const not = part.not && ("const" in part.not ? [part.not.const] : part.not.enum);
  return all?.filter((value) => isType(part.type, value) && !not?.includes(value));
}

function text(rules: Rules, part: Part): string | undefined {
  const least = part.minLength ?? 0;
  const most = part.maxLength;
  if (most !== undefined && most < least) return undefined;
  const states = stringLanguage(part);
  if (states === "nothing") return undefined;
  if (states) return rules.string(states);
  if (!least && most === undefined) return "string";
  return rules.add(`"\\"" unit${times(least, most)} "\\""`);
}

function numeric(rules: Rules, part: Part): string | undefined {
  const safe = (bound: number | undefined) => (bound !== undefined && Math.abs(bound) >= 1e15 ? undefined : bound);
  const bounds = {
    minimum: safe(part.minimum),
    maximum: safe(part.maximum),
    exclusiveMinimum: safe(part.exclusiveMinimum),
    exclusiveMaximum: safe(part.exclusiveMaximum),
    multipleOf: part.multipleOf,
  };
  const plain = part.type === "integer" ? "integer" : "number";
  if (Object.values(bounds).every((bound) => bound === undefined)) return plain;
  const held = numberMachine({ integer: plain === "integer", ...(bounds as object) });
  return held === "nothing" ? undefined : held ? rules.number(held) : plain;
}

/** The few values, as JSON, that the items of a list can have. */
function fewValues(items: readonly Alternative[]): readonly string[] | undefined {
  const all = items.map(
    ({ part }) => literals(part) ?? (part.type === "boolean" ? [true, false] : part.type === "null" ? [null] : undefined),
  );
  const values = all.includes(undefined) ? [] : [...new Set(all.flat().map((value) => JSON.stringify(value)))];
  return values.length > 0 && values.length <= mostDistinct ? values : undefined;
}

/** The schemas of the members of an object that it names. */
function namedMembers(part: Part): Readonly<Record<string, unknown>> {
  const named: Record<string, unknown> = { ...part.properties };
  for (const key of (part.propertyNames?.enum ?? []) as string[]) named[key] ??= part.additionalProperties ?? true;
  return named;
}

/**
 * The members beside those that are named, as a schema of the name and one of the value; none where there may be none: what is open to
 * anything else is asked for nothing else.
 */
function others(part: Part, named: readonly string[]): readonly (readonly [Part, unknown])[] {
  if (part.propertyNames?.enum) return [];
  const patterns = Object.entries((part.patternProperties ?? {}) as Record<string, unknown>);
  const name = (more: Part): Part => {
    const { not: _, ...names } = (typeof part.propertyNames === "object" ? part.propertyNames : {}) as Part;
    const taken = { ...more.not, ...(named.length > 0 ? { enum: named } : {}) };
    return { ...merged(names, more), type: "string", ...(Object.keys(taken).length > 0 ? { not: taken } : {}) };
  };
  const members = patterns.map(([pattern, schema]) => [name({ pattern }), schema] as const);
  const rest = part.additionalProperties;
  const open = rest && typeof rest === "object" && Object.keys(rest).length > 0;
  if (!open && (patterns.length > 0 || named.length > 0 || rest === false)) return members;
  const unlike = patterns.length > 0 ? { not: { pattern: patterns.map(([pattern]) => `(?:${pattern})`).join("|") } } : {};
  return [...members, [name(unlike), rest]];
}

/** The type that a schema without one speaks of. */
function guessed(part: Part): string | undefined {
  if (part.properties || part.patternProperties || part.propertyNames || part.required || "additionalProperties" in part) return "object";
  if (part.items || part.prefixItems) return "array";
  if (part.pattern || part.patterns || part.minLength || part.maxLength || part.format) return "string";
  return undefined;
}

function isType(type: unknown, value: unknown): boolean {
  if (type === undefined) return true;
  const kind = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  return [type].flat().some((one) => one === kind || (one === "integer" && Number.isInteger(value)));
}
