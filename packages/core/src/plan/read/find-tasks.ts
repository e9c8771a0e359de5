import { isRef } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import type { Brief } from "../brief.js";
import { bareName, isPart, partOf } from "./part-names.js";

export type Fields = Readonly<Record<string, Json>>;

export const isFields = (value: Json | undefined): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

/** A task as it was written: what names its member, and all that stands with it. */
export interface WrittenTask {
  /** Empty where nothing names one. */
  readonly member: string;
  readonly id: Json | undefined;
  readonly args: Json | undefined;
  /** Arguments that stand beside those. */
  readonly beside?: Fields;
  readonly aliases: readonly string[];
}

/** How deep and how wide a list of tasks is looked for in what wraps it. */
const deepest = 6;
const widest = 2000;
/** Blocks of a message that are no tasks. */
const prose = new Set(["text", "thinking", "reasoning", "redacted_thinking", "output_text"]);

/** The tasks of a plan, and what they stand in, innermost first. */
interface Found {
  readonly tasks: readonly WrittenTask[];
  readonly around: readonly Json[];
  /** They stand in so many lists, which may follow one another or stand for one another. */
  readonly lists: number;
}

/** How tasks are looked for. */
interface Search {
  /** Members may be the keys of what they take: `{ shout: { text: … } }`. */
  readonly keyed: boolean;
  /** Plans without tasks are looked for. */
  readonly none?: boolean;
  readonly brief: Brief | undefined;
}

/** The tasks of a plan; undefined where there are none. A brief tells arguments from other parts of a task. */
export function findTasks(json: Json, brief?: Brief): Found | undefined {
  // A plan may have no tasks, where all that is wanted is given.
  return search(json, { keyed: false, brief }) ?? search(json, { keyed: true, brief }) ?? search(json, { keyed: false, none: true, brief });
}

/** A value, and what it stands in, innermost first. */
type Around = readonly [Json, ...Json[]];

/** All tasks of the outermost level that has any: of a plan in several parts, none is lost. */
function search(json: Json, how: Search): Found | undefined {
  let level: readonly { readonly key?: string; readonly around: Around }[] = [{ around: [json] }];
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const found = level.flatMap(({ key, around }): readonly Found[] => {
      const lists = listsIn(around[0], how);
      if (lists.length > 0) return [{ tasks: lists.flat(), around, lists: lists.length }];
      const single = callIn(around[0], key, how);
      return single ? [{ tasks: [single], around: around.length > 1 ? around.slice(1) : around, lists: 0 }] : [];
    });
    if (found.length > 0) {
      const lists = found.reduce((sum, one) => sum + one.lists, found.some((one) => one.lists === 0) ? 1 : 0);
      return { tasks: found.flatMap(({ tasks }) => tasks), around: found.flatMap(({ around }) => around), lists };
    }
    level = level
      .flatMap(({ around }) => {
        const [value] = around;
        if (typeof value !== "object" || value === null) return [];
        return Object.entries(value as Fields).map(([key, one]) => ({
          ...(Array.isArray(value) || isPart(key, "member") || isPart(key, "tasks") ? {} : { key }),
          around: [one, ...around] as const,
        }));
      })
      .slice(0, widest);
  }
  return undefined;
}

/** The lists of tasks that a value is or has; one with the very ids of another tells the same in another way. */
function listsIn(value: Json, how: Search): readonly (readonly WrittenTask[])[] {
  const lists: (readonly WrittenTask[])[] = [];
  const take = (list: readonly WrittenTask[] | undefined) => {
    const ids = JSON.stringify(list?.map(({ id }) => id ?? null));
    const isSame =
      list?.every(({ id }) => id !== undefined) && lists.some((one) => JSON.stringify(one.map(({ id }) => id ?? null)) === ids);
    if (list && !isSame) lists.push(list);
  };
  if (Array.isArray(value)) take(listed(value, how));
  if (!isFields(value)) return lists;
  const parts = Object.entries(value).filter(([key]) => isPart(key, "tasks"));
  for (const [, part] of parts) {
    if (Array.isArray(part)) take(listed(part, how));
    else if (isFields(part)) take(byId(part, how));
  }
  return how.none && parts.length > 0 && isFields(partOf(value, "output")) ? [[]] : lists;
}

/** A task that stands alone: one without arguments might be anything. */
function callIn(value: Json, key: string | undefined, how: Search): WrittenTask | undefined {
  return isFields(value) && partOf(value, "args") !== undefined ? taskOf(value, key, { ...how, keyed: false }) : undefined;
}

