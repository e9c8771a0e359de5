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
type Entry = readonly [name: string, value: Argument];

interface Renamed {
  readonly values: Values;
  readonly note: string;
  readonly settled?: { readonly name: string; readonly value: Argument; readonly by: SettledBy };
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

const finished = (plan: Plan, { note, settled }: Renamed, whose: string): Done => ({
  plan,
  notes: [`${whose}: ${note}`],
  ...(settled ? { settled: [filled(`${whose}.${settled.name}`, settled.value, settled.by)] } : {}),
});

function rename(slots: Slots, values: Values, task: number | undefined, plan: Plan, brief: Brief): Renamed | undefined {
  const strangers = Object.entries(values).filter(([name]) => !Object.hasOwn(slots, name));
  const open = Object.values(slots).filter(({ name }) => !Object.hasOwn(values, name));
  const mightTake = (slot: Slot, written: Argument) => mayStand(written, { task, slot, written }, plan, brief);
  const take = ([stranger, value]: Entry, name: string, by: SettledBy): Renamed => {
    const { [stranger]: _, ...rest } = values;
    return { values: { ...rest, [name]: value }, note: `took ${name} for "${clip(stranger)}"`, settled: { name, value, by } };
  };
  for (const entry of strangers) {
    const [stranger, value] = entry;
    if (placeIn(stranger) !== undefined) {
      const might = open.filter((slot) => mightTake(slot, value));
      const files = isFile(value) ? might.filter(({ schema }) => holdsMedia(schema)) : [];
      const first = files[0] ?? might.find(({ required }) => required) ?? might[0];
      if (first) return take(entry, first.name, "order");
    }
    const near = misspelt(
      stranger,
      open.map(({ name }) => name),
    );
    if (near !== undefined) return take(entry, near, "spelling");
  }
  // What the request says, a ref, a placeholder, or all that a task has is not left out: something would be lost.
  const isLoose = ([, value]: Entry) => task === undefined || !refsOrSaid(value, plan, brief);
  const asked = new Set<Entry>();
  for (const entry of strangers) {
    const [, value] = entry;
    const needed = open.filter((slot) => slot.required && mightTake(slot, value));
    const media = isFile(value) ? needed.filter(({ schema }) => holdsMedia(schema)) : [];
    const [only, ...others] = media.length > 0 ? media : needed;
    if (!only || others.length > 0) continue;
    const rivals = strangers.filter(([, one]) => mightTake(only, one));
    const told = rivals.filter((one) => !isLoose(one));
    if (rivals.length === 1 || (told.length === 1 && told[0] === entry)) return take(entry, only.name, "type");
    for (const one of rivals) asked.add(one);
  }
  const loose = strangers.filter((one) => isLoose(one) && !asked.has(one));
  return leftOut(loose, values, task, open.length === 0);
}

/** What stands nowhere for the same reason goes together: no place is open, or the same value was given by its place. */
function leftOut(loose: readonly Entry[], values: Values, task: number | undefined, all: boolean): Renamed | undefined {
  const [first, ...others] = loose;
  if (!first) return undefined;
  const [stranger, said] = first;
  const isAlike = ([name, value]: Entry) =>
    all || (placeIn(stranger) !== undefined && placeIn(name) !== undefined && JSON.stringify(value) === JSON.stringify(said));
  const gone = [stranger, ...others.filter(isAlike).map(([name]) => name)];
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
    const slots = new Map(Object.entries(cardOf(brief, task)?.takes ?? {}));
    const wrong = ({ schema }: Slot, value: Argument) => checkValue(value, schema, [], "argument", plan, brief).length > 0;
    const known = Object.entries(task.args).flatMap(([name, value]) => {
      const slot = slots.get(name);
      return slot ? [{ name, value, slot }] : [];
    });
    for (const a of known) {
      if (!wrong(a.slot, a.value)) continue;
      const [b, ...others] = known.filter((one) => one !== a && !wrong(a.slot, one.value) && !wrong(one.slot, a.value));
      if (!b || others.length > 0) continue;
      const exchanged = [
        [a.name, b.value],
        [b.name, a.value],
      ] as const;
      return {
        plan: withTask(plan, i, { ...task, args: { ...task.args, ...Object.fromEntries(exchanged) } }),
        notes: [`${task.id}: exchanged ${a.name} and ${b.name}`],
        settled: exchanged.map(([name, value]) => filled(`${task.id}.${name}`, value, "type")),
      };
    }
  }
  return undefined;
};
