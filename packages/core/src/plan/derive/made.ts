import type { Argument, Plan, Task } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import type { Card } from "../brief.js";
import type { Slot } from "../slot.js";
import type { Source } from "./edges.js";
import type { Given } from "./given.js";
import { weights } from "./weights.js";

/** A value and how it comes about: an input, a literal, a field of a task's answer, or a list of these. */
export interface Made extends Making {
  readonly key: string;
  readonly from:
    | { readonly input: Slot }
    | { readonly literal: Json; readonly sure: number; readonly at?: number }
    | { readonly work: Work; readonly field: Slot }
    | { readonly list: readonly Made[] };
  /** What it is worth at its place, with all that it is made by. */
  readonly score: number;
}

/** A task in the making: equal ones have equal keys and become one. */
export interface Work extends Making {
  readonly key: string;
  readonly card: Card;
  readonly args: Readonly<Record<string, Made>>;
  /** What it is worth without what its arguments are made by; `total` is with that. */
  readonly own: number;
}

/** What a value or a task takes. */
interface Making {
  /** Tasks, by key, each after those it waits for. */
  readonly works: ReadonlyMap<string, Work>;
  readonly inputs: ReadonlySet<string>;
  /** The inputs as one text. */
  readonly origin: string;
  /** Tasks on the longest way from an input to it. */
  readonly depth: number;
  /** What its tasks are worth. */
  readonly total: number;
  /** Something private went into it, and nothing took that out. */
  readonly private: boolean;
}

const nothing: Making = { works: new Map(), inputs: new Set(), origin: "", depth: 0, total: 0, private: false };

export const fromInput = (input: Slot, edge: number, secret: boolean): Made => ({
  ...nothing,
  key: `input.${input.name}`,
  from: { input },
  score: edge,
  inputs: new Set([input.name]),
  origin: input.name,
  private: secret,
});

export const fromLiteral = ({ value, score, at }: Given, edge: number): Made => ({
  ...nothing,
  key: JSON.stringify(value),
  from: { literal: value, sure: score, ...(at === undefined ? {} : { at }) },
  score: edge,
});

export function fromList(list: readonly Made[], edge: number): Made {
  const making = together(list);
  return { ...making, key: `[${list.map(({ key }) => key).join()}]`, from: { list }, score: edge + making.total };
}

export function fromWork(work: Work, field: Slot, edge: number): Made {
  const { works, inputs, origin, depth, total } = work;
  const { name } = field;
  const marks = work.card.passage?.gives[name];
  const secret = (marks?.private ?? false) || (work.private && !marks?.public);
  return { works, inputs, origin, depth, total, private: secret, key: `${work.key}.${name}`, from: { work, field }, score: edge + total };
}

export function workOf(card: Card, args: Readonly<Record<string, Made>>, own: number): Work {
  const said = Object.entries(args).map(([name, made]) => `${name}:${made.key}`);
  const { works, inputs, origin, depth, total, private: secret } = together(Object.values(args));
  const all = new Map(works);
  const work: Work = {
    key: `${card.name}(${said.sort().join()})`,
    card,
    args,
    own,
    works: all,
    inputs,
    origin,
    depth: depth + 1,
    total: total + own,
    private: secret || Object.keys(args).some((name) => card.passage?.takes[name]?.private),
  };
  all.set(work.key, work);
  return work;
}

function together(parts: readonly Made[]): Making {
  const [first, ...others] = parts;
  if (first && others.length === 0) return first;
  const works = new Map(parts.flatMap(({ works }) => [...works]));
  const inputs = new Set(parts.flatMap(({ inputs }) => [...inputs]));
  return {
    works,
    inputs,
    origin: [...inputs].sort().join(),
    depth: Math.max(0, ...parts.map(({ depth }) => depth)),
    total: worthOf(works),
    private: parts.some((one) => one.private),
  };
}

/** What tasks are worth together: of a member that is at work several times the mean, less what each time more costs. */
export function worthOf(works: ReadonlyMap<string, Work>): number {
  const byCard = new Map<Card, number[]>();
  for (const { card, own } of works.values()) byCard.set(card, [...(byCard.get(card) ?? []), own]);
  let sum = 0;
  for (const owns of byCard.values()) sum += owns.reduce((all, own) => all + own, 0) / owns.length + weights.again * (owns.length - 1);
  return sum;
}

/** The input or the field that a value is; undefined of a literal or a list. */
export const sourceOf = ({ from }: Made): Source | undefined =>
  "work" in from ? { card: from.work.card, slot: from.field } : "input" in from ? { slot: from.input } : undefined;

/** The plan that makes these outputs by these tasks. */
export function planOf(outputs: Readonly<Record<string, Made>>, works: ReadonlyMap<string, Work>): Plan {
  const ids = new Map<string, string>();
  const tasks: Task[] = [];
  const argument = (made: Made): Argument => {
    if ("input" in made.from) return { ref: `input.${made.from.input.name}` };
    if ("literal" in made.from) return made.from.literal;
    if ("list" in made.from) return made.from.list.map(argument) as unknown as Argument;
    return { ref: `${ids.get(made.from.work.key)}.${made.from.field.name}` };
  };
  const values = (parts: Readonly<Record<string, Made>>) =>
    Object.fromEntries(Object.entries(parts).map(([name, made]) => [name, argument(made)]));
  for (const [key, { card, args }] of works) {
    const id = `t${tasks.length + 1}`;
    tasks.push({ id, member: card.name, args: values(args) });
    ids.set(key, id);
  }
  return { tasks, output: values(outputs) };
}
