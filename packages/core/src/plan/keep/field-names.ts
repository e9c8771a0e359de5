import { isRef, type Plan } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { isGathered } from "./is-gathered.js";

/** What the values of a plan are called in the state of a graph, each by a name of its own. */
export interface FieldNames {
  /** The field of what a ref points at. */
  of(ref: string): string;
  /** The field of a list that is put together for an argument, and the node that does it; no task is called so. */
  list(task: string, argument: string): string;
  /** The node that puts an output together. */
  outputList(name: string): string;
  readonly all: ReadonlySet<string>;
}

/** Inputs and outputs keep their names, and so does an answer that is one; another is called after its task: `t1_text`. */
export function fieldNames({ tasks, output }: Plan, { given, wanted, members }: Brief): FieldNames {
  const all = new Set([...Object.keys(given), ...Object.keys(wanted), ...Object.keys(output)]);
  const nodes = new Set(tasks.map(({ id }) => id));
  const goals = new Map(Object.entries(output).flatMap(([name, value]) => (isRef(value) ? [[value.ref, name] as const] : [])));
  const free = (wish: string, others: ReadonlySet<string>): string => {
    let name = wish;
    for (let n = 2; all.has(name) || others.has(name); n++) name = `${wish}_${n}`;
    all.add(name);
    return name;
  };
  const fields = new Map(goals);
  const lists = new Map<string, string>();
  for (const { id, member } of tasks)
    for (const field of Object.keys(members.find(({ name }) => name === member)?.gives ?? {})) {
      const ref = `${id}.${field}`;
      if (!fields.has(ref)) fields.set(ref, free(`${id}_${field}`, new Set()));
    }
  for (const { id, args } of tasks)
    for (const [name, value] of Object.entries(args)) if (isGathered(value)) lists.set(`${id}.${name}`, free(`${id}_${name}_list`, nodes));
  for (const [name, value] of Object.entries(output)) if (isGathered(value)) lists.set(name, free(`${name}_list`, nodes));
  return {
    of: (ref) => fields.get(ref) ?? ref.slice("input.".length),
    list: (task, argument) => lists.get(`${task}.${argument}`)!,
    outputList: (name) => lists.get(name)!,
    all,
  };
}
