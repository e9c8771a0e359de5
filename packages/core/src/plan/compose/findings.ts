import { type Plan, refsOf, type Task } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import type { Brief, Card } from "../brief.js";
import { holdsMedia, type Slot } from "../slot.js";

/** A task that is done, and what it gave. */
export interface Findings {
  readonly task: Task;
  readonly card: Card;
  readonly fields: readonly Found[];
}

export interface Found {
  readonly slot: Slot;
  /** Undefined where it is not told, or was not given. */
  readonly value?: Json;
  /** Another task took it. */
  readonly taken: boolean;
}

/** Told apart from a team's own outputs by how it begins. */
const own = (name: string): string => `:${name}`;
const tasksKey = own("tasks");

/**
 * A plan that gives beside its outputs its tasks and what they give, so that what it came to tells whoever composes, also once it is
 * heard again. Not told are media, and what a member marks as private where who composes is elsewhere.
 */
export function withFindings({ tasks, output }: Plan, brief: Brief): Plan {
  const told = tasks.flatMap((task) =>
    fieldsOf(task, brief).map(({ name }) => [own(`${task.id}.${name}`), { ref: `${task.id}.${name}` }] as const),
  );
  return { tasks, output: { [tasksKey]: tasks as unknown as Json, ...Object.fromEntries(told), ...output } };
}

/** What the tasks of such a plan gave, from what it came to. */
export function findingsIn(output: Readonly<Record<string, unknown>>, brief: Brief): readonly Findings[] {
  const tasks = output[tasksKey] as readonly Task[];
  const taken = new Set(tasks.flatMap(({ args }) => Object.values(args).flatMap(refsOf)));
  return tasks.map((task) => {
    const card = brief.members.find(({ name }) => name === task.member)!;
    const told = new Set(fieldsOf(task, brief));
    const fields = Object.values(card.gives).map((slot): Found => {
      const value = output[own(`${task.id}.${slot.name}`)] as Json | undefined;
      return { slot, taken: taken.has(`${task.id}.${slot.name}`), ...(told.has(slot) && value !== undefined ? { value } : {}) };
    });
    return { task, card, fields };
  });
}

function fieldsOf({ member }: Task, { members, composed }: Brief): readonly Slot[] {
  const card = members.find(({ name }) => name === member);
  return Object.values(card?.gives ?? {}).filter(
    ({ name, schema }) => !holdsMedia(schema) && !(composed?.elsewhere !== undefined && card?.passage?.gives[name]?.private),
  );
}
