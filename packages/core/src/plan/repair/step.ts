import type { Argument, Plan, Task } from "../../graph/plan.js";
import type { Brief, Card } from "../brief.js";
import type { Settled, SettledBy } from "../settled.js";
import { sourceSaid } from "../settled.js";
import type { Slot } from "../slot.js";

/** What a step did: another plan, what was done in a line each, and what it filled. */
export interface Done {
  readonly plan: Plan;
  readonly notes: readonly string[];
  readonly settled?: readonly Settled[];
}

/** A repair: undefined where it has nothing sensible to do. */
export type Step = (plan: Plan, brief: Brief) => Done | undefined;

/** An argument of a task, or an output, that is empty or holds what does not fit. */
export interface Place {
  /** The task's place in the plan; undefined for the output. */
  readonly task: number | undefined;
  readonly slot: Slot;
  readonly written: Argument | undefined;
}

export const cardOf = (brief: Brief, task: Task): Card | undefined => brief.members.find(({ name }) => name === task.member);

/** The task whose argument a place is; undefined of an output. */
export const taskAt = (plan: Plan, { task }: Pick<Place, "task">): Task | undefined => (task === undefined ? undefined : plan.tasks[task]);

export const withTask = (plan: Plan, i: number, task: Task): Plan => ({
  ...plan,
  tasks: plan.tasks.map((one, j) => (i === j ? task : one)),
});

/** A plan with a place filled; `undefined` empties it. */
export function withValue(plan: Plan, { task, slot }: Pick<Place, "task" | "slot">, value: Argument | undefined): Plan {
  const put = (values: Readonly<Record<string, Argument>>) => {
    const { [slot.name]: _, ...rest } = values;
    return value === undefined ? rest : { ...rest, [slot.name]: value };
  };
  return task === undefined
    ? { ...plan, output: put(plan.output) }
    : { ...plan, tasks: plan.tasks.map((one, i) => (i === task ? { ...one, args: put(one.args) } : one)) };
}

/** A place that a repair filled. */
export const filled = (place: string, value: Argument, by: SettledBy): Settled => ({ place, source: sourceSaid(value), by });

export const placeName = (plan: Plan, place: Pick<Place, "task" | "slot">): string =>
  `${taskAt(plan, place)?.id ?? "output"}.${place.slot.name}`;

/** Every place of a plan, filled or not, the output's last. */
export function placesOf(plan: Plan, brief: Brief): readonly Place[] {
  const of = (slots: Readonly<Record<string, Slot>>, values: Readonly<Record<string, Argument>>, task: number | undefined) =>
    Object.values(slots).map((slot): Place => ({ task, slot, written: Object.hasOwn(values, slot.name) ? values[slot.name] : undefined }));
  return [
    ...plan.tasks.flatMap((task, i) => of(cardOf(brief, task)?.takes ?? {}, task.args, i)),
    ...of(brief.wanted, plan.output, undefined),
  ];
}

export const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

export const same = (a: string, b: string): boolean => bare(a) === bare(b);

export const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
