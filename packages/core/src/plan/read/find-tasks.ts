import type { Json } from "../../schema/json.js";
import { isPart, partOf } from "./part-names.js";

export type Fields = Readonly<Record<string, Json>>;

export const isFields = (value: Json | undefined): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

/** A task as it was written: what names its member, and all that stands with it. */
export interface WrittenTask {
  /** Empty where nothing names one. */
  readonly member: string;
  readonly id: Json | undefined;
  readonly args: Json | undefined;
  readonly aliases: readonly string[];
}

/** How deep and how wide a list of tasks is looked for in what wraps it. */
const deepest = 6;
const widest = 2000;
/** Blocks of a message that are no tasks. */
const prose = new Set(["text", "thinking", "reasoning", "redacted_thinking", "output_text"]);

/** The tasks of a plan and the object that they stand in; undefined where there are none. */
export function findTasks(json: Json): { readonly tasks: readonly WrittenTask[]; readonly root: Fields } | undefined {
  return search(json, false) ?? search(json, true);
}

/** With `keyed`, members may be the keys of what they take: `{ shout: { text: … } }`. */
function search(json: Json, keyed: boolean): ReturnType<typeof findTasks> {
  let level: readonly Json[] = [json];
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    for (const value of level) {
      const tasks = tasksIn(value, keyed);
      if (tasks) return { tasks, root: isFields(value) ? value : {} };
    }
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value as Fields) : [])).slice(0, widest);
  }
  return undefined;
}

function tasksIn(value: Json, keyed: boolean): readonly WrittenTask[] | undefined {
  if (Array.isArray(value)) return listed(value, keyed);
  if (!isFields(value)) return undefined;
  for (const [key, part] of Object.entries(value)) {
    if (!isPart(key, "tasks") || typeof part !== "object" || part === null) continue;
    const found = Array.isArray(part) ? listed(part, keyed) : byId(part as Fields, keyed);
    if (found) return found;
  }
  const outside = partOf(value, "output");
  const single = taskOf(value, undefined, false);
  if (single && partOf(value, "args") !== undefined) return [single];
  // A plan may have no tasks, where all that is wanted is given.
  return isFields(outside) && Object.keys(value).some((key) => isPart(key, "tasks")) ? [] : undefined;
}

/** A list in which something is a task; what is none stays as a task of no member, so that it is not lost. */
function listed(list: readonly Json[], keyed: boolean): readonly WrittenTask[] | undefined {
  const items = list.filter((one) => !(isFields(one) && typeof one.type === "string" && prose.has(one.type)));
  const tasks = items.flatMap((one): readonly (WrittenTask | undefined)[] => {
    // A message with calls, or a step with several.
    const inner = isFields(one) && !taskOf(one, undefined, false) ? tasksIn(one, keyed) : undefined;
    return inner ?? [taskOf(one, undefined, keyed)];
  });
  if (!tasks.some((one) => one)) return undefined;
  return tasks.map((one) => one ?? { member: "", id: undefined, args: undefined, aliases: [] });
}

function byId(tasks: Fields, keyed: boolean): readonly WrittenTask[] | undefined {
  const found = Object.entries(tasks).map(([id, task]) => taskOf(task, id, keyed));
  return found.length > 0 && found.every((one) => one) ? (found as WrittenTask[]) : undefined;
}

/** One task, in any of the shapes that calls have. */
function taskOf(value: Json, key: string | undefined, keyed: boolean): WrittenTask | undefined {
  if (!isFields(value)) return undefined;
  const named = partOf(value, "member");
  const own = { id: partOf(value, "id") ?? key, aliases: aliasesOf(value) };
  // `{ type: "function", function: { name, arguments } }`, `{ action: { tool, input } }`.
  if (isFields(named)) {
    const inner = taskOf(named, undefined, false);
    return (
      inner && { ...inner, id: own.id ?? inner.id, args: inner.args ?? partOf(value, "args"), aliases: [...own.aliases, ...inner.aliases] }
    );
  }
  if (typeof named !== "string") {
    const [name, args] = keyed && Object.keys(value).length === 1 ? Object.entries(value)[0]! : [];
    return name !== undefined && isFields(args) && !isPart(name, "output") && !isPart(name, "tasks")
      ? { ...own, member: name, args }
      : undefined;
  }
  const args = partOf(value, "args") ?? besides(value);
  return { ...own, member: named, args };
}

/** Arguments that stand beside the name of the member: `{ tool: "shout", text: "…" }`. */
function besides(task: Fields): Fields {
  const parts = ["id", "member", "aside", "output", "alias"] as const;
  return Object.fromEntries(Object.entries(task).filter(([key]) => !parts.some((part) => isPart(key, part))));
}

function aliasesOf(task: Fields): string[] {
  const said = partOf(task, "alias");
  const all = Array.isArray(said) ? said : [said];
  return all
    .filter((one): one is string => typeof one === "string" && /^[\w$#{}-]{1,60}$/.test(one))
    .map((one) => one.replace(/[^\w-]/g, ""));
}
