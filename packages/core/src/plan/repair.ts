import { compatible } from "../check/compatible.js";
import { misfits } from "../check/misfits.js";
import { nearest } from "../check/nearest.js";
import { alternatives } from "../check/resolve.js";
import type { Issue } from "../graph/issue.js";
import { type Argument, isRef, needsOf, type Plan, refsOf, type Task } from "../graph/plan.js";
import type { Brief, Card } from "./brief.js";
import { checkPlan, checkValue, mostTasks } from "./check-plan.js";
import { orderOf } from "./order.js";
import { itemOf, type Slot } from "./slot.js";

export interface Repaired {
  readonly plan: Plan;
  /** What was changed, a line each. */
  readonly notes: readonly string[];
  /** What is still wrong. */
  readonly issues: readonly Issue[];
}

/** A repair: another plan and what was done, or nothing where it has nothing sensible to do. */
type Step = (plan: Plan, brief: Brief) => { readonly plan: Plan; readonly note: string } | undefined;

/**
 * Mends what has one sensible repair: the nearest name, the only value of the type that is missing, a list where one is wanted, a
 * task that nothing uses, an order. Each repair is noted; what is left is in `issues`. A repair that makes no issue go is undone.
 */
export function repair(plan: Plan, brief: Brief): Repaired {
  const notes: string[] = [];
  let issues = checkPlan(plan, brief);
  if (plan.tasks.length > mostTasks) return { plan, notes, issues };
  let now = plan;
  for (let left = 100; left > 0 && issues.length > 0; left--) {
    const done = steps.some((step) => {
      const next = step(now, brief);
      if (!next) return false;
      const after = checkPlan(next.plan, brief);
      if (weigh(after) >= weigh(issues)) return false;
      now = next.plan;
      issues = after;
      notes.push(next.note);
      return true;
    });
    if (!done) break;
  }
  const { ordered, cyclic } = orderOf(now.tasks);
  if (cyclic.length === 0 && ordered.some((task, i) => task !== now.tasks[i])) {
    now = { ...now, tasks: ordered };
    notes.push("Put the tasks in the order they wait for one another");
  }
  return { plan: now, notes, issues: notes.length ? checkPlan(now, brief) : issues };
}

/** Repairs must lead down in this, so that they end. What hides other issues weighs most. */
function weigh(issues: readonly Issue[]): number {
  const heavy: Readonly<Record<string, number>> = {
    "too-many-tasks": 1e6,
    "unknown-member": 40,
    "duplicate-task": 20,
    "task-id": 20,
    "cyclic-ref": 10,
  };
  return issues.reduce((sum, { code }) => sum + (heavy[code] ?? (code.startsWith("unused") ? 1 : 3)), 0);
}

const cardOf = (brief: Brief, task: Task): Card | undefined => brief.members.find(({ name }) => name === task.member);

const withTask = (plan: Plan, i: number, task: Task): Plan => ({ ...plan, tasks: plan.tasks.map((one, j) => (i === j ? task : one)) });

/** Gives every place of a plan to `change`, the output's too; the first that is changed makes the plan. */
function changeFirst(
  plan: Plan,
  brief: Brief,
  change: (
    slots: Readonly<Record<string, Slot>>,
    values: Readonly<Record<string, Argument>>,
    task: Task | undefined,
  ) => { values: Record<string, Argument>; note: string } | undefined,
): ReturnType<Step> {
  for (const [i, task] of plan.tasks.entries()) {
    const card = cardOf(brief, task);
    const done = card && change(card.takes, task.args, task);
    if (done) return { plan: withTask(plan, i, { ...task, args: done.values }), note: `${task.id}: ${done.note}` };
  }
  const done = change(brief.wanted, plan.output, undefined);
  return done && { plan: { ...plan, output: done.values }, note: `output: ${done.note}` };
}

