import { nearest } from "../../error/nearest.js";
import { type Argument, isRef, type Plan } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import type { Brief } from "../brief.js";
import { checkValue } from "../check-plan.js";
import { isSaid } from "../placeholder-in.js";
import { firstPlaceholder } from "../read/address.js";
import { placeIn } from "../read/read-arguments.js";
import type { SettledBy } from "../settled.js";
import { holdsMedia, type Slot } from "../slot.js";
import { meantBy } from "./meant.js";
import { cardOf, clip, type Done, filled, type Step, same, withTask } from "./step.js";

type Values = Readonly<Record<string, Argument>>;
type Slots = Readonly<Record<string, Slot>>;

interface Renamed {
  readonly values: Values;
  readonly note: string;
  readonly settled?: { readonly name: string; readonly by: SettledBy };
}

/** Arguments, and outputs, under a name that is none: by place, by the nearest name, or by the only one that is missing. */
export const renameArguments: Step = (plan, brief) => {
  for (const [i, task] of plan.tasks.entries()) {
    const card = cardOf(brief, task);
    const done = card && rename(card.takes, task.args, i, plan, brief);
    if (done) return finished(withTask(plan, i, { ...task, args: done.values }), done, task.id);
  }
  const done = rename(brief.wanted, plan.output, undefined, plan, brief);
  return done && finished({ ...plan, output: done.values }, done, "output");
};

const finished = (plan: Plan, { values, note, settled }: Renamed, whose: string): Done => ({
  plan,
  notes: [`${whose}: ${note}`],
  ...(settled ? { settled: [filled(`${whose}.${settled.name}`, values[settled.name]!, settled.by)] } : {}),
});

function rename(slots: Slots, values: Values, task: number | undefined, plan: Plan, brief: Brief): Renamed | undefined {
  const stranger = Object.keys(values).find((name) => !Object.hasOwn(slots, name));
  if (stranger === undefined) return undefined;
  const { [stranger]: value, ...rest } = values;
  const open = Object.values(slots).filter(({ name }) => !Object.hasOwn(values, name));
  const take = (name: string, by: SettledBy): Renamed => ({
    values: { ...rest, [name]: value! },
    note: `took ${name} for "${clip(stranger)}"`,
    settled: { name, by },
  });
  const might = open.filter((slot) => mayStand(value!, { task, slot, written: value }, plan, brief));
  if (placeIn(stranger) !== undefined) {
    const files = isFile(value!) ? might.filter(({ schema }) => holdsMedia(schema)) : [];
    const first = files[0] ?? might.find(({ required }) => required) ?? might[0];
    if (first) return take(first.name, "order");
  }
  const names = open.map(({ name }) => name);
  const near = names.find((name) => same(name, stranger)) ?? nearest(stranger, names);
  if (near !== undefined) return take(near, "spelling");
  const needed = might.filter(({ required }) => required);
  const media = isFile(value!) ? needed.filter(({ schema }) => holdsMedia(schema)) : [];
  const only = media.length > 0 ? media : needed;
  if (only.length === 1) return take(only[0]!.name, "type");
  // What the request says, a ref, a placeholder, or all that a task has is not left out: something would be lost.
  const isLoose = (name: string) => !Object.hasOwn(slots, name) && (task === undefined || !refsOrSaid(values[name]!, brief));
  if (!isLoose(stranger)) return undefined;
  // What stands nowhere for the same reason goes together: no place is open, or the same value was given by its place.
  const said = JSON.stringify(value);
  const alike = (name: string) =>
    open.length === 0 ||
    name === stranger ||
    (placeIn(stranger) !== undefined && placeIn(name) !== undefined && JSON.stringify(values[name]) === said);
  const gone = Object.keys(values).filter((name) => isLoose(name) && alike(name));
  const kept = Object.fromEntries(Object.entries(values).filter(([name]) => !gone.includes(name)));
  if (task !== undefined && Object.keys(kept).length === 0) return undefined;
  const which = gone.length > 1 ? ` and ${gone.length - 1} more, which mean` : ", which means";
  return { values: kept, note: `left out "${clip(stranger)}"${which} nothing there` };
}

/** Whether a value fits a place as it is, or may mean something that does. */
function mayStand(value: Argument, place: Parameters<typeof meantBy>[0], plan: Plan, brief: Brief): boolean {
  if (checkValue(value, place.slot.schema, [], place.task === undefined ? "output" : "argument", plan, brief).length === 0) return true;
  if (isRef(value)) return meantBy(place, plan, brief).sources.length > 0;
  return isFile(value) && holdsMedia(place.slot.schema);
}

/** Whether a text may name a medium: a file, or an address. */
const isFile = (value: Argument): boolean => typeof value === "string" && /^\S{1,300}$/.test(value) && /[./][\p{L}\d]/u.test(value);

function refsOrSaid(value: Argument, brief: Brief): boolean {
  if (isRef(value)) return true;
  if (typeof value === "object" && value !== null) return Object.values(value).some((one) => refsOrSaid(one as Json, brief));
  return value !== null && typeof value !== "boolean" && (isSaid(String(value), brief) || firstPlaceholder(String(value)) !== undefined);
}

/** Two arguments in one another's places: neither fits where it stands, or one does not, and both fit where the other does. */
export const exchangeArguments: Step = (plan, brief) => {
  for (const [i, task] of plan.tasks.entries()) {
    const slots = cardOf(brief, task)?.takes ?? {};
    const wrong = (name: string, value: Argument) => checkValue(value, slots[name]!.schema, [], "argument", plan, brief).length > 0;
    const names = Object.keys(task.args).filter((name) => Object.hasOwn(slots, name));
    for (const a of names) {
      if (!wrong(a, task.args[a]!)) continue;
      const others = names.filter((b) => b !== a && !wrong(a, task.args[b]!) && !wrong(b, task.args[a]!));
      if (others.length !== 1) continue;
      const b = others[0]!;
      const args = { ...task.args, [a]: task.args[b]!, [b]: task.args[a]! };
      const settled = [a, b].map((name) => filled(`${task.id}.${name}`, args[name]!, "type"));
      return { plan: withTask(plan, i, { ...task, args }), notes: [`${task.id}: exchanged ${a} and ${b}`], settled };
    }
  }
  return undefined;
};
