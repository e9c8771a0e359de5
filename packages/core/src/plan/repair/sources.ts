import { type Argument, headOf, needsOf, type Plan, refsOf, type Task } from "../../graph/plan.js";
import { compatible } from "../../schema/compatible.js";
import type { JsonSchema } from "../../schema/json.js";
import type { Brief } from "../brief.js";
import { itemOf, type Slot } from "../slot.js";
import { cardOf, type Place, taskAt } from "./step.js";

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
export function sourcesOf(plan: Plan, brief: Brief, place: Place, item = false): readonly Source[] {
  const schema = item ? itemOf(place.slot.schema) : place.slot.schema;
  if (!schema) return [];
  const task = taskAt(plan, place);
  const after = task ? barred(plan, task) : new Set<string>();
  const of = (head: string, slots: Readonly<Record<string, Slot>>) =>
    Object.values(slots)
      .filter((field) => field.required && fits(field.schema, schema))
      .map((field): Source => ({ ref: `${head}.${field.name}`, head, field }));
  return [
    ...of("input", brief.given),
    ...plan.tasks.filter(({ id }) => !after.has(id)).flatMap((one) => of(one.id, cardOf(brief, one)?.gives ?? {})),
  ];
}

const fitting = new WeakMap<JsonSchema, WeakMap<JsonSchema, boolean>>();

/** Whether a value of one schema may stand where another is taken: found once for each two, since a repair asks at every step. */
function fits(from: JsonSchema, to: JsonSchema): boolean {
  let row = fitting.get(from);
  if (!row) fitting.set(from, (row = new WeakMap()));
  let known = row.get(to);
  if (known === undefined) row.set(to, (known = compatible(from, to) === undefined));
  return known;
}

/** What a plan's tasks may not take from, by task; plans do not change, so that it is found once. */
const known = new WeakMap<Plan, Map<Task, ReadonlySet<string>>>();

/** The task itself and, where no other takes from a later one, all that come after it; else all that wait for it, however long the way. */
function barred(plan: Plan, task: Task): ReadonlySet<string> {
  const found = known.get(plan) ?? new Map<Task, ReadonlySet<string>>();
  known.set(plan, found);
  let ids = found.get(task);
  if (!ids)
    found.set(
      task,
      (ids = inOrder(plan, task) ? new Set(plan.tasks.slice(plan.tasks.indexOf(task)).map(({ id }) => id)) : waiting(plan, task)),
    );
  return ids;
}

function inOrder({ tasks }: Plan, task: Task): boolean {
  const at = new Map(tasks.map(({ id }, i) => [id, i]));
  return tasks.every((one, i) => one === task || needsOf(one).every((need) => (at.get(need) ?? -1) < i));
}

function waiting({ tasks }: Plan, task: Task): ReadonlySet<string> {
  const needs = tasks.map((one) => [one.id, needsOf(one)] as const);
  const found = new Set([task.id]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const [id, all] of needs) if (!found.has(id) && all.some((need) => found.has(need))) found.add(id);
  }
  return found;
}

const headsIn = (values: readonly Argument[]): string[] => values.flatMap(refsOf).map(headOf);

/** Tasks that nothing takes from: no other task, nor the output. */
export function unusedTasks(plan: Plan): ReadonlySet<string> {
  const used = new Set([
    ...plan.tasks.flatMap(({ id, args }) => headsIn(Object.values(args)).filter((head) => head !== id)),
    ...headsIn(Object.values(plan.output)),
  ]);
  return new Set(plan.tasks.map(({ id }) => id).filter((id) => !used.has(id)));
}

export const usesOf = (plan: Plan): Set<string> =>
  new Set([...plan.tasks.flatMap(({ args }) => Object.values(args).flatMap(refsOf)), ...Object.values(plan.output).flatMap(refsOf)]);
