import { malformed } from "../check/form/finding.js";
import type { Issue } from "../error/issue.js";
import { didYouMean } from "../error/nearest.js";
import { type Argument, isPlan, isRef, type Plan, refsOf, type Task } from "../graph/plan.js";
import { type Finding, findingTold, unkeptOutputs } from "../marks/finding.js";
import { planFlow } from "../marks/plan-flow.js";
import { standsIn } from "../marks/stands-in.js";
import { compatible } from "../schema/compatible.js";
import type { Json, JsonSchema } from "../schema/json.js";
import { isMarked } from "../schema/mark.js";
import { misfits } from "../schema/misfits.js";
import type { Brief, Card } from "./brief.js";
import { checkBrief } from "./check-brief.js";
import { orderOf, usedTasks } from "./order.js";
import { placeholderIn } from "./placeholder-in.js";
import { holdsMedia, itemOf, type Slot } from "./slot.js";
import { sourceOf } from "./source.js";

/** More tasks than this are no plan but a planner running wild. */
export const mostTasks = 64;

type Path = Issue["path"];

/**
 * Everything that is wrong with a plan, held against its brief: members, arguments, refs and their types, cycles, tasks and inputs
 * that nothing uses, outputs that are missing. Empty where the plan can be carried out.
 *
 * @example
 * const issues = checkPlan({ tasks: [{ id: "t1", member: "shout", args: { text: { ref: "input.note" } } }], output: { loud: { ref: "t1.loud" } } }, brief);
 */
export function checkPlan(plan: Plan, brief: Brief): readonly Issue[] {
  checkBrief("checkPlan", brief);
  if (!isPlan(plan)) return malformed([], "The plan", plan, "Give { tasks: [{ id, member, args }], output: { field: { ref } } }.");
  if (plan.tasks.length > mostTasks) {
    const message = `The plan has ${plan.tasks.length} tasks, more than ${mostTasks}`;
    return [{ code: "too-many-tasks", path: ["tasks"], message }];
  }
  return [
    ...plan.tasks.flatMap((task, i) => [...checkId(task, i, plan), ...checkTask(task, i, plan, brief)]),
    ...checkOrder(plan),
    ...checkSlots(plan.output, brief.wanted, ["output"], "output", plan, brief),
    ...checkUse(plan, brief),
    ...checkMarks(plan, brief),
  ];
}

/** What marks forbid: the ways of private and of untrusted values. */
function checkMarks(plan: Plan, brief: Brief): Issue[] {
  const passages = Object.fromEntries(brief.members.flatMap(({ name, passage }) => (passage ? [[name, passage]] : [])));
  const flow = planFlow(plan, passages, brief.labels ?? {}, (literal) => standsIn(brief.vouched ?? "", literal));
  const wanted = Object.values(brief.wanted).map(({ name, schema }) => [
    name,
    { public: isMarked(schema, "public"), trusted: isMarked(schema, "trusted") },
  ]);
  const at = (finding: Finding, path: Path, names: Issue["names"]): Issue => ({
    code: finding.code,
    path,
    names: names!,
    ...findingTold(finding),
  });
  return [
    ...flow.found.map((one) =>
      at(one, ["tasks", plan.tasks.findIndex(({ id }) => id === one.task), "args", one.field], { task: [one.task], argument: [one.field] }),
    ),
    ...unkeptOutputs(Object.fromEntries(wanted), flow.output).map((one) => at(one, ["output", one.field], { output: [one.field] })),
  ];
}

function checkId({ id }: Task, i: number, { tasks }: Plan): Issue[] {
  const path: Path = ["tasks", i, "id"];
  if (id === "input" || !/^[\w-]+$/.test(id)) {
    return [
      {
        code: "task-id",
        path,
        names: { task: [id] },
        message: `"${id}" is no id for a task`,
        hint: "Ids are letters, digits, _ and -, and not input.",
      },
    ];
  }
  if (tasks.findIndex((task) => task.id === id) < i)
    return [{ code: "duplicate-task", path, names: { task: [id] }, message: `Two tasks have the id "${id}"` }];
  return [];
}

function checkTask(task: Task, i: number, plan: Plan, brief: Brief): Issue[] {
  const card = brief.members.find(({ name }) => name === task.member);
  if (!card) {
    const names = brief.members.map(({ name }) => name);
    const hint = didYouMean(task.member, names, `The members are ${names.join(", ")}.`);
    return [
      {
        code: "unknown-member",
        path: ["tasks", i, "member"],
        names: { member: [task.member], task: [task.id] },
        message: `"${task.member}" is no member of the team`,
        hint,
      },
    ];
  }
  return checkSlots(task.args, card.takes, ["tasks", i, "args"], "argument", plan, brief, card);
}

