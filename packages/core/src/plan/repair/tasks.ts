import { type Argument, headOf, isRef, type Plan, refsOf, type Task } from "../../graph/plan.js";
import type { Brief, Card } from "../brief.js";
import { spoken } from "../derive/words.js";
import { misspelt } from "./misspelt.js";
import { hasStranger, standsFor } from "./settle.js";
import { sourcesOf, unusedTasks, usesOf } from "./sources.js";
import {
  bare,
  cardOf,
  clip,
  type Done,
  filled,
  type Place,
  placeName,
  placesOf,
  type Step,
  same,
  taskAt,
  withTask,
  withValue,
} from "./step.js";

/**
 * A member under a name that is none: of which it is a spelling, or the only one with it, whose card speaks of it, or that fits the task.
 * Who acts on the world is named, and never meant by likeness.
 */
export const nameMember: Step = (plan, brief) => {
  const names = brief.members.map(({ name }) => name);
  const plain = { ...brief, members: brief.members.filter(({ effects }) => !effects) };
  for (const [i, task] of plan.tasks.entries()) {
    if (names.includes(task.member) || task.member === "") continue;
    const near = named(task.member, names) ?? onlyWith(task.member, plain) ?? onlyTelling(task.member, plain) ?? onlyFor(task, plan, plain);
    if (near !== undefined)
      return { plan: withTask(plan, i, { ...task, member: near }), notes: [`${task.id}: took ${near} for "${clip(task.member)}"`] };
  }
  return undefined;
};

const named = (said: string, names: readonly string[]): string | undefined => {
  const last = bare(said.replace(/^.*[./:]/s, ""));
  const ends = names.filter((name) => bare(name) === last);
  const roots = names.filter((name) => rootOf(name) === rootOf(said));
  return misspelt(said, names) ?? [ends, roots].find((found) => found.length === 1)?.[0];
};

/** A name without the endings of who does a thing and of what is done: `Translator` and `translation` have one root. */
const rootOf = (name: string): string =>
  spoken(name)
    .split(" ")
    .map((word) => word.replace(/(?<=\p{L}{4})(?:at)?(?:ions?|ors?|ers?|ing|ed|e|s)$/u, ""))
    .join(" ");

/** What is said before a name and says nothing: `get_weather`. */
const leading = new Set("get do run call use perform execute make start tool agent".split(" "));

/** The only name of which what was written is a part, or that it begins with, word by word: `unsubscribe` is no `subscribe`, nor `deleteMail` `mail`. */
function onlyWith(said: string, { members }: Brief): string | undefined {
  const wordsOf = (name: string) => spoken(name).match(/[\p{L}\p{N}]+/gu) ?? [];
  const own = wordsOf(said);
  const telling = own.findIndex((word) => !leading.has(word));
  const one = own.slice(telling < 0 ? -1 : telling).join(" ");
  return onlyOne(members, ({ name }) => {
    const other = wordsOf(name).join(" ");
    return one.length > 3 && other.length > 3 && (` ${other} `.includes(` ${one} `) || one.startsWith(`${other} `));
  });
}

/** The name of the one member of which something holds; undefined where it holds of none or several. */
function onlyOne(members: readonly Card[], holds: (card: Card) => boolean): string | undefined {
  const [found, ...more] = members.filter(holds);
  return more.length === 0 ? found?.name : undefined;
}

/** The only member whose card speaks of what was written: `OCR` of one that "reads text (OCR)". */
function onlyTelling(said: string, brief: Brief): string | undefined {
  const words = (text: string) => ` ${(spoken(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(" ")} `;
  const own = words(said);
  return own.length > 4 ? onlyOne(brief.members, ({ does }) => words(does).includes(own)) : undefined;
}

/** The only member that takes just these arguments and gives the fields that others take from the task; one argument alone says too little. */
function onlyFor(task: Task, plan: Plan, brief: Brief): string | undefined {
  const args = Object.keys(task.args);
  const fields = [...usesOf(plan)].flatMap((ref) => (ref.startsWith(`${task.id}.`) ? ref.split(".").slice(1, 2) : []));
  if (args.length === 0 || args.length + fields.length < 2) return undefined;
  return onlyOne(
    brief.members,
    ({ takes, gives }) =>
      args.every((name) => Object.hasOwn(takes, name)) &&
      Object.values(takes).every(({ name, required }) => !required || args.includes(name)) &&
      fields.every((name) => Object.hasOwn(gives, name)),
  );
}

