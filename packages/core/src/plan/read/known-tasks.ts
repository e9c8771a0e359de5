import type { Plan } from "../../graph/plan.js";
import { standsIn } from "../../marks/stands-in.js";
import type { Brief } from "../brief.js";
import { sourceOf } from "../source.js";
import { type Address, addressesIn, stepsOf } from "./address.js";
import { bareName } from "./part-names.js";
import { between, counters, inputNames, longest, previous, scopes } from "./spellings.js";

/** A task as its planner named it. */
export interface NamedTask {
  /** Its id in the plan. */
  readonly id: string;
  /** The id as it was written, if it was. */
  readonly written: string | undefined;
  readonly member: string;
  /** What its answer is called. */
  readonly aliases: readonly string[];
}

/** What the names in a plan mean. `at` is the place of the task that says them, from 0; of the output, the number of tasks. */
export interface KnownTasks {
  /** The ref that a text is, in any spelling; undefined where it is a text. What names nothing stays as it is written, as a ref to nothing. */
  refIn(text: string, at: number): string | undefined;
  /** The ref in what is said to be one. */
  ref(text: string, at: number): string;
}

/**
 * Looks tasks up by id, by number, by what their answer is called, by member where it has one task, by "previous". A brief tells what there
 * is besides: an address that is right as it stands says nothing else, and what the request says word for word is the user's own text.
 */
export function knownTasks(
  tasks: readonly NamedTask[],
  texts: readonly (readonly [text: string, at: number])[],
  brief: Brief | undefined,
): KnownTasks {
  const names = namesOf(tasks);
  const numbers = numbersOf(tasks);
  const words = brief ? [brief.request, ...Object.values(brief.shown)].join("\n") : "";
  const isSaid = (text: string) => text.trim() !== "" && standsIn(words, text);
  const bases = basesOf(
    texts.filter(([text]) => !isSaid(text)),
    tasks.length,
  );

  const ids = new Map([...tasks].reverse().flatMap(({ id, written = id }) => [[written, id] as const, [id, id] as const]));
  const one = (step: string): string | undefined => {
    const found = names.get(bareName(step));
    return ids.get(step) ?? (found?.size === 1 ? [...found][0] : undefined);
  };
  const plain = plainIn(tasks, ids, brief);

  const headOf = (step: string, { from, place }: Counted, at: number): string | undefined => {
    const known = one(step);
    if (known !== undefined) return known;
    const n = numberIn(step);
    if (n !== undefined) return numbers && !place ? numbers.get(n) : tasks[n - bases[from]]?.id;
    if (previous.has(bareName(step))) return tasks[at - 1]?.id;
    return inputNames.has(bareName(step)) ? "input" : undefined;
  };

  const inWords = worded(tasks, ids, brief, (step, at) => headOf(step, { from: 1, place: false, sure: false }, at));
  const read = (steps: readonly string[], counted: Counted, at: number): string | undefined => {
    const right = counted.sure || steps.length > 1 ? plain(steps) : undefined;
    if (right !== undefined) return right;
    const left = behind(steps, (step) => scopes.has(bareName(step)) && one(step) === undefined);
    const [first = ""] = left;
    // A member's name may hold points itself.
    const names = one(first) === undefined ? [3, 2] : [];
    const long = names.find((n) => left.length >= n && one(left.slice(0, n).join("")) !== undefined) ?? 1;
    const path = left.slice(long);
    const head = headOf(left.slice(0, long).join(""), counted, at);
    if (head === undefined) return undefined;
    const field = behind(path, (step) => between.has(step.toLowerCase()));
    const ref = plain([head, ...field]) ?? [head, ...field].join(".");
    if (counted.sure || plain(ref.split(".")) !== undefined) return ref;
    // A number may name a task; that there is none of its field says that it does not.
    const isNumber = /^\d+$/.test(first) && (path.length > 0 ? brief !== undefined : one(first) === undefined);
    return isNumber || isOther(left, counted.place) ? undefined : ref;
  };

  const addressed = (text: string, at: number): string | undefined => {
    for (const address of addressesIn(text)) {
      const found = read(address.steps, address, at);
      if (found !== undefined) return found;
      if (address.sure) return text.trim();
    }
    return inWords(text.trim(), at);
  };

  return {
    refIn(text, at) {
      const ref = addressed(text, at);
      // Who asks knows what is given, and not what tasks are called.
      return ref === undefined || ref.startsWith("input.") || !isSaid(text) ? ref : undefined;
    },
    ref: (text, at) =>
      text.length > longest ? text : (addressed(text, at) ?? read(stepsOf(text), { from: 1, place: false, sure: true }, at) ?? text),
  };
}

/** The steps behind those that say nothing; the last is never left out. */
function behind(steps: readonly string[], isMute: (step: string) => boolean): readonly string[] {
  const from = steps.findIndex((step, i) => i === steps.length - 1 || !isMute(step));
  return steps.slice(Math.max(0, from));
}

type Counted = Pick<Address, "from" | "place" | "sure">;

/** Whether what looks like an address is a number, a day, a version or a file: `1.5`, `12.03.2025`, `v1.2`, `report.pdf`. */
const isOther = ([, first, ...path]: readonly string[], place: boolean): boolean =>
  !place && first !== undefined && ([first, ...path].every((step) => /^\d/.test(step)) || (path.length === 0 && fileEnding.test(first)));

const fileEnding = /^(?:pdf|txt|md|csv|json|xml|html?|docx?|xlsx?|pptx?|png|jpe?g|gif|svg|mp[34]|wav|zip)$/i;

