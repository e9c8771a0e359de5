import type { Json } from "@troupe/core";
import type { Parameter } from "../parameter.js";
import { readingsOf } from "./candidates-for.js";
import { isNumeric } from "./numbers-for.js";
import type { Mention, Said } from "./said.js";

export interface NumberLists {
  readonly args: Readonly<Record<string, Json>>;
  /** The numbers of the request that stand in them. */
  readonly taken: ReadonlySet<Mention>;
}

/** So many places where a list may begin are looked at. */
const mostStarts = 50;
/** What stands between two numbers of one list, and before its last. */
const between = /^[\s,;]*$/u;
const beforeLast = /^[\s,;]*(?:and|und|y)?[\s,;]*$/iu;

/**
 * The lists of numbers that a model wrote, as far as the request says them: whole where it left out some of a row of numbers, or shares
 * that no other list takes.
 */
export function numberLists(fields: readonly Parameter[], given: Readonly<Record<string, Json>>, said: Said): NumberLists {
  const taken = new Set<Mention>();
  const found = fields.flatMap(({ name, type, items }) => {
    const written = given[name];
    if (type !== "array" || !items || !isNumeric(items) || !Array.isArray(written)) return [];
    const free = said.numbers.filter((mention) => !taken.has(mention));
    const own = mentionsOf(written, items, free);
    for (const mention of own) taken.add(mention);
    return [{ name, items, written, own }];
  });
  const args = found.flatMap(({ name, items, written, own }) => {
    if (!own.length) return [];
    const row = own.every(({ percent }) => percent) ? said.numbers.filter(({ percent }) => percent) : rowOf(own, said);
    const more = row.filter((mention) => !taken.has(mention) && readingsOf(mention, items).length);
    for (const mention of more) taken.add(mention);
    const whole = more.length ? [...own, ...more].sort((a, b) => a.at - b.at) : own;
    const values = whole.flatMap((mention) => {
      const readings = readingsOf(mention, items);
      return readings.find((one) => written.includes(one)) ?? readings.slice(0, 1);
    });
    return [[name, values] as const];
  });
  return { args: Object.fromEntries(args), taken };
}

/** Where a request says the values of a list: in the values' order, and as near together as they stand. */
function mentionsOf(values: readonly Json[], items: Parameter, numbers: readonly Mention[]): readonly Mention[] {
  // A model copies a number as it is said; what it is in the list's own unit is settled afterwards.
  const says = (mention: Mention, value: Json | undefined) => {
    const readings = readingsOf(mention, items);
    return readings.length > 0 && (mention.value === value || readings.includes(value as number));
  };
  const from = (start: number) => {
    const own: Mention[] = [];
    for (const value of values) {
      const last = own.at(-1);
      const at = last ? numbers.indexOf(last) + 1 : start;
      const isNext = (mention: Mention, i: number) => i >= at && !own.includes(mention) && says(mention, value);
      const next = numbers.find(isNext) ?? numbers.find((mention) => !own.includes(mention) && says(mention, value));
      if (next) own.push(next);
    }
    return own;
  };
  const extent = (own: readonly Mention[]) => Math.max(...own.map(({ end }) => end)) - Math.min(...own.map(({ start }) => start));
  const starts = numbers.flatMap((mention, i) => (says(mention, values[0]) ? [i] : [])).slice(0, mostStarts);
  return (starts.length ? starts : [0]).map(from).reduce((best, own) => (extent(own) < extent(best) ? own : best));
}

/** The row in which numbers stand, with nothing but commas between them, and a word before its last; none where something else stands between. */
function rowOf(own: readonly Mention[], { text, numbers }: Said): readonly Mention[] {
  const ats = own.map(({ at }) => at);
  let [first, last] = [Math.min(...ats), Math.max(...ats)];
  const gap = (at: number) => text.slice(numbers[at]!.end, numbers[at + 1]!.start);
  const ended = () => last > first && !between.test(gap(last - 1));
  while (first > 0 && between.test(gap(first - 1))) first--;
  while (last + 1 < numbers.length && !ended() && beforeLast.test(gap(last))) last++;
  const row = numbers.slice(first, last + 1);
  return row.slice(0, -1).every(({ at }) => (at === last - 1 ? beforeLast : between).test(gap(at))) ? row : [];
}