/** A task of no member whose arguments are the wanted outputs: what ends many plans of calls. */
export const takeLastAsOutput: Step = (plan, brief) => {
  const i = plan.tasks.length - 1;
  const task = plan.tasks[i];
  if (!task || cardOf(brief, task) || Object.keys(plan.output).length > 0) return undefined;
  const names = Object.keys(task.args);
  const used = [...usesOf(plan)].some((ref) => headOf(ref) === task.id);
  if (used || names.length === 0 || !names.every((name) => Object.keys(brief.wanted).some((one) => same(one, name)))) return undefined;
  if (!Object.values(task.args).every((value) => refsOf(value).length > 0)) return undefined;
  return { plan: { tasks: plan.tasks.slice(0, i), output: task.args }, notes: [`Took "${clip(task.member)}" for the plan's output`] };
};

const workOf = ({ member, args }: Task): string => JSON.stringify([member, Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** Tasks that nothing uses and that say nothing another does not: the same work again, or none of what their member needs. */
export const dropEmpty: Step = (plan, brief) => {
  const unused = unusedTasks(plan);
  const byWork = new Map<string, Set<number>>();
  const all = plan.tasks.map((task, i) => {
    const work = workOf(task);
    const alike = byWork.get(work) ?? new Set();
    byWork.set(work, alike.add(i));
    return { task, i, alike };
  });
  const notes: string[] = [];
  const kept = all.filter(({ task, i, alike }) => {
    const card = cardOf(brief, task);
    const [one, other] = alike;
    const twin = plan.tasks[(one === i ? other : one) ?? -1];
    const again = twin !== undefined && !card?.effects && (twin.id === task.id || unused.has(task.id));
    const isEmpty = unused.has(task.id) && Object.keys(task.args).length === 0;
    const empty = card !== undefined && isEmpty && Object.values(card.takes).some(({ required }) => required);
    if (!again && !empty) return true;
    alike.delete(i);
    const why = again ? `does what ${clip(twin.id)} does` : "says nothing of what to do";
    notes.push(`Left out ${clip(task.id)} (${clip(task.member)}), which ${why}`);
    return false;
  });
  return notes.length > 0 ? { plan: { ...plan, tasks: kept.map(({ task }) => task) }, notes } : undefined;
};

/** An input or a task that nothing uses, where exactly one empty place, list, or text that is but a name takes it. */
export const useUnused: Step = (plan, brief) => {
  const uses = usesOf(plan);
  const inputs = Object.keys(brief.given).filter(
    (name) => !brief.spare.includes(name) && ![...uses].some((ref) => ref === `input.${name}` || ref.startsWith(`input.${name}.`)),
  );
  const unused = unusedTasks(plan);
  const tasks = plan.tasks.filter(({ id }) => unused.has(id));
  const idle = [
    ...inputs.map((name) => [`input.${name}`]),
    ...tasks
      .filter((task) => !cardOf(brief, task)?.effects)
      .map((task) => Object.keys(cardOf(brief, task)?.gives ?? {}).map((field) => `${task.id}.${field}`)),
  ];
  if (idle.length === 0) return undefined;
  const takers = takersIn(plan, brief);
  for (const refs of idle) {
    const ways = refs.flatMap((ref) => placesFor(ref, takers, plan));
    if (ways.length === 1) return ways[0];
  }
  return undefined;
};

/** A place of a task that is empty, a list, or a text that may be but a name; and all that fits there. */
interface Taker {
  readonly place: Place & { readonly task: number };
  readonly refs: ReadonlySet<string>;
}

/** Each place's sources are found once, whatever is looked for. */
function takersIn(plan: Plan, brief: Brief): readonly Taker[] {
  return placesOf(plan, brief).flatMap((place): Taker[] => {
    const { written, slot, task } = place;
    const own = taskAt(plan, place);
    if (task === undefined || !own || hasStranger(own, brief)) return [];
    const item = Array.isArray(written) || isRef(written);
    if (!item && (written === undefined ? !slot.required : typeof written !== "string")) return [];
    return [{ place: { ...place, task }, refs: new Set(sourcesOf(plan, brief, place, item).map(({ ref }) => ref)) }];
  });
}

function placesFor(ref: string, takers: readonly Taker[], plan: Plan): Done[] {
  const [head = "", field = ""] = ref.split(".");
  const member = plan.tasks.find(({ id }) => id === head)?.member ?? "";
  return takers.flatMap(({ place, refs }): Done[] => {
    if (!refs.has(ref)) return [];
    const { written } = place;
    if (typeof written === "string" && !standsFor(written, `${member} ${field}`)) return [];
    const list = Array.isArray(written) ? (written as readonly Argument[]) : isRef(written) ? [written] : undefined;
    const value = (list ? [...list, { ref }] : { ref }) as Argument;
    const at = placeName(plan, place);
    return [
      {
        plan: withValue(plan, place, value),
        notes: [`${at}: gave it ${ref}, which nothing used`],
        settled: [filled(at, value, "use")],
      },
    ];
  });
}
