import { nearest } from "../../check/nearest.js";
import { type Argument, isRef, type Plan, type Task } from "../../graph/plan.js";
import { alternatives } from "../../graph/resolve.js";
import type { Brief } from "../brief.js";
import { checkValue } from "../check-plan.js";
import { itemOf, type Slot, tells } from "../slot.js";
import { fillings, onlyFilling } from "./fillings.js";
import { changeFirst, clip, type Step, same } from "./step.js";

/** A value that does not fit, where a small change of it does. */
export const mendValue: Step = (plan, brief) =>
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
  if (typeof value === "string") found.push(...asType(value, slot), ...namedIn(value, slot, plan, brief, task));
  if (typeof value === "number" || typeof value === "boolean") found.push(String(value));
  const only = tells(slot.schema) ? onlyFilling(plan, brief, slot, task) : undefined;
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
  // Another field than was said is a guess that only an argument can bear.
  const one =
    near ??
    (field !== undefined && task === undefined
      ? undefined
      : fields.length === 1
        ? fields[0]
        : fields.find((name) => same(name, slot.name)));
  return [...bare.filter((name) => options.includes(name)), ...(one === undefined ? [] : [`${head}.${one}`])];
}

/** What a text such as "the output of readPage" tells of: the one task, or input, that it names. */
function namedIn(text: string, slot: Slot, plan: Plan, brief: Brief, task: Task | undefined): Argument[] {
  const said = text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const names = new Map([...plan.tasks.map(({ id, member }) => [id, member] as const)]);
  const named = fillings(plan, brief, slot, task).filter((ref) => {
    const [head = "", field = ""] = ref.split(".");
    const name = (head === "input" ? field : names.get(head)!).toLowerCase().replace(/[^a-z0-9]/g, "");
    return name.length > 2 && said.includes(name);
  });
  return named.length === 1 ? [{ ref: named[0]! }] : [];
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
