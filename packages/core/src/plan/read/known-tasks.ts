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

/** Looks tasks up by id, by number, by what their answer is called, by member where it has one task, by "previous". */
export function knownTasks(tasks: readonly NamedTask[], texts: readonly (readonly [text: string, at: number])[]): KnownTasks {
  const names = namesOf(tasks);
  const numbers = numbersOf(tasks);
  const bases = basesOf(texts, tasks.length);

  const one = (step: string): string | undefined => {
    const found = names.get(bareName(step));
    return found?.size === 1 ? [...found][0] : undefined;
  };

  const headOf = (step: string, { from, place }: Counted, at: number): string | undefined => {
    const known = one(step);
    if (known !== undefined) return known;
    const n = numberIn(step);
    if (n !== undefined) return numbers && !place ? numbers.get(n) : tasks[n - bases[from]]?.id;
    if (previous.has(bareName(step))) return tasks[at - 1]?.id;
    return inputNames.has(bareName(step)) ? "input" : undefined;
  };

  const read = (steps: readonly string[], counted: Counted, at: number): string | undefined => {
    let left = steps;
    while (left.length > 1 && scopes.has(bareName(left[0]!)) && one(left[0]!) === undefined) left = left.slice(1);
    // A member's name may hold points itself.
    const long = [3, 2].find((n) => left.length >= n && one(left.slice(0, n).join("")) !== undefined) ?? 1;
    const path = left.slice(long);
    const head = headOf(left.slice(0, long).join(""), counted, at);
    if (head === undefined) return undefined;
    let field = path;
    while (field.length > 1 && between.has(field[0]!.toLowerCase())) field = field.slice(1);
    return [head, ...field].join(".");
  };

  const refIn = (text: string, at: number): string | undefined => {
    for (const address of addressesIn(text)) {
      const found = read(address.steps, address, at);
      if (found !== undefined) return found;
      if (address.sure) return text.trim();
    }
    const said = text.trim();
    const bare = /\d/.test(said) && /^[A-Za-z][\w-]*$/.test(said) ? tasks.find(({ id, written }) => (written ?? id) === said) : undefined;
    return bare?.id;
  };

  return {
    refIn,
    ref: (text, at) => (text.length > longest ? text : (refIn(text, at) ?? read(stepsOf(text), { from: 1, place: false }, at) ?? text)),
  };
}

type Counted = Pick<Address, "from" | "place">;

/** The number that an address counts tasks by: `1`, `step1`, `step 1`, `call_2`. */
function numberIn(step: string): number | undefined {
  const [, word, digits] = /^([a-z]*)(\d{1,4})$/.exec(bareName(step)) ?? [];
  return digits !== undefined && (word === "" || counters.has(word!)) ? Number(digits) : undefined;
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

/** Tasks by the number in their ids, where all ids are the same word with a number. */
function numbersOf(tasks: readonly NamedTask[]): ReadonlyMap<number, string> | undefined {
  const found = new Map<number, string>();
  const words = new Set<string>();
  for (const { id, written } of tasks) {
    const number = written === undefined ? undefined : /^([a-z]*)(\d{1,4})$/.exec(bareName(written));
    if (!number) return undefined;
    words.add(number[1]!);
    found.set(Number(number[2]), id);
  }
  return words.size === 1 ? found : undefined;
}

/** Where the numbers in refs count from, for spellings that count from 0 and from 1 by themselves: as they do, unless that points forward. */
function basesOf(texts: readonly (readonly [string, number])[], tasks: number): Readonly<Record<0 | 1, number>> {
  const uses = texts.flatMap(([text, at]) =>
    addressesIn(text).flatMap(({ steps, from }) => {
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