/** Arguments held against what a member takes, or outputs against what is wanted. */
function checkSlots(
  values: Readonly<Record<string, Argument>>,
  slots: Readonly<Record<string, Slot>>,
  at: Path,
  what: "argument" | "output",
  plan: Plan,
  brief: Brief,
  card?: Card,
): Issue[] {
  const whose = card ? ` of ${card.name}` : "";
  const of = card ? { member: [card.name] } : {};
  const names = Object.keys(slots);
  const issues: Issue[] = [];
  // Where no output is named, the plan names its own.
  const free = what === "output" && names.length === 0;
  for (const name of Object.keys(values)) {
    if (free || Object.hasOwn(slots, name)) {
      issues.push(...checkValue(values[name]!, slots[name]?.schema ?? {}, [...at, name], what, plan, brief));
      continue;
    }
    const hint = didYouMean(name, names, names.length ? `There are ${names.join(", ")}.` : "There are none.");
    issues.push({
      code: `unknown-${what}`,
      path: [...at, name],
      names: { [what]: [name], ...of },
      message: `"${name}" is no ${what}${whose}`,
      hint,
    });
    for (const ref of refsOf(values[name]!)) {
      const source = sourceOf(ref, plan, brief);
      if ("why" in source) issues.push({ code: "dangling-ref", path: [...at, name], message: source.why, hint: source.hint! });
    }
  }
  for (const name of names) {
    if (slots[name]!.required && !Object.hasOwn(values, name)) {
      issues.push({
        code: `missing-${what}`,
        path: [...at, name],
        names: { [what]: [name], ...of },
        message: `The ${what} "${name}"${whose} is missing`,
      });
    }
  }
  return issues;
}

/** A value at a place: a literal, a ref or a list with refs in it. */
export function checkValue(value: Argument, schema: JsonSchema, path: Path, what: string, plan: Plan, brief: Brief): Issue[] {
  const code = `${what}-type`;
  if (isRef(value)) {
    const source = sourceOf(value.ref, plan, brief);
    if ("why" in source) return [{ code: "dangling-ref", path, message: source.why, ...(source.hint ? { hint: source.hint } : {}) }];
    const why = compatible(source.schema, schema);
    return why === undefined ? [] : [{ code, path, message: `"${value.ref}" does not fit: ${why}` }];
  }
  if (Array.isArray(value) && (refsOf(value as Argument).length > 0 || what === "output")) {
    const item = itemOf(schema);
    if (!item && Object.keys(schema).some((key) => key === "type" || key === "anyOf" || key === "x-media")) {
      return [{ code, path, message: "A list does not fit here", hint: "Give one ref." }];
    }
    const bounds = misfits({ type: "array", minItems: schema.minItems, maxItems: schema.maxItems } as JsonSchema, value);
    return [
      ...bounds.map(({ message }) => ({ code, path, message })),
      ...value.flatMap((one, i) => checkValue(one as Argument, item ?? {}, [...path, i], what, plan, brief)),
    ];
  }
  if (what === "output")
    return [{ code: "output-literal", path, message: "An output is taken from a task or an input", hint: "Give a ref." }];
  if (hasRef(value as Json)) {
    return [
      { code: "nested-ref", path, message: "A ref stands inside a literal", hint: "A ref is an argument itself, or an item of a list." },
    ];
  }
  const placeholder = placeholderIn(value as Json, plan, brief, path[0] === "tasks" ? (path[1] as number) : undefined);
  if (placeholder !== undefined) {
    const message = `"${placeholder}" stands inside a text, where nothing takes its place`;
    return [{ code: "placeholder", path, message, hint: "Give the ref alone, or let a member make the text." }];
  }
  if (holdsMedia(schema)) {
    return [{ code: "media-literal", path, message: "A medium is written out here", hint: "Give a ref to an input or an output." }];
  }
  return misfits(schema, value).map((one) => ({
    code,
    path: [...path, ...one.path],
    message: one.message,
    ...(one.hint ? { hint: one.hint } : {}),
  }));
}

function hasRef(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isRef(value) || Object.values(value).some((one) => hasRef(one as Json));
}

function checkOrder({ tasks }: Plan): Issue[] {
  const { cyclic } = orderOf(tasks);
  if (cyclic.length === 0) return [];
  const ids = cyclic.map(({ id }) => id);
  return [
    {
      code: "cyclic-ref",
      path: ["tasks"],
      names: { task: ids },
      message: `${ids.join(", ")} wait for one another`,
      hint: "Take away a ref.",
    },
  ];
}

function checkUse(plan: Plan, brief: Brief): Issue[] {
  const acts = (task: Task) => brief.members.some(({ name, effects }) => name === task.member && effects);
  const outputs = Object.values(plan.output).flatMap(refsOf);
  const isEnd = (task: Task) => acts(task) || brief.composed !== undefined; // who composes is told what every task gave
  const used = usedTasks(plan.tasks, [...outputs.map((ref) => ref.split(".")[0]!), ...plan.tasks.filter(isEnd).map(({ id }) => id)]);
  const refs = [...outputs, ...plan.tasks.filter(({ id }) => used.has(id)).flatMap(({ args }) => Object.values(args).flatMap(refsOf))];
  const inputs = new Set(refs.filter((ref) => ref.startsWith("input.")).map((ref) => ref.split(".")[1]));
  return [
    ...plan.tasks.flatMap((task, i): Issue[] =>
      used.has(task.id)
        ? []
        : [
            {
              code: "unused-task",
              path: ["tasks", i],
              names: { task: [task.id], member: [task.member] },
              message: `Nothing uses what ${task.id} (${task.member}) gives`,
            },
          ],
    ),
    ...Object.keys(brief.given)
      .filter((name) => !inputs.has(name) && !brief.spare.includes(name))
      .map(
        (name): Issue => ({ code: "unused-input", path: ["tasks"], names: { input: [name] }, message: `No task uses the input "${name}"` }),
      ),
  ];
}
