import { compatible } from "../../check/compatible.js";
import { needsOf, type Plan, refsOf, type Task } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { itemOf, type Slot, tells } from "../slot.js";
import { cardOf, same } from "./step.js";

/** Every field that a place may be filled from: inputs, and outputs of tasks that do not wait for it; into the output by type alone. */
export function fillings(plan: Plan, brief: Brief, slot: Slot, task: Task | undefined, item = false): string[] {
  const schema = item ? itemOf(slot.schema) : slot.schema;
  if (!schema) return [];
  const after = task ? waiting(plan, task.id) : new Set<string>();
  const of = (head: string, slots: Readonly<Record<string, Slot>>) =>
    Object.values(slots)
      .filter((one) => one.required && compatible(one.schema, schema) === undefined)
      .map(({ name }) => `${head}.${name}`);
  return [
    // What is given is an answer only where it is asked for by name.
    ...of("input", brief.given).filter((ref) => task !== undefined || same(ref.split(".")[1]!, slot.name)),
    ...plan.tasks.filter(({ id }) => !after.has(id)).flatMap((one) => of(one.id, cardOf(brief, one)?.gives ?? {})),
  ];
}

/** A task and all that wait for it, however long the way. */
function waiting(plan: Plan, id: string): Set<string> {
  const found = new Set([id]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const task of plan.tasks) if (needsOf(task).some((need) => found.has(need))) found.add(task.id);
  }
  return found;
}

/** The one filling there is; of several, the one field with the slot's own name, or the one input that nothing uses yet. */
export function onlyFilling(plan: Plan, brief: Brief, slot: Slot, task: Task | undefined, item = false): string | undefined {
  const found = fillings(plan, brief, slot, task, item).filter((ref) => task !== undefined || answers(ref, slot, brief));
  if (found.length === 1) return found[0];
  const named = found.filter((ref) => same(ref.split(".")[1]!, slot.name));
  if (named.length === 1) return named[0];
  const unused = found.filter((ref) => !usesOf(plan).has(ref));
  const last = unused.filter((ref) => !ref.startsWith("input."));
  return unused.length === 1 ? unused[0] : task === undefined && last.length === 1 ? last[0] : undefined;
}

/** Of several outputs, plain text or a number is only taken for the one whose name it has: the wrong fact is worse than none. */
const answers = (ref: string, slot: Slot, brief: Brief): boolean =>
  same(ref.split(".")[1]!, slot.name) || tells(slot.schema) || Object.keys(brief.wanted).length === 1;

export const usesOf = (plan: Plan): Set<string> =>
  new Set([...plan.tasks.flatMap(({ args }) => Object.values(args).flatMap(refsOf)), ...Object.values(plan.output).flatMap(refsOf)]);
