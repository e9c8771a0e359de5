import { type Argument, headOf, isRef, refsOf, type Task } from "../../graph/plan.js";
import { compatible } from "../../schema/compatible.js";
import { assign, type Choice } from "./assign.js";
import type { Source } from "./sources.js";
import { cardOf, clip, filled, placeName, placesOf, type Step, withTask, withValue } from "./step.js";

/**
 * Tasks that share an id: each gets its own, and each ref to it the one that gives such a field, comes before, and leaves no task
 * without use. Where that does not tell, the plan stays as it is: a ref to two tasks is a question.
 */
export const partDoubledIds: Step = (plan, brief) => {
  const ids = plan.tasks.map(({ id }) => id);
  const id = ids.find((one, i) => ids.indexOf(one) < i);
  if (id === undefined) return undefined;
  const copies = [...plan.tasks.entries()].filter(([, task]) => task.id === id);
  // A task that was told twice is not done twice, where somebody acts on the world.
  const acting = copies.flatMap(([, task]) => (cardOf(brief, task)?.effects ? [task.member] : []));
  if (new Set(acting).size < acting.length) return undefined;
  const fresh = copies.map(([i, task], n) => ({ i, task: { ...task, id: freshId(id, n, ids) } }));
  const parted = fresh.reduce((now, { i, task }) => withTask(now, i, task), plan);
  const places = placesOf(parted, brief).filter(({ written }) => isRef(written) && headOf(written.ref) === id);
  const all = [...plan.tasks.flatMap(({ args }) => Object.values(args)), ...Object.values(plan.output)].flatMap(refsOf);
  // Others stand in lists, or where nothing takes them.
  if (all.filter((ref) => headOf(ref) === id).length > places.length) return undefined;
  const choices = places.map((place): Choice => {
    const [, ...path] = (place.written as { ref: string }).ref.split(".");
    const before = (i: number) => place.task === undefined || i < place.task;
    const sources = fresh.flatMap(({ i, task }): Source[] => {
      const field = cardOf(brief, task)?.gives[path[0] ?? ""];
      if (!field || !before(i) || (path.length === 1 && compatible(field.schema, place.slot.schema) !== undefined)) return [];
      return [{ ref: [task.id, ...path].join("."), head: task.id, field }];
    });
    return { place, sources };
  });
  if (choices.some(({ sources }) => sources.length === 0)) return undefined;
  const open = places.reduce((now, place) => withValue(now, place, undefined), parted);
  const given = assign(choices, open, brief);
  if (given.length < places.length) return undefined;
  const done = given.reduce((now, { place, value }) => withValue(now, place, value), parted);
  const settled = given.map(({ place, value, by }) => filled(placeName(parted, place), value, by));
  return { plan: done, notes: [`Gave the tasks called "${clip(id)}" ids of their own`], settled };
};

function freshId(id: string, n: number, ids: readonly string[]): string {
  if (n === 0) return id;
  let fresh = `${id}_${n + 1}`;
  while (ids.includes(fresh)) fresh += "_";
  return fresh;
}

/** An id that no ref can name, and that no other task has once it is turned into one. */
export const plainIds: Step = (plan) => {
  const odd = plan.tasks.find(({ id }) => id === "input" || !/^[\w-]+$/.test(id));
  if (!odd) return undefined;
  const { id } = odd;
  const ids = plan.tasks.map((task) => task.id);
  if (ids.filter((one) => one === id).length > 1) return undefined;
  let fresh = id.replace(/[^\w-]+/g, "_") || "t";
  while (fresh === "input" || ids.includes(fresh)) fresh += "_";
  const point = (value: Argument): Argument => {
    if (isRef(value)) return value.ref === id || value.ref.startsWith(`${id}.`) ? { ref: `${fresh}${value.ref.slice(id.length)}` } : value;
    return Array.isArray(value) ? (value.map(point) as unknown as Argument) : value;
  };
  const all = (values: Task["args"]) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, point(value)]));
  const tasks = plan.tasks.map((task) => ({
    ...task,
    ...(task === odd ? { id: fresh } : {}),
    args: id === "input" ? task.args : all(task.args),
  }));
  return { plan: { tasks, output: id === "input" ? plan.output : all(plan.output) }, notes: [`Called the task "${clip(id)}" ${fresh}`] };
};
