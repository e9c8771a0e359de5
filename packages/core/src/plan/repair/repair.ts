import type { Issue } from "../../error/issue.js";
import { isPlan, type Plan } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { checkBrief } from "../check-brief.js";
import { checkPlan, mostTasks } from "../check-plan.js";
import { orderOf } from "../order.js";
import type { Settled } from "../settled.js";
import { exchangeArguments, renameArguments } from "./arguments.js";
import { partDoubledIds, plainIds } from "./doubled-ids.js";
import { changeForm } from "./literals.js";
import { settleOutputs, settlePlaces } from "./settle.js";
import type { Step } from "./step.js";
import { dropEmpty, nameMember, takeLastAsOutput, useUnused } from "./tasks.js";

export interface Repaired {
  readonly plan: Plan;
  /** What was changed, a line each. */
  readonly notes: readonly string[];
  /** Each place that was filled, with what, and what settled it; the last word on a place comes last. */
  readonly settled: readonly Settled[];
  /** What is still wrong: what has no sensible repair, or several. */
  readonly issues: readonly Issue[];
}

/**
 * Mends what has one sensible repair: a name that is near, the field that a ref can only mean, a value in another form, what nothing
 * else can use, an order. What has none, or several, is left as an issue: never is a place filled with the nearest thing, nor a task
 * that means something left out. A good plan stays as it is.
 *
 * @example
 * const { plan, notes, settled, issues } = repair(written, brief);
 */
export function repair(plan: Plan, brief: Brief): Repaired {
  checkBrief("repair", brief);
  if (!isPlan(plan)) return { plan, notes: [], settled: [], issues: checkPlan(plan, brief) };
  const notes: string[] = [];
  const settled: Settled[] = [];
  if (plan.tasks.length > mostTasks) return { plan, notes, settled, issues: checkPlan(plan, brief) };
  let now = plan;
  for (let left = mostSteps; left > 0; left--) {
    const done = steps.reduce<ReturnType<Step>>((found, step) => found ?? step(now, brief), undefined);
    if (!done) break;
    now = done.plan;
    notes.push(...done.notes);
    settled.push(...(done.settled ?? []));
  }
  const { ordered, cyclic } = orderOf(now.tasks);
  if (cyclic.length === 0 && ordered.some((task, i) => task !== now.tasks[i])) {
    now = { ...now, tasks: ordered };
    notes.push("Put the tasks in the order they wait for one another");
  }
  return { plan: now, notes, settled, issues: checkPlan(now, brief) };
}

/** More repairs than this make a plan of their own. */
const mostSteps = 100;

/** Each makes something right that the later ones rely on; each is tried again after every change. */
const steps: readonly Step[] = [
  takeLastAsOutput,
  nameMember,
  dropEmpty,
  plainIds,
  partDoubledIds,
  renameArguments,
  exchangeArguments,
  changeForm,
  settlePlaces,
  settleOutputs,
  useUnused,
];
