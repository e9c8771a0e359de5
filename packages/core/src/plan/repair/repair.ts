import type { Issue } from "../../graph/issue.js";
import type { Plan } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { checkPlan, mostTasks } from "../check-plan.js";
import { orderOf } from "../order.js";
import { dropTask, nearestMember } from "./members.js";
import { mendValue } from "./mend-value.js";
import { breakCycle, exchange, fillMissing, renameField, useUnused } from "./places.js";
import type { Step } from "./step.js";

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
 */
export function repair(plan: Plan, brief: Brief): Repaired {
  const notes: string[] = [];
  let issues = checkPlan(plan, brief);
  if (plan.tasks.length > mostTasks) return { plan, notes, issues };
  let now = plan;
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