/** Tells the ref that steps are as they stand: the id of a task and a field of its member, or an input, by its name alone too. */
function plainIn(tasks: readonly NamedTask[], ids: ReadonlyMap<string, string>, brief: Brief | undefined) {
  const plan: Plan = { tasks: tasks.map(({ id, member }) => ({ id, member, args: {} })), output: {} };
  // The refs to tasks of nobody pass a check until it is known who does them.
  const known = new Set(tasks.flatMap(({ id, member }) => (brief?.members.some(({ name }) => name === member) ? [id] : [])));
  return ([head = "", ...path]: readonly string[]): string | undefined => {
    const id = ids.get(head);
    const heads = [...(head === "input" ? [["input"]] : []), ...(id === undefined ? [["input", head]] : known.has(id) ? [[id]] : [])];
    const refs = heads.map((one) => [...one, ...path].join("."));
    return brief && refs.find((ref) => "schema" in sourceOf(ref, plan, brief));
  };
}

/** Tells the ref that words without marks are: `t1`, `T1`, `previous output`, `summary of t1`. `counted` is the task of a number. */
function worded(
  tasks: readonly NamedTask[],
  ids: ReadonlyMap<string, string>,
  brief: Brief | undefined,
  counted: (step: string, at: number) => string | undefined,
) {
  return (said: string, at: number): string | undefined => {
    if (said.length > longest) return undefined;
    if (/\d/.test(said) && /^[A-Za-z][\w-]*$/.test(said)) {
      const called = ({ id, written = id }: NamedTask) => written;
      const near = tasks.filter((one) => bareName(called(one)) === bareName(said));
      return (tasks.find((one) => called(one) === said) ?? (near.length === 1 ? near[0] : undefined))?.id;
    }
    const bare = bareName(said.replace(/^the /i, ""));
    // One word alone may be a label, `last`; what names no task before may be a text, `previous`.
    if (previous.has(bare) && bare !== "prev" && bare !== "last") return tasks[at - 1]?.id ?? (bare === "previous" ? undefined : said);
    const [, field = "", step] =
      /^(?:the )?([\p{L}\p{N}_ -]+) (?:of|from) (?:the )?([\p{L}\p{N}_. -]*[\p{L}\p{N}_])\.?$/iu.exec(said) ?? [];
    if (step === undefined || /^\d+$/.test(step)) return undefined;
    const id = ids.get(step) ?? (numberIn(step) === undefined ? undefined : counted(step, at));
    const member = tasks.find((one) => one.id === id)?.member;
    const gives = brief?.members.find(({ name }) => name === member)?.gives ?? {};
    const named = Object.keys(gives).find((one) => bareName(one) === bareName(field));
    return named === undefined ? undefined : `${id}.${named}`;
  };
}

/** The number that an address counts tasks by: `1`, `step1`, `step 1`, `call_2`, `step_1_output`. */
export function numberIn(step: string): number | undefined {
  const [, word = "", digits] = /^([a-z]*)(\d{1,4})(?:output|result|answer|response)?$/.exec(bareName(step)) ?? [];
  return digits !== undefined && (word === "" || counters.has(word)) ? Number(digits) : undefined;
}

/** Tasks by all they are called; an id goes before what else it is the name of. */
function namesOf(tasks: readonly NamedTask[]): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Map<string, Set<string>>();
  const others = new Map<string, Set<string>>();
  const add = (names: Map<string, Set<string>>, name: string, id: string) => {
    const bare = bareName(name);
    if (bare !== "") names.set(bare, (names.get(bare) ?? new Set()).add(id));
  };
  for (const { id, written, member, aliases } of tasks) {
    add(ids, id, id);
    if (written !== undefined) add(ids, written, id);
    for (const name of [member, ...aliases]) add(others, name, id);
  }
  return new Map([...others, ...ids]);
}

/** Tasks by the number in their ids, where all ids are the same word with a number, or all that count. */
export function numbersOf(tasks: readonly NamedTask[]): ReadonlyMap<number, string> | undefined {
  if (tasks.some(({ written }) => written === undefined)) return undefined;
  const all = tasks.flatMap(({ id, written = "" }) => {
    const [, word = "", digits] = /^([a-z]*)(\d{1,4})$/.exec(bareName(written)) ?? [];
    return digits === undefined ? [] : [{ id, word, n: Number(digits) }];
  });
  const counted = all.length === tasks.length ? all : all.filter(({ word }) => word === "" || counters.has(word));
  const words = new Set(counted.map(({ word }) => word));
  return words.size === 1 ? new Map(counted.map(({ n, id }) => [n, id])) : undefined;
}

/** Where the numbers in refs count from, for spellings that count from 0 and from 1 by themselves: as they do, unless that points forward. */
function basesOf(texts: readonly (readonly [string, number])[], tasks: number): Readonly<Record<0 | 1, number>> {
  // Of the ways to read a text the surest: `<node-0>` is no `<t0>` as well.
  const uses = texts.flatMap(([text, at]) =>
    addressesIn(text)
      .slice(0, 1)
      .flatMap(({ steps, from, place, sure }) => {
        if (!sure && (steps.length < 2 || isOther(steps, place))) return [];
        const n = steps
          .slice(0, 2)
          .map(numberIn)
          .find((one) => one !== undefined);
        return n === undefined ? [] : [{ n, at, from }];
      }),
  );
  const wrong = (from: 0 | 1, base: number) =>
    uses.some((use) => use.from === from && (use.n < base || use.n - base >= Math.min(use.at, tasks)));
  const base = (from: 0 | 1) => (wrong(from, from) && !wrong(from, 1 - from) ? 1 - from : from);
  return { 0: base(0), 1: base(1) };
}
