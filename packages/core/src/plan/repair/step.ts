import type { Argument, Plan, Task } from "../../graph/plan.js";
import type { Brief, Card } from "../brief.js";
import type { Slot } from "../slot.js";

/** A repair: another plan and what was done, or nothing where it has nothing sensible to do. */
export type Step = (plan: Plan, brief: Brief) => { readonly plan: Plan; readonly note: string } | undefined;

export const cardOf = (brief: Brief, task: Task): Card | undefined => brief.members.find(({ name }) => name === task.member);

export const withTask = (plan: Plan, i: number, task: Task): Plan => ({
  ...plan,
  tasks: plan.tasks.map((one, j) => (i === j ? task : one)),
});

/** Gives every place of a plan to `change`, the output's too; the first that is changed makes the plan. */
export function changeFirst(
  plan: Plan,
  brief: Brief,
  change: (
    slots: Readonly<Record<string, Slot>>,
    values: Readonly<Record<string, Argument>>,
    task: Task | undefined,
  ) => { values: Record<string, Argument>; note: string } | undefined,
): ReturnType<Step> {
  for (const [i, task] of plan.tasks.entries()) {
    const card = cardOf(brief, task);
    const done = card && change(card.takes, task.args, task);
    if (done) return { plan: withTask(plan, i, { ...task, args: done.values }), note: `${task.id}: ${done.note}` };
  }
  const done = change(brief.wanted, plan.output, undefined);
  return done && { plan: { ...plan, output: done.values }, note: `output: ${done.note}` };
}

export const same = (a: string, b: string) => a.toLowerCase().replace(/[^a-z0-9]/g, "") === b.toLowerCase().replace(/[^a-z0-9]/g, "");

export const clip = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
