import { misfits } from "../../check/misfits.js";
import { nearest } from "../../check/nearest.js";
import { type Argument, isRef, type Plan, refsOf } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { checkPlan, checkValue } from "../check-plan.js";
import { stem, wordsOf } from "../derive/words.js";
import { orderOf } from "../order.js";
import { fillings, onlyFilling } from "./fillings.js";
import { cardOf, changeFirst, clip, type Step, same, withTask } from "./step.js";

/** An argument that the member does not take, where a missing one is near or the only one of its type; else it goes. */
export const renameField: Step = (plan, brief) =>
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

/** What is missing, from the only value there is for it; a default it has may stand. */
export const fillMissing: Step = (plan, brief) =>
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

/** An argument that does not fit its place and would another's, whose argument fits here. */
export const exchange: Step = (plan, brief) =>
  changeFirst(plan, brief, (slots, values, task) => {
    const wrong = (name: string, value: Argument) =>
      checkValue(value, slots[name]!.schema, [], task ? "argument" : "output", plan, brief).length > 0;
    const names = Object.keys(values).filter((name) => Object.hasOwn(slots, name));
    for (const a of names) {
      if (!wrong(a, values[a]!)) continue;
      const b = names.find((other) => other !== a && !wrong(a, values[other]!) && !wrong(other, values[a]!));
      if (b) return { values: { ...values, [a]: values[b]!, [b]: values[a]! }, note: `exchanged ${a} and ${b}` };
    }
    return undefined;
  });

/** Of a circle, the refs that close it go; what is then missing is filled anew. */
export const breakCycle: Step = (plan) => {
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
export const useUnused: Step = (plan, brief) => {
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
      const fits = typeof value === "string" && fillings(plan, brief, slot, task).includes(ref);
      const next = direct ?? more ?? (fits && standsFor(value, ref, plan) ? { ref } : undefined);
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

/** Whether a text is but a name for what a ref points at: "the transcribed text", "answer". */
function standsFor(text: string, ref: string, plan: Plan): boolean {
  const [head, field = ""] = ref.split(".");
  const task = plan.tasks.find(({ id }) => id === head);
  const names = wordsOf(`${task?.member ?? ""} ${field}`);
  const said = wordsOf(text).filter((word) => !["output", "result", "previous", "task", "step", "input", "file"].map(stem).includes(word));
  return (
    said.length > 0 &&
    said.length <= 4 &&
    said.every((word) => names.some((name) => name.startsWith(word.slice(0, 6)) || word.startsWith(name)))
  );
}
