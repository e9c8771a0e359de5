import { tooLarge } from "./rules.js";

/** A JSON Schema, or a part of one, whatever it holds. `patterns` are those of several that were merged. */
export type Part = Readonly<Record<string, any>>;

/** Alternatives of one schema that are still worth telling apart. */
const mostAlternatives = 128;
const annotations = [
  "title",
  "description",
  "default",
  "examples",
  "$defs",
  "definitions",
  "$schema",
  "$id",
  "deprecated",
  "readOnly",
  "$comment",
];

/** Steps after which a schema is taken for one that leads to itself without end. */
const mostSteps = 20_000;

export interface Alternative {
  readonly part: Part;
  /** Levels that are left for schemas that refer to themselves. */
  readonly room: number;
}

/**
 * Tells what a part of this schema means without references, unions and intersections at its top: alternatives, none where no level
 * is left.
 */
export function flattener(root: Part): (part: Part, room: number) => readonly Alternative[] {
  const recursive = new Map<Part, boolean>();
  const leadsToItself = (target: Part): boolean => {
    const known = recursive.get(target) ?? isRecursive(root, target);
    recursive.set(target, known);
    return known;
  };
  let steps = 0;

  const flatten = (part: Part, room: number): readonly Alternative[] => {
    if (++steps > mostSteps) throw tooLarge();
    const { $ref, allOf, anyOf, oneOf, ...own } = part;
    const factors: (readonly Alternative[])[] = [];
    if (typeof $ref === "string") {
      const target = resolve(root, $ref);
      const left = leadsToItself(target) ? room - 1 : room;
      factors.push(left < 0 ? [] : flatten(target, left));
    }
    for (const one of (allOf ?? []) as (Part | boolean)[]) {
      if (one === false) return [];
      if (one !== true) factors.push(flatten(one, room));
    }
    for (const union of [anyOf, oneOf] as ((Part | boolean)[] | undefined)[]) {
      if (union)
        factors.push(union.flatMap((one) => (one === false ? [] : flatten(one === true ? {} : one, room))).slice(0, mostAlternatives));
    }
    const [first, ...more] = factors;
    if (!first) return [{ part, room }];
    if (more.length === 0 && Object.keys(own).every((key) => annotations.includes(key))) return first;
    const meet = (all: readonly Alternative[], factor: readonly Alternative[]) =>
      all.flatMap((a) => factor.map((b) => ({ part: merged(a.part, b.part), room: Math.min(a.room, b.room) }))).slice(0, mostAlternatives);
    return factors.reduce(meet, [{ part: own, room }]).filter((one) => one.part.type !== "never");
  };
  return flatten;
}

/** What satisfies both, as far as that is one schema; `never` as its type where nothing does. */
export function merged(a: Part, b: Part): Part {
  const both = (key: string) => a[key] !== undefined && b[key] !== undefined;
  const made: Record<string, unknown> = { ...a, ...b };
  const patterns = [a, b].flatMap((one) => [...(one.patterns ?? []), ...(one.pattern === undefined ? [] : [one.pattern])]);
  delete made.pattern;
  if (patterns.length > 0) made.patterns = patterns;
  for (const key of ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"])
    if (both(key)) made[key] = Math.max(a[key], b[key]);
  for (const key of ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"])
    if (both(key)) made[key] = Math.min(a[key], b[key]);
  if (both("type")) made.type = commonType(a.type, b.type);
  if (both("required")) made.required = [...new Set([...a.required, ...b.required])];
  for (const key of ["properties", "patternProperties"])
    if (both(key))
      made[key] = Object.fromEntries(
        Object.keys({ ...a[key], ...b[key] }).map((name) => {
          const parts = [a[key][name], b[key][name]].filter((one) => one !== undefined);
          return [name, parts.length > 1 ? { allOf: parts } : parts[0]];
        }),
      );
  for (const key of ["items", "additionalProperties", "propertyNames"])
    if (both(key)) made[key] = a[key] === false || b[key] === false ? false : { allOf: [a[key], b[key]] };
  const values = [a, b].map((one) => ("const" in one ? [one.const] : one.enum)).filter((one) => one !== undefined);
  if (values.length > 1) {
    delete made.const;
    made.enum = values[0].filter((value: unknown) => values[1].some((other: unknown) => JSON.stringify(other) === JSON.stringify(value)));
  }
  return made;
}

function commonType(a: string | readonly string[], b: string | readonly string[]): unknown {
  const [left, right] = [[a].flat(), [b].flat()];
  const common = left.flatMap((one) =>
    right.includes(one)
      ? [one]
      : (one === "integer" && right.includes("number")) || (one === "number" && right.includes("integer"))
        ? ["integer"]
        : [],
  );
  return common.length === 0 ? "never" : common.length === 1 ? common[0] : common;
}

function resolve(root: Part, ref: string): Part {
  if (ref !== "#" && !ref.startsWith("#/")) return {};
  const found = ref
    .slice(2)
    .split("/")
    .filter(Boolean)
    .reduce<any>((at, key) => at?.[decoded(key).replace(/~1/g, "/").replace(/~0/g, "~")], root);
  return typeof found === "object" && found !== null ? found : {};
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** Whether a schema leads back to itself. */
function isRecursive(root: Part, target: Part): boolean {
  const targets = (one: Part) => [...Object.values(one), ...(typeof one.$ref === "string" ? [resolve(root, one.$ref)] : [])];
  const seen = new Set<unknown>();
  const waiting: unknown[] = targets(target);
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (one === target) return true;
    if (typeof one !== "object" || one === null || seen.has(one)) continue;
    seen.add(one);
    waiting.push(...targets(one));
  }
  return false;
}
