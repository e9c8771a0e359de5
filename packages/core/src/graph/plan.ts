import type { Json } from "../schema/json.js";
import { isRecord } from "../schema/say.js";

/** An argument taken from elsewhere: `input.memo`, or a task's output field, `t1.text`. */
export interface Ref {
  readonly ref: string;
}

/** A literal, a ref, or a list of these. */
export type Argument = Ref | Json | readonly (Ref | Json)[];

export interface Task {
  readonly id: string;
  readonly member: string;
  readonly args: Readonly<Record<string, Argument>>;
}

/** A DAG of tasks, and which of their outputs answer the request. */
export interface Plan {
  readonly tasks: readonly Task[];
  readonly output: Readonly<Record<string, Argument>>;
}

/** Whether something may be a plan: tasks that each have arguments, and an output. */
export function isPlan(value: unknown): value is Plan {
  if (!isRecord(value) || !Array.isArray(value.tasks) || !isRecord(value.output)) return false;
  return [...value.tasks].every((task) => isRecord(task) && typeof task.id === "string" && isRecord(task.args));
}

/**
 * Whether an argument is a ref.
 *
 * @example
 * isRef({ ref: "t1.text" }); // true
 */
export function isRef(value: unknown): value is Ref {
  return typeof value === "object" && value !== null && typeof (value as Ref).ref === "string" && Object.keys(value).length === 1;
}

/** Every ref in an argument, in order. */
export function refsOf(argument: Argument): readonly string[] {
  if (isRef(argument)) return [argument.ref];
  return Array.isArray(argument) ? argument.flatMap((item) => refsOf(item as Argument)) : [];
}

/** Every value in the arguments of a plan's tasks that is no ref, as a text, in order; those in lists and objects one by one. */
export function literalsOf({ tasks }: Plan): readonly string[] {
  const of = (value: Argument): readonly string[] => {
    if (isRef(value)) return [];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap((one) => of(one as Argument)) : [String(value)];
  };
  return tasks.flatMap(({ args }) => Object.values(args)).flatMap(of);
}

/** What a ref takes from: the id of a task, or `input`. */
export function headOf(ref: string): string {
  const [head = ""] = ref.split(".");
  return head;
}

/** The ids of the tasks a task waits for, each once. */
export function needsOf(task: Task): readonly string[] {
  const ids = Object.values(task.args).flatMap(refsOf).map(headOf);
  return [...new Set(ids)].filter((id) => id !== "input");
}

/** A place or a source taken apart: its member, or `input` or `output`, whose name may hold dots, and the field. */
export function parted(place: string): readonly [owner: string, field: string] {
  const dot = place.lastIndexOf(".");
  return [place.slice(0, dot), place.slice(dot + 1)];
}
