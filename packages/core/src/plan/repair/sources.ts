import { compatible } from "../../check/compatible.js";
import { type Argument, needsOf, type Plan, refsOf } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { itemOf, type Slot } from "../slot.js";
import { cardOf, type Place } from "./step.js";

/** A field that a place may be filled from. */
export interface Source {
  readonly ref: string;
  /** `input`, or the id of a task. */
  readonly head: string;
  readonly field: Slot;
}

/** Whether a schema says what its values are. */
const says = ({ schema }: Slot): boolean => ["type", "enum", "const", "anyOf", "oneOf", "x-media"].some((keyword) => keyword in schema);

/** Of sources, those that say that they fit, where some do: what says nothing of its type may fit anywhere. */
export function surest(sources: readonly Source[], slot: Slot): readonly Source[] {
  const sure = says(slot) ? sources.filter(({ field }) => says(field)) : [];
  return sure.length > 0 ? sure : sources;
}

/** Every field of a fitting type: of the inputs, and of tasks that do not wait for the place's own. With `item`, what fits into a list there. */
export function sourcesOf(plan: Plan, brief: Brief, { task, slot }: Place, item = false): readonly Source[] {
  const schema = item ? itemOf(slot.schema) : slot.schema;
  if (!schema) return [];
  const after = task === undefined ? new Set<string>() : inOrder(plan, task) ? later(plan, task) : waiting(plan, plan.tasks[task]!.id);
  const of = (head: string, slots: Readonly<Record<string, Slot>>) =>
    Object.values(slots)
      .filter((field) => field.required && compatible(field.schema, schema) === undefined)
      .map((field): Source => ({ ref: `${head}.${field.name}`, head, field }));
  return [
    ...of("input", brief.given),
    ...plan.tasks.filter(({ id }) => !after.has(id)).flatMap((one) => of(one.id, cardOf(brief, one)?.gives ?? {})),
  ];
}

/** Whether no task takes from a later one, but for the one in question: then none is meant to. */
const inOrder = ({ tasks }: Plan, task: number): boolean =>
  tasks.every((one, i) => i === task || needsOf(one).every((need) => tasks.findIndex(({ id }) => id === need) < i));

const later = ({ tasks }: Plan, task: number): ReadonlySet<string> => new Set(tasks.slice(task).map(({ id }) => id));

/** A task and all that wait for it, however long the way. */
export function waiting(plan: Plan, id: string): ReadonlySet<string> {
  const found = new Set([id]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const task of plan.tasks) if (needsOf(task).some((need) => found.has(need))) found.add(task.id);
  }
  return found;
}

const headsIn = (values: readonly Argument[]): string[] => values.flatMap(refsOf).map((ref) => ref.split(".")[0]!);

/** Tasks that nothing takes from: no other task, and with `output` not the output either. */
export function unusedTasks(plan: Plan, output = true): ReadonlySet<string> {
  const used = new Set([
    ...plan.tasks.flatMap(({ id, args }) => headsIn(Object.values(args)).filter((head) => head !== id)),
    ...(output ? headsIn(Object.values(plan.output)) : []),
  ]);
  return new Set(plan.tasks.map(({ id }) => id).filter((id) => !used.has(id)));
}

export const usesOf = (plan: Plan): Set<string> =>
  new Set([...plan.tasks.flatMap(({ args }) => Object.values(args).flatMap(refsOf)), ...Object.values(plan.output).flatMap(refsOf)]);
