import type { Issue } from "../../error/issue.js";
import type { Argument, Plan } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import { valuesOf } from "../../schema/resolve.js";
import type { Brief } from "../brief.js";
import { type Fields, findTasks, isFields, type WrittenTask } from "./find-tasks.js";
import { type KnownTasks, knownTasks, type NamedTask } from "./known-tasks.js";
import { bareName, partOf } from "./part-names.js";
import { namedValues, readValue, textsIn } from "./read-arguments.js";

/** A plan as a planner wrote it, in the shape plans have. */
export interface ReadPlan {
  readonly plan: Plan;
  /** What could not be read, so that the plan must not run as it is: `plan-cut`, `plan-doubled`. */
  readonly issues: readonly Issue[];
}

/**
 * Reads a plan from what a planner wrote as JSON: other names for its parts, tasks as an object or as calls of tools, arguments as
 * JSON texts, as lists of names and values or by place, refs in any spelling (`{{1.loud}}`, `$t1.loud$`, `#E1`, `<resource-0>`).
 * Nothing is left out: an entry that names no member is a task of the member "". What it means is for the check to say. A `brief` tells
 * refs from the user's own text, such as `$1`, and arguments from other parts of a task. Undefined where it is no plan.
 *
 * @example
 * readPlan({ steps: [{ id: 1, tool: "shout", arguments: { text: "$input.note" } }] })?.plan.tasks;
 */
export function readPlan(json: Json, brief?: Brief): ReadPlan | undefined {
  const found = findTasks(json, brief);
  if (!found) return undefined;
  const whole = withIds(found.tasks).map(({ id, task }) => {
    const named: NamedTask = { id, written: textOf(task.id), member: task.member, aliases: task.aliases };
    return { named, fields: { ...task.beside, ...namedValues(task.args) } };
  });
  const output = outputOf(found.around);
  const texts = [...whole.map(({ fields }) => fields), output].flatMap((fields, at) =>
    Object.values(fields).flatMap((value) => textsIn(value).map((text) => [text, at] as const)),
  );
  const known = knownTasks(
    whole.map(({ named }) => named),
    texts,
    brief,
  );
  const tasks = whole.map(({ named: { id, member }, fields }, i) => ({ id, member, args: read(fields, known, i, takesOf(member, brief)) }));
  return { plan: { tasks, output: read(output, known, tasks.length) }, issues: found.lists > 1 || isTwice(found.tasks) ? [doubled] : [] };
}

const doubled: Issue = {
  code: "plan-doubled",
  path: ["tasks"],
  message: "The plan stands in several parts, or twice over, so that a task may be told and not meant again",
  hint: "Give each task once, with an id of its own, in one list.",
};

/** Whether tasks are the same ones told over: one after another may be meant twice, several may not. */
function isTwice(tasks: readonly WrittenTask[]): boolean {
  const half = tasks.length / 2;
  const said = tasks.map((task) => JSON.stringify([task.member, task.args, task.beside]));
  return half > 1 && Number.isInteger(half) && said.slice(half).every((one, i) => one === said[i]);
}

/** A label that an argument may be is that label, whatever else it is a word for: `previous`. */
const read = (fields: Fields, known: KnownTasks, at: number, takes: Brief["given"] = {}): Record<string, Argument> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const slot = Object.hasOwn(takes, name) ? takes[name] : undefined;
      const isLabel = typeof value === "string" && slot && valuesOf(slot.schema)?.includes(value);
      return [name, isLabel ? value : readValue(value, known, at)];
    }),
  );

const takesOf = (member: string, brief: Brief | undefined) => brief?.members.find(({ name }) => bareName(name) === bareName(member))?.takes;

const textOf = (id: Json | undefined): string | undefined => (typeof id === "string" || typeof id === "number" ? String(id) : undefined);

/** What a plan answers: fields by name, or one or several by their place. It stands beside the tasks, or beside what wraps them. */
function outputOf(around: readonly Json[]): Fields {
  const outputs = around.filter(isFields).map((one) => partOf(one, "output"));
  const output = outputs.find((one) => one !== undefined && !around.includes(one));
  return isFields(output) && !("ref" in output) ? output : namedValues(isFields(output) ? [output] : output);
}

/** Tasks with ids that refs can name: numbers as `t1`, blanks as `_`, positions where there is none. Tasks share one only where it was written twice. */
function withIds(tasks: readonly WrittenTask[]): { readonly id: string; readonly task: WrittenTask }[] {
  const wishes = tasks.map((task, i): { readonly task: WrittenTask; readonly key: string | number; readonly id: string } => {
    const text = (textOf(task.id) ?? "").trim();
    const plain = text.replace(/[^\w-]+/g, "_").replace(/^_+|_+$/g, "");
    if (plain === "") return { task, key: i, id: `t${i + 1}` };
    return { task, key: text, id: plain === "input" ? "input_" : /^\d+$/.test(plain) ? `t${plain}` : plain };
  });
  const ids = new Map<string | number, string>();
  const taken = new Set<string>();
  const [kept, said] = [wishes.filter(({ key, id }) => key === id), wishes.filter(({ key }) => typeof key === "string")];
  // What can stay as it is does, and a position gives way to what was written.
  for (const { key, id } of [...kept, ...said, ...wishes]) {
    if (ids.has(key)) continue;
    let free = id;
    for (let n = 2; key !== id && taken.has(bareName(free)); n++) free = `${id}_n${n}`;
    taken.add(bareName(free));
    ids.set(key, free);
  }
  return wishes.map(({ task, key }) => ({ task, id: ids.get(key)! }));
}
