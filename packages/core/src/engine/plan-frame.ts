import { type Argument, isRef, needsOf, type Plan } from "../graph/plan.js";
import type { Path } from "../path/path.js";
import { copyOf } from "../schema/copy-of.js";
import { setKey } from "../schema/set-key.js";
import { present } from "./present.js";
import type { Occurrence, PlanFrame } from "./state.js";

/** Opens a plan; gives the tasks that need nothing. */
export function openPlan(owner: Path, opener: Occurrence, plan: Plan): { frame: PlanFrame; ready: readonly string[] } {
  const waits = new Map<string, number>();
  const followers = new Map<string, string[]>();
  for (const task of plan.tasks) {
    const needs = needsOf(task);
    waits.set(task.id, needs.length);
    for (const need of needs) {
      const others = followers.get(need);
      if (others) others.push(task.id);
      else followers.set(need, [task.id]);
    }
  }
  const frame: PlanFrame = {
    kind: "plan",
    owner,
    opener,
    plan,
    tasks: new Map(plan.tasks.map((task) => [task.id, task])),
    running: new Map(),
    waits,
    followers,
    ranks: ranksOf(plan, followers),
    results: new Map(),
    failed: undefined,
    input: undefined,
  };
  return { frame, ready: plan.tasks.flatMap(({ id }) => (waits.get(id) === 0 ? [id] : [])) };
}

/** The tasks that waited for one that is completed, and for nothing else. */
export function readyAfter({ waits, followers }: PlanFrame, done: string): readonly string[] {
  return (followers.get(done) ?? []).filter((id) => {
    const left = present(waits.get(id), "task") - 1;
    waits.set(id, left);
    return left === 0;
  });
}

/** Tasks on the longest way from each task to the end of its plan. */
function ranksOf(plan: Plan, followers: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  const rank = (id: string): number => {
    const known = ranks.get(id);
    if (known !== undefined) return known;
    let longest = 0;
    for (const next of followers.get(id) ?? []) longest = Math.max(longest, rank(next));
    ranks.set(id, longest + 1);
    return longest + 1;
  };
  for (const { id } of plan.tasks) rank(id);
  return ranks;
}

/** Copies of arguments with their refs replaced by what they point at; left out where that is missing. */
export function argumentsOf(args: Readonly<Record<string, Argument>>, { input, results }: PlanFrame): Record<string, unknown> {
  const valueAt = (argument: Argument): unknown => {
    if (isRef(argument)) {
      const [head = "", ...path] = argument.ref.split(".");
      const from: unknown = head === "input" ? input : results.get(head);
      // Every object has a `constructor`, which nobody gave it.
      return path.reduce<any>((value, key) => (Object.hasOwn(Object(value), key) ? value[key] : undefined), from);
    }
    return Array.isArray(argument) ? argument.map(valueAt).filter((one) => one !== undefined) : argument;
  };
  const all: Record<string, unknown> = {};
  for (const [field, argument] of Object.entries(args)) {
    const value = copyOf(valueAt(argument));
    if (value !== undefined) setKey(all, field, value);
  }
  return all;
}
