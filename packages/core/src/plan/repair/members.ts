import { nearest } from "../../check/nearest.js";
import type { Plan, Task } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { checkPlan } from "../check-plan.js";
import { usesOf } from "./fillings.js";
import { clip, type Step, same, withTask } from "./step.js";

export const nearestMember: Step = (plan, brief) => {
  const names = brief.members.map(({ name }) => name);
  for (const [i, task] of plan.tasks.entries()) {
    if (names.includes(task.member)) continue;
    const near =
      names.find((name) => same(name, task.member)) ??
      nearest(task.member, names) ??
      onlyWith(names, task.member) ??
      onlyTelling(task.member, brief) ??
      onlyFor(task, plan, brief);
    if (near !== undefined)
      return { plan: withTask(plan, i, { ...task, member: near }), note: `${task.id}: took ${near} for "${clip(task.member)}"` };
  }
  return undefined;
};

/** The only name that is part of what was written, or of which it is a part. */
function onlyWith(names: readonly string[], said: string): string | undefined {
  const bare = said.toLowerCase().replace(/[^a-z0-9]/g, "");
  const found = names.filter((name) => {
    const other = name.toLowerCase().replace(/[^a-z0-9]/g, "");
    return bare.length > 3 && other.length > 3 && (bare.includes(other) || other.includes(bare));
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The only member whose card speaks of what was written: `OCR` of one that "reads text (OCR)". */
function onlyTelling(said: string, brief: Brief): string | undefined {
  const words = (text: string) =>
    ` ${text
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, " ")
      .trim()} `;
  const found = brief.members.filter(({ does }) => words(said).length > 4 && words(does).includes(words(said)));
  return found.length === 1 ? found[0]!.name : undefined;
}

/** The only member that takes just these arguments and gives the fields that others take from the task. */
function onlyFor(task: Task, plan: Plan, brief: Brief): string | undefined {
  const args = Object.keys(task.args);
  const fields = [...usesOf(plan)].filter((ref) => ref.startsWith(`${task.id}.`)).map((ref) => ref.split(".")[1]!);
  const found = brief.members.filter(
    ({ takes, gives }) =>
      args.every((name) => Object.hasOwn(takes, name)) &&
      Object.values(takes).every(({ name, required }) => !required || args.includes(name)) &&
      fields.every((name) => Object.hasOwn(gives, name)),
  );
  return found.length === 1 && args.length > 0 && fields.length > 0 ? found[0]!.name : undefined;
}

/** A task that nothing can refer to for sure, or that repeats another, or that a stranger was to do. */
export const dropTask: Step = (plan, brief) => {
  const issues = checkPlan(plan, brief);
  for (const code of ["duplicate-task", "unused-task", "unknown-member", "task-id"]) {
    const found = issues.filter((one) => one.code === code);
    // From the end of a chain on: what others still refer to goes after them.
    const loose = found.find((one) => !isUsed(plan, one.path[1] as number));
    const issue = code === "unknown-member" || loose ? loose : found[0];
    if (!issue) continue;
    const i = issue.path[1] as number;
    const task = plan.tasks[i]!;
    if (code === "duplicate-task" || code === "task-id") {
      const id = freshId(plan);
      return { plan: withTask(plan, i, { ...task, id }), note: `Called the task "${clip(task.id)}" ${id}` };
    }
    return { plan: { ...plan, tasks: plan.tasks.filter((_, j) => j !== i) }, note: `Dropped ${task.id} (${clip(task.member)})` };
  }
  return undefined;
};

/** Whether anything refers to a task: then it cannot go without the meaning of the plan going too. */
const isUsed = (plan: Plan, i: number) => [...usesOf(plan)].some((ref) => ref.split(".")[0] === plan.tasks[i]!.id);

function freshId({ tasks }: Plan): string {
  const ids = new Set(tasks.map(({ id }) => id));
  let n = tasks.length;
  while (ids.has(`t${n}`)) n++;
  return `t${n}`;
}
