import type { Issue } from "../error/issue.js";
import { type Argument, isRef, type Plan } from "../graph/plan.js";
import type { Json } from "../schema/json.js";
import { resolve, valuesOf } from "../schema/resolve.js";
import type { Brief, Card } from "./brief.js";
import { least } from "./derive/weights.js";
import { wordsOf } from "./derive/words.js";
import { itemOf, type Slot, slotsOf } from "./slot.js";
import { type Grounded, groundedFor } from "./words/literals/grounded.js";
import { labelsIn } from "./words/literals/labels-in.js";
import type { Literal } from "./words/literals/literal.js";
import { literalsIn } from "./words/literals/literals-in.js";

/** What a planner wrote that nobody said: in another's place, an issue; where nothing is said, a line that says whose it is. */
export interface Untold {
  readonly issues: readonly Issue[];
  readonly chosen: readonly string[];
}

/** Kinds of values of which one says that another is not meant. */
const kinds: ReadonlySet<Literal["kind"]> = new Set(["number", "day", "time", "language", "currency"] as const);
/** A number by which the words of its place, or its unit, stand. */
const besideEnough = 1.25;
/** How far before a value the words stand from which another is counted. */
const near = 20;
const counting = /(?<!\p{L})(?:before|after|vor|vorm|nach|antes del?|después del?)(?: (?:the|dem|den|el))?\s*$/iu;

/**
 * Literals of a written plan that nobody said: neither the request or what is shown of the inputs, in whatever form, nor the words of the
 * member and of its argument. Who acts on the world is held to less, and a value that another argument took contradicts none.
 */
export function untoldValues(plan: Plan, brief: Brief, by: string): Untold {
  const { request } = brief;
  const literals = literalsIn(request);
  const leaves = plan.tasks.flatMap(({ id, member, args }, i) => {
    const card = brief.members.find(({ name }) => name === member);
    return Object.entries(card ? args : {}).flatMap(([name, value]) =>
      leavesOf(card!.takes[name], value).map((leaf) => ({ ...leaf, card: card!, id, name, path: ["tasks", i, "args", name] as const })),
    );
  });
  const held = new Set(leaves.flatMap(({ value }) => [key(value), ...atomsIn(value).map(key)]));
  const issues: Issue[] = [];
  const chosen: string[] = [];
  for (const { slot, value, card, id, name, path } of leaves) {
    if (typeof value === "boolean" || value === null || isOwn(slot, value)) continue;
    const said = groundedFor(slot, request, literals);
    if (said.some((one) => key(one.value) === key(value)) || isSaid(value, card, slot)) continue;
    const other = said.find((one) => contradicts(one, slot, card));
    const words = other && (literals.find(({ start, end }) => start === other.start && end === other.end)?.text ?? String(other.value));
    if (other)
      issues.push({
        code: "untold-value",
        path,
        names: { task: [id], member: [card.name], argument: [name] },
        message: `${JSON.stringify(value)} stands at ${card.name}.${name}, and the request says "${words}"`,
        hint: "Give what the request says.",
      });
    else if (!valuesOf(slot.schema)) chosen.push(`${id}.${name}: ${clip(JSON.stringify(value))} is what ${by} chose, and nobody said it`);
  }
  return { issues, chosen };

  function contradicts(one: Grounded, slot: Slot, { effects }: Card): boolean {
    if (valuesOf(slot.schema)) return typeof one.value === "string";
    const literal = literals.find(({ kind, start, end }) => kinds.has(kind) && start === one.start && end === one.end);
    if (!literal || held.has(key(one.value)) || held.has(key(literal.value))) return false;
    if (counting.test(request.slice(Math.max(0, one.start - near), one.start))) return false;
    return one.score >= (literal.kind === "number" && !effects ? besideEnough : least.sayable);
  }

  /** Whether a value, all that it says outright and half of its words are said. */
  function isSaid(value: string | number, card: Card, slot: Slot): boolean {
    const texts = [request, ...Object.values(brief.shown), card.does, slot.description].join("\n");
    if (valuesOf(slot.schema)) return labelsIn(texts, [value]).length > 0;
    const atoms = literalsIn(texts);
    if (typeof value === "number") return isReckoned(value, atoms);
    if (letters(texts).includes(letters(value))) return true;
    const known = new Set(atoms.map((one) => key(one.value)));
    const own = atomsIn(value);
    const words = wordsOf(value);
    const told = new Set(wordsOf(texts));
    return (
      own.every((one) => known.has(key(one))) &&
      (own.length > 0 || words.length > 0) &&
      (literalsIn(value).some(({ text }) => text === value) || 2 * words.filter((word) => told.has(word)).length >= words.length)
    );
  }
}

/** Whether a number is said, or comes of one or two that are: `twice 40`, `40 and 20 more`, `5%`. */
function isReckoned(value: number, atoms: readonly Literal[]): boolean {
  const numbers = atoms.flatMap((one) => (typeof one.value === "number" ? [Math.abs(one.value)] : [])).slice(0, 20);
  const is = (one: number) => Math.abs(one - Math.abs(value)) < 1e-9;
  return numbers.some(
    (a, i) =>
      [a, 2 * a, a / 2, a / 100].some(is) || numbers.slice(i + 1).some((b) => [a + b, Math.abs(a - b), a * b, a / b, b / a].some(is)),
  );
}

/** What its schema has it be where nothing is said. */
function isOwn({ schema }: Slot, value: Json): boolean {
  const { default: own, const: only } = resolve(schema, schema);
  return key(own ?? null) === key(value) || key(only ?? null) === key(value);
}

/** What a value says outright, days, languages and the like, each as one value however it is written. */
function atomsIn(value: Json): readonly Json[] {
  if (typeof value !== "string") return [];
  const found = literalsIn(value).filter(({ kind }) => kind !== "quoted" && kind !== "name");
  // `da`, `pt-BR`
  const [, language] = /^([a-z]{2})(?:-[A-Z]{2})?$/.exec(value) ?? [];
  return language ? [language] : found.map((one) => one.value);
}

interface Leaf {
  readonly slot: Slot;
  readonly value: string | number | boolean | null;
}

/** The literals in an argument, each with its place. */
function leavesOf(slot: Slot | undefined, value: Argument): readonly Leaf[] {
  if (!slot || isRef(value)) return [];
  if (Array.isArray(value)) {
    const item = itemOf(slot.schema);
    return item ? value.flatMap((one) => leavesOf({ ...slot, schema: item }, one as Argument)) : [];
  }
  if (typeof value === "object" && value !== null) {
    const slots = slotsOf(slot.schema);
    return Object.entries(value).flatMap(([name, one]) => leavesOf(slots[name], one as Argument));
  }
  return [{ slot, value: value as Leaf["value"] }];
}

const key = (value: Json): string => (typeof value === "string" ? value.toLowerCase() : JSON.stringify(value));
const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
