import type { Issue } from "../../graph/issue.js";
import { type Argument, isRef, type Plan, type Task } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { checkPlan, mostTasks } from "../check-plan.js";
import { orderOf } from "../order.js";
import { dropTask, nearestMember } from "./members.js";
import { mendValue } from "./mend-value.js";
import { breakCycle, exchange, fillMissing, renameField, useUnused } from "./places.js";
import { clip, type Step } from "./step.js";

export interface Repaired {
  readonly plan: Plan;
  /** What was changed, a line each. */
  readonly notes: readonly string[];
  /** What is still wrong. */
  readonly issues: readonly Issue[];
}

/**
 * Mends what has one sensible repair: the nearest name, the only value of the type that is missing, a list where one is wanted, a
 * task that nothing uses, an order. Each repair is noted; what is left is in `issues`. A repair that makes no issue go is undone.
 *
 * @example
 * const { plan, notes, issues } = repair(written, brief);
 */
export function repair(plan: Plan, brief: Brief): Repaired {
  const notes: string[] = [];
  let issues = checkPlan(plan, brief);
  if (plan.tasks.length > mostTasks) return { plan, notes, issues };
  let now = mergeEqual(plan, brief, notes);
  if (notes.length) issues = checkPlan(now, brief);
  for (let left = 100; left > 0 && issues.length > 0; left--) {
    const done = steps.some((step) => {
      const next = step(now, brief);
      if (!next) return false;
      const after = checkPlan(next.plan, brief);
      if (weigh(after) >= weigh(issues)) return false;
      now = next.plan;
      issues = after;
      notes.push(next.note);
      return true;
    });
    if (!done) break;
  }
  const { ordered, cyclic } = orderOf(now.tasks);
  if (cyclic.length === 0 && ordered.some((task, i) => task !== now.tasks[i])) {
    now = { ...now, tasks: ordered };
    notes.push("Put the tasks in the order they wait for one another");
  }
  return { plan: now, notes, issues: notes.length ? checkPlan(now, brief) : issues };
}

/** Tasks that do the same become one, unless they act on the world. */
function mergeEqual(plan: Plan, brief: Brief, notes: string[]): Plan {
  const firsts = new Map<string, string>();
  for (const { id, member, args } of plan.tasks) {
    const key = JSON.stringify([member, Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1))]);
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, id);
    if (first === undefined || first === id || brief.members.some((card) => card.name === member && card.effects)) continue;
    const point = (value: Argument): Argument => {
      if (isRef(value)) return value.ref.split(".")[0] === id ? { ref: `${first}${value.ref.slice(id.length)}` } : value;
      return Array.isArray(value) ? (value.map(point) as unknown as Argument) : value;
    };
    const all = (values: Task["args"]) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, point(value)]));
    const tasks = plan.tasks.filter((task) => task.id !== id).map((task) => ({ ...task, args: all(task.args) }));
    notes.push(`Merged ${clip(id)} into ${clip(first)}, which does the same`);
    return mergeEqual({ tasks, output: all(plan.output) }, brief, notes);
  }
  return plan;
}

/** Repairs must lead down in this, so that they end. What hides other issues weighs most. */
function weigh(issues: readonly Issue[]): number {
  const heavy: Readonly<Record<string, number>> = {
    "too-many-tasks": 1e6,
    "unknown-member": 40,
    "duplicate-task": 20,
    "task-id": 20,
    "cyclic-ref": 10,
  };
  return issues.reduce((sum, { code }) => sum + (heavy[code] ?? (code.startsWith("unused") ? 1 : 3)), 0);
}

const steps: readonly Step[] = [nearestMember, renameField, exchange, mendValue, breakCycle, fillMissing, useUnused, dropTask];
