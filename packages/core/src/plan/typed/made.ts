import type { Json } from "../../graph/json.js";
import type { Argument, Plan, Task } from "../../graph/plan.js";
import type { Card } from "../brief.js";

/** A task in the making: equal ones have equal keys and become one. */
export interface Work {
  readonly key: string;
  readonly card: Card;
  readonly args: Readonly<Record<string, Made>>;
}

/** A value and how it comes about: an input, a literal, a field of a task's answer, or a list of these. */
export interface Made {
  readonly key: string;
  readonly from:
    | { readonly input: string }
    | { readonly literal: Json }
    | { readonly work: Work; readonly field: string }
    | { readonly list: readonly Made[] };
  /** How well it suits the place it was made for. */
  readonly score: number;
  /** Tasks it takes, by key, each after those it waits for. */
  readonly works: ReadonlyMap<string, Work>;
  readonly inputs: ReadonlySet<string>;
}

const nothing = { works: new Map<string, Work>(), inputs: new Set<string>() };

export const fromInput = (input: string, score: number): Made => ({
  ...nothing,
  key: `input.${input}`,
  from: { input },
  score,
  inputs: new Set([input]),
});

export const fromLiteral = (literal: Json, score: number): Made => ({ ...nothing, key: JSON.stringify(literal), from: { literal }, score });

export function fromList(list: readonly Made[], score: number): Made {
  return { key: `[${list.map(({ key }) => key).join()}]`, from: { list }, score, ...together(list) };
}

export function fromWork(card: Card, args: Readonly<Record<string, Made>>, field: string, score: number): Made {
  const key = `${card.name}(${Object.entries(args)
    .map(([name, made]) => `${name}:${made.key}`)
    .sort()
    .join()})`;
  const work = { key, card, args };
  const { works, inputs } = together(Object.values(args));
  return { key: `${key}.${field}`, from: { work, field }, score, works: new Map(works).set(key, work), inputs };
}

function together(parts: readonly Made[]): Pick<Made, "works" | "inputs"> {
  return {
    works: new Map(parts.flatMap(({ works }) => [...works])),
    inputs: new Set(parts.flatMap(({ inputs }) => [...inputs])),
  };
}

/** The plan that makes these outputs. */
export function planOf(outputs: Readonly<Record<string, Made>>): Plan {
  const ids = new Map<string, string>();
  const tasks: Task[] = [];
  const argument = (made: Made): Argument => {
    if ("input" in made.from) return { ref: `input.${made.from.input}` };
    if ("literal" in made.from) return made.from.literal;
    if ("list" in made.from) return made.from.list.map(argument) as unknown as Argument;
    return { ref: `${ids.get(made.from.work.key)}.${made.from.field}` };
  };
  const values = (parts: Readonly<Record<string, Made>>) =>
    Object.fromEntries(Object.entries(parts).map(([name, made]) => [name, argument(made)]));
  for (const [key, { card, args }] of together(Object.values(outputs)).works) {
    const id = `t${tasks.length + 1}`;
    tasks.push({ id, member: card.name, args: values(args) });
    ids.set(key, id);
  }
  return { tasks, output: values(outputs) };
}