/** Every field that a place may be filled from: inputs, and outputs of tasks that do not wait for it. */
function fillings(plan: Plan, brief: Brief, slot: Slot, task: Task | undefined, item = false): string[] {
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
function onlyFilling(plan: Plan, brief: Brief, slot: Slot, task: Task | undefined, item = false): string | undefined {
  const found = fillings(plan, brief, slot, task, item);
  if (found.length === 1) return found[0];
  const named = found.filter((ref) => same(ref.split(".")[1]!, slot.name));
  if (named.length === 1) return named[0];
  const unused = found.filter((ref) => !usesOf(plan).has(ref));
  const last = unused.filter((ref) => !ref.startsWith("input."));
  return unused.length === 1 ? unused[0] : task === undefined && last.length === 1 ? last[0] : undefined;
}

const usesOf = (plan: Plan): Set<string> =>
  new Set([...plan.tasks.flatMap(({ args }) => Object.values(args).flatMap(refsOf)), ...Object.values(plan.output).flatMap(refsOf)]);

const same = (a: string, b: string) => a.toLowerCase().replace(/[^a-z0-9]/g, "") === b.toLowerCase().replace(/[^a-z0-9]/g, "");

const nearestMember: Step = (plan, brief) => {
  const names = brief.members.map(({ name }) => name);
  for (const [i, task] of plan.tasks.entries()) {
    if (names.includes(task.member)) continue;
    const near =
      names.find((name) => same(name, task.member)) ??
      nearest(task.member, names) ??
      onlyWith(names, task.member) ??
      onlyFor(task, plan, brief);
    if (near !== undefined)
      return { plan: withTask(plan, i, { ...task, member: near }), note: `${task.id}: took ${near} for "${clip(task.member)}"` };
  }
  return undefined;
};

/** The only name that is part of what was written, or of which it is a part. */
function onlyWith(names: readonly string[], said: string): string | undefined {
  const bare = said.toLowerCase().replace(/[^a-z0-9]/g, "");
  const found = names.filter((name) => {
    const other = name.toLowerCase().replace(/[^a-z0-9]/g, "");
    return bare.length > 3 && other.length > 3 && (bare.includes(other) || other.includes(bare));
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The only member that takes just these arguments and gives the fields that others take from the task. */
function onlyFor(task: Task, plan: Plan, brief: Brief): string | undefined {
  const args = Object.keys(task.args);
  const fields = [...usesOf(plan)].filter((ref) => ref.startsWith(`${task.id}.`)).map((ref) => ref.split(".")[1]!);
  const found = brief.members.filter(
    ({ takes, gives }) =>
      args.every((name) => Object.hasOwn(takes, name)) &&
      Object.values(takes).every(({ name, required }) => !required || args.includes(name)) &&
      fields.every((name) => Object.hasOwn(gives, name)),
  );
  return found.length === 1 && args.length > 0 && fields.length > 0 ? found[0]!.name : undefined;
}

const clip = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** A task that nothing can refer to for sure, or that repeats another, or that a stranger was to do. */
const dropTask: Step = (plan, brief) => {
  const issues = checkPlan(plan, brief);
  for (const code of ["duplicate-task", "unused-task", "unknown-member", "task-id"]) {
    const issue = issues.find((one) => one.code === code && !(code === "unknown-member" && isUsed(plan, one.path[1] as number)));
    if (!issue) continue;
    const i = issue.path[1] as number;
    const task = plan.tasks[i]!;
    if (code === "duplicate-task" || code === "task-id") {
      const id = freshId(plan);
      return { plan: withTask(plan, i, { ...task, id }), note: `Called the task "${clip(task.id)}" ${id}` };
    }
    return { plan: { ...plan, tasks: plan.tasks.filter((_, j) => j !== i) }, note: `Dropped ${task.id} (${clip(task.member)})` };
  }
  return undefined;
};

/** Whether anything refers to a task: then it cannot go without the meaning of the plan going too. */
const isUsed = (plan: Plan, i: number) => [...usesOf(plan)].some((ref) => ref.split(".")[0] === plan.tasks[i]!.id);

function freshId({ tasks }: Plan): string {
  const ids = new Set(tasks.map(({ id }) => id));
  let n = tasks.length;
  while (ids.has(`t${n}`)) n++;
  return `t${n}`;
}

/** An argument that the member does not take, where a missing one is near or the only one of its type; else it goes. */
const renameField: Step = (plan, brief) =>
  changeFirst(plan, brief, (slots, values, task) => {
    const stranger = Object.keys(values).find((name) => !Object.hasOwn(slots, name));
    if (stranger === undefined) return undefined;
    const { [stranger]: value, ...rest } = values;
    const open = Object.values(slots).filter(({ name }) => !Object.hasOwn(values, name));
    const names = open.map(({ name }) => name);
    const fits = open.filter((slot) => checkValue(value!, slot.schema, [], task ? "argument" : "output", plan, brief).length === 0);
    const to =
      names.find((name) => same(name, stranger)) ??
      nearest(stranger, names) ??
      (fits.filter(({ required }) => required).length === 1 ? fits.find(({ required }) => required)!.name : undefined);
    if (to === undefined) return { values: rest, note: `left out "${clip(stranger)}", which means nothing there` };
    return { values: { ...rest, [to]: value! }, note: `took ${to} for "${clip(stranger)}"` };
  });

/** A value that does not fit, where a small change of it does. */
const mendValue: Step = (plan, brief) =>
  changeFirst(plan, brief, (slots, values, task) => {
    const what = task ? "argument" : "output";
    for (const [name, value] of Object.entries(values)) {
      const slot = Object.hasOwn(slots, name) ? slots[name]! : undefined;
      const wrong = (one: Argument) => checkValue(one, slot!.schema, [], what, plan, brief).length;
      if (!slot || wrong(value) === 0) continue;
      const better = mendings(value, slot, plan, brief, task).find((one) => wrong(one) < wrong(value));
      if (better !== undefined) return { values: { ...values, [name]: better }, note: `${name}: took ${say(better)} for ${say(value)}` };
      if (!slot.required) {
        const { [name]: _, ...rest } = values;
        return { values: rest, note: `left out ${name}, which does not fit` };
      }
    }
    return undefined;
  });

const say = (value: Argument): string => clip(isRef(value) ? value.ref : JSON.stringify(value));

/** What may have been meant by a value that does not fit its slot, likeliest first. */
function mendings(value: Argument, slot: Slot, plan: Plan, brief: Brief, task: Task | undefined): Argument[] {
  const found: Argument[] = [];
  const list = itemOf(slot.schema) !== undefined;
  if (isRef(value)) found.push(...nearRefs(value.ref, slot, plan, brief, task).map((ref) => ({ ref })));
  if (Array.isArray(value)) {
    const items = value as readonly Argument[];
    if (list) {
      const item: Slot = { ...slot, schema: itemOf(slot.schema)! };
      const good = items.map((one) => {
        const fits = (other: Argument) => checkValue(other, item.schema, [], task ? "argument" : "output", plan, brief).length === 0;
        return fits(one) ? one : mendings(one, item, plan, brief, task).find(fits);
      });
      found.push(good.filter((one) => one !== undefined) as unknown as Argument);
    } else if (items.length === 1) found.push(items[0]!);
  } else if (list) found.push([value] as unknown as Argument, ...nearRefsIn(value, slot, plan, brief, task));
  if (typeof value === "string") found.push(...asType(value, slot));
  if (typeof value === "number" || typeof value === "boolean") found.push(String(value));
  const only = onlyFilling(plan, brief, slot, task);
  if (only !== undefined) found.push({ ref: only });
  return found;
}

function nearRefsIn(value: Argument, slot: Slot, plan: Plan, brief: Brief, task: Task | undefined): Argument[] {
  if (!isRef(value)) return [];
  return nearRefs(value.ref, { ...slot, schema: itemOf(slot.schema)! }, plan, brief, task).map((ref) => [{ ref }]);
}

/** Refs with the nearest task, or the task's own field that fits: by name, or the only one. */
function nearRefs(ref: string, slot: Slot, plan: Plan, brief: Brief, task: Task | undefined): string[] {
  const [said = "", field] = ref.split(".");
  const options = fillings(plan, brief, slot, task);
  const heads = [...new Set(options.map((one) => one.split(".")[0]!))];
  const members = plan.tasks.filter(({ member }) => same(member, said)).map(({ id }) => id);
  const head = heads.includes(said) ? said : (heads.find((one) => members.includes(one)) ?? nearest(said, heads));
  const bare = brief.given[said] && heads.includes("input") ? [`input.${said}`] : [];
  const fields = options.filter((one) => one.startsWith(`${head}.`)).map((one) => one.split(".")[1]!);
  const near = field === undefined ? undefined : (fields.find((one) => same(one, field)) ?? nearest(field, fields));
  const one = near ?? (fields.length === 1 ? fields[0] : fields.find((name) => same(name, slot.name)));
  return [...bare.filter((name) => options.includes(name)), ...(one === undefined ? [] : [`${head}.${one}`])];
}

/** Text as the number, truth value or label it says. */
function asType(text: string, { schema }: Slot): Argument[] {
  return alternatives(schema, schema).flatMap((one): Argument[] => {
    const label =
      one.enum &&
      nearest(
        text,
        one.enum.filter((value) => typeof value === "string"),
      );
    if (label !== undefined) return [label];
    if ((one.type === "number" || one.type === "integer") && text.trim() !== "" && Number.isFinite(Number(text))) return [Number(text)];
    if (one.type === "boolean" && /^(true|false|yes|no)$/i.test(text)) return [/^(true|yes)$/i.test(text)];
    return [];
  });
}

/** What is missing, from the only value there is for it; a default it has may stand. */
const fillMissing: Step = (plan, brief) =>
  changeFirst(plan, brief, (slots, values, task) => {
    for (const slot of Object.values(slots)) {
      if (!slot.required || Object.hasOwn(values, slot.name)) continue;
      const only = onlyFilling(plan, brief, slot, task);
      if (only !== undefined)
        return { values: { ...values, [slot.name]: { ref: only } }, note: `took ${only} for the missing ${slot.name}` };
      const items = fillings(plan, brief, slot, task, true);
      if (items.length)
        return {
          values: { ...values, [slot.name]: items.map((ref) => ({ ref })) },
          note: `took ${items.join(", ")} for the missing ${slot.name}`,
        };
      const fixed = slot.schema.const ?? slot.schema.default;
      if (task && fixed !== undefined && misfits(slot.schema, fixed).length === 0)
        return { values: { ...values, [slot.name]: fixed }, note: `took the default for ${slot.name}` };
    }
    return undefined;
  });

/** Of a circle, the refs that close it go; what is then missing is filled anew. */
const breakCycle: Step = (plan) => {
  const { ordered, cyclic } = orderOf(plan.tasks);
  const done = new Set(ordered.map(({ id }) => id));
  const ids = new Set(plan.tasks.map(({ id }) => id));
  for (const task of cyclic) {
    for (const [name, value] of Object.entries(task.args)) {
      const heads = refsOf(value).map((ref) => ref.split(".")[0]!);
      if (!heads.some((head) => ids.has(head) && !done.has(head))) continue;
      const { [name]: _, ...args } = task.args;
      return {
        plan: withTask(plan, plan.tasks.indexOf(task), { ...task, args }),
        note: `${task.id}: left out ${name}, which closed a circle`,
      };
    }
  }
  return undefined;
};

/** An input or a task that nothing uses, where exactly one open place or list takes it. */
const useUnused: Step = (plan, brief) => {
  for (const issue of checkPlan(plan, brief)) {
    const refs =
      issue.code === "unused-input"
        ? Object.keys(brief.given)
            .filter((name) => issue.message.endsWith(`"${name}"`))
            .map((name) => `input.${name}`)
        : issue.code === "unused-task"
          ? Object.keys(cardOf(brief, plan.tasks[issue.path[1] as number]!)?.gives ?? {}).map(
              (field) => `${plan.tasks[issue.path[1] as number]!.id}.${field}`,
            )
          : [];
    const ways = refs.flatMap((ref) => openPlaces(plan, brief, ref));
    if (ways.length === 1) return ways[0];
  }
  return undefined;
};

function openPlaces(plan: Plan, brief: Brief, ref: string): { plan: Plan; note: string }[] {
  return plan.tasks.flatMap((task, i) =>
    Object.values(cardOf(brief, task)?.takes ?? {}).flatMap((slot) => {
      const value = task.args[slot.name];
      const list = Array.isArray(value) ? (value as readonly Argument[]) : isRef(value) ? [value] : undefined;
      const direct = value === undefined && fillings(plan, brief, slot, task).includes(ref) ? { ref } : undefined;
      const more = list && fillings(plan, brief, slot, task, true).includes(ref) ? ([...list, { ref }] as unknown as Argument) : undefined;
      const next = direct ?? more;
      if (next === undefined) return [];
      return [
        {
          plan: withTask(plan, i, { ...task, args: { ...task.args, [slot.name]: next } }),
          note: `${task.id}: gave ${slot.name} ${ref}, which nothing used`,
        },
      ];
    }),
  );
}

const steps: readonly Step[] = [nearestMember, renameField, mendValue, breakCycle, fillMissing, useUnused, dropTask];
