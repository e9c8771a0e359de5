// What a plan for a team does, whatever its tasks are called, held against the plans that are right.
import { checkPlan, isRef } from "@troupe/core";

const refsIn = (value) => (isRef(value) ? [value.ref] : Array.isArray(value) ? value.flatMap(refsIn) : []);

/** `exact`, `wrong`, or, of a case that is to be declined, `declined` or `guessed`; a plan that is null was declined. */
export function judge(one, brief, plan) {
  if (one.declines) return plan === null ? "declined" : "guessed";
  if (plan === null) return "refused";
  const free = Object.keys(one.output).length === 0;
  if (checkPlan(plan, brief).length > 0) return "wrong";
  return one.gold.some((gold) => same(workOf(plan, free), workOf(gold, free), free)) ? "exact" : "wrong";
}

/** Whether a plan that is wrong would act on the world. */
export const acts = (one, plan) =>
  plan?.tasks.some(({ member }) => one.members.some(({ name, effects }) => name === member && effects)) ?? false;

const same = (a, b, free) =>
  String(a.tasks) === String(b.tasks) && (String(a.outputs) === String(b.outputs) || (free && a.outputs.length === 0));

function workOf({ tasks, output }, free) {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const said = (value) => {
    if (Array.isArray(value) && refsIn(value).length) return `[${value.map(said).sort()}]`;
    if (!isRef(value)) return JSON.stringify(typeof value === "string" ? value.trim().replace(/\s+/g, " ").toLowerCase() : value);
    const [head, ...path] = value.ref.split(".");
    return byId.has(head) ? `${work(byId.get(head))}.${path.join(".")}` : value.ref;
  };
  const work = ({ member, args }) =>
    `${member}(${Object.entries(args ?? {})
      .map(([name, value]) => `${name}=${said(value)}`)
      .sort()})`;
  const outputs = Object.entries(output).map(([name, value]) => (free ? said(value) : `${name}=${said(value)}`));
  return { tasks: tasks.map(work).sort(), outputs: [...new Set(outputs)].sort() };
}