/** A list in which something is a task; what is none stays as a task of no member, so that it is not lost. */
function listed(list: readonly Json[], how: Search): readonly WrittenTask[] | undefined {
  const tasks = list.flatMap((one): readonly (WrittenTask | undefined)[] => {
    const own = taskOf(one, undefined, { ...how, keyed: false });
    if (own) return [own];
    if (isFields(one) && typeof one.type === "string" && prose.has(one.type)) return [];
    // A message with calls, a step with several, or some that go on at once.
    const inner = listsIn(one, how);
    return inner.length > 0 ? inner.flat() : [taskOf(one, undefined, how)];
  });
  if (!tasks.some((one) => one)) return undefined;
  return tasks.map((one) => one ?? { member: "", id: undefined, args: undefined, aliases: [] });
}

/** Tasks by their ids; as in a list, what is none stays as a task of no member. */
function byId(tasks: Fields, how: Search): readonly WrittenTask[] | undefined {
  const found = Object.entries(tasks).map(([id, task]) => [id, taskOf(task, id, how)] as const);
  if (!found.some(([, one]) => one) || found.some(([id, one]) => !one && isPart(id, "tasks"))) return undefined;
  return found.map(([id, one]) => one ?? { member: "", id, args: undefined, aliases: [] });
}

/** One task, in any of the shapes that calls have. */
function taskOf(value: Json, key: string | undefined, how: Search): WrittenTask | undefined {
  if (!isFields(value)) return undefined;
  const named = partOf(value, "member");
  const own = { id: partOf(value, "id") ?? key, aliases: aliasesOf(value) };
  // `{ type: "function", function: { name, arguments } }`, `{ action: { tool, input } }`.
  if (isFields(named)) {
    const inner = taskOf(named, undefined, { ...how, keyed: false });
    return (
      inner && { ...inner, id: own.id ?? inner.id, args: inner.args ?? partOf(value, "args"), aliases: [...own.aliases, ...inner.aliases] }
    );
  }
  if (typeof named !== "string") {
    const [entry, ...more] = how.keyed ? Object.entries(value) : [];
    if (!entry || more.length > 0) return undefined;
    const [name, args] = entry;
    return isFields(args) && !isPart(name, "output") && !isPart(name, "tasks") ? { ...own, member: name, args } : undefined;
  }
  const { id = key, ...said } = argumentsIn(value, named, how);
  return { ...own, id, member: named, ...said };
}

/**
 * The arguments of a task, and those beside them: `{ tool: "shout", text: "…" }`. Where the member takes what a part of a task is called
 * too, that is an argument, unless it holds others: `{ tool: "join", first: "a", with: "b" }`.
 */
function argumentsIn(task: Fields, member: string, { brief }: Search): Pick<WrittenTask, "args" | "beside" | "id"> {
  const card = brief?.members.find(({ name }) => bareName(name) === bareName(member));
  const takes = (key: string) => card !== undefined && Object.hasOwn(card.takes, key);
  const holds = (value: Json) =>
    Array.isArray(value) ? value.every((one) => isFields(one) && !isRef(one)) : isFields(value) && Object.keys(value).some(takes);
  const only = (test: (key: string, value: Json) => boolean) =>
    Object.fromEntries(Object.entries(task).filter(([key, one]) => test(key, one)));
  const isOwn = (key: string, value: Json) => takes(key) && !holds(value) && !(value === member && isPart(key, "member"));
  const isAside = (key: string) => (["id", "member", "aside", "output", "alias"] as const).some((part) => isPart(key, part));
  const args = partOf(
    only((key, value) => !isOwn(key, value)),
    "args",
  );
  // Beside other arguments, what may be a part of the task is one.
  if (args !== undefined)
    return { id: partOf(task, "id"), args, beside: only((key, value) => isOwn(key, value) && !isAside(key) && !isPart(key, "args")) };
  const id = partOf(
    only((key, value) => key === "id" || !isOwn(key, value)),
    "id",
  );
  return { id, args: only((key, value) => isOwn(key, value) || !isAside(key)) };
}

function aliasesOf(task: Fields): string[] {
  const said = partOf(task, "alias");
  const all = Array.isArray(said) ? said : [said];
  return all
    .filter((one): one is string => typeof one === "string" && /^[\w$#{}-]{1,60}$/.test(one))
    .map((one) => one.replace(/[^\w-]/g, ""));
}
