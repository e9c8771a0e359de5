import { type Argument, isRef, type Plan } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { checkValue } from "../check-plan.js";
import { placeIn } from "../read/read-arguments.js";
import type { SettledBy } from "../settled.js";
import { holdsMedia, type Slot } from "../slot.js";
import { meantBy } from "./meant.js";
import { misspelt } from "./misspelt.js";
import { refsOrSaid } from "./refs-or-said.js";
import { cardOf, clip, type Done, filled, type Step, withTask } from "./step.js";

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
  const strangers = Object.keys(values).filter((name) => !Object.hasOwn(slots, name));
  const open = Object.values(slots).filter(({ name }) => !Object.hasOwn(values, name));
  const mightTake = (slot: Slot, name: string) => mayStand(values[name]!, { task, slot, written: values[name]! }, plan, brief);
  const take = (stranger: string, name: string, by: SettledBy): Renamed => {
    const { [stranger]: value, ...rest } = values;
    return { values: { ...rest, [name]: value! }, note: `took ${name} for "${clip(stranger)}"`, settled: { name, by } };
  };
  for (const stranger of strangers) {
    if (placeIn(stranger) !== undefined) {
      const might = open.filter((slot) => mightTake(slot, stranger));
      const files = isFile(values[stranger]!) ? might.filter(({ schema }) => holdsMedia(schema)) : [];
      const first = files[0] ?? might.find(({ required }) => required) ?? might[0];
      if (first) return take(stranger, first.name, "order");
    }
    const near = misspelt(
      stranger,
      open.map(({ name }) => name),
    );
    if (near !== undefined) return take(stranger, near, "spelling");
  }
  // What the request says, a ref, a placeholder, or all that a task has is not left out: something would be lost.
  const isLoose = (name: string) => !Object.hasOwn(slots, name) && (task === undefined || !refsOrSaid(values[name]!, plan, brief));
  const asked = new Set<string>();
  for (const stranger of strangers) {
    const needed = open.filter((slot) => slot.required && mightTake(slot, stranger));
    const media = isFile(values[stranger]!) ? needed.filter(({ schema }) => holdsMedia(schema)) : [];
    const only = media.length > 0 ? media : needed;
    if (only.length !== 1) continue;
    const rivals = strangers.filter((name) => mightTake(only[0]!, name));
    const told = rivals.filter((name) => !isLoose(name));
    if (rivals.length === 1 || (told.length === 1 && told[0] === stranger)) return take(stranger, only[0]!.name, "type");
    for (const name of rivals) asked.add(name);
  }
  const stranger = strangers.find((name) => isLoose(name) && !asked.has(name));
  return stranger === undefined
    ? undefined
    : leftOut(stranger, values, task, (name) => isLoose(name) && !asked.has(name), open.length === 0);
}

/** What stands nowhere for the same reason goes together: no place is open, or the same value was given by its place. */
function leftOut(
  stranger: string,
  values: Values,
  task: number | undefined,
  isLoose: (name: string) => boolean,
  all: boolean,
): Renamed | undefined {
  const said = JSON.stringify(values[stranger]);
  const alike = (name: string) =>
    all || name === stranger || (placeIn(stranger) !== undefined && placeIn(name) !== undefined && JSON.stringify(values[name]) === said);
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
