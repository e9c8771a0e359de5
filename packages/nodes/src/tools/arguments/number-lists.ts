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

/** What stands between two numbers of one list, and before its last. */
const between = /^[\s,;]*$/u;
const beforeLast = /^[\s,;]*(?:and|und|y)?[\s,;]*$/iu;

/**
 * The lists of numbers that a model wrote, as far as the request says them: whole where it left out some of a row of numbers, or shares
 * that no other list takes.
 */
export function numberLists(fields: readonly Parameter[], given: Readonly<Record<string, Json>>, said: Said): NumberLists {
  const taken = new Set<Mention>();
  const lists = fields.filter(({ name, type, items }) => type === "array" && items && isNumeric(items) && Array.isArray(given[name]));
  const found = lists.map((one) => {
    const own = mentionsOf(
      given[one.name] as readonly Json[],
      one.items!,
      said.numbers.filter((mention) => !taken.has(mention)),
    );
    for (const mention of own) taken.add(mention);
    return { one, own };
  });
  const args = found.flatMap(({ one, own }) => {
    if (!own.length) return [];
    const more = said.numbers.filter(
      (mention) => !taken.has(mention) && belongs(mention, own, said) && readingsOf(mention, one.items!).length,
    );
    for (const mention of more) taken.add(mention);
    const whole = more.length ? said.numbers.filter((mention) => own.includes(mention) || more.includes(mention)) : own;
    const written = given[one.name] as readonly Json[];
    return [[one.name, whole.map((mention) => readingIn(mention, one.items!, written))] as const];
  });
  return { args: Object.fromEntries(args), taken };
}

/** Where a request says the values of a list: in the values' order, and as near together as they stand. */
function mentionsOf(values: readonly Json[], items: Parameter, numbers: readonly Mention[]): readonly Mention[] {
  const says = (mention: Mention, value: Json) => readingsOf(mention, items).includes(value as number);
  const from = (start: number) => {
    const own: Mention[] = [];
    for (const value of values) {
      const at = own.length ? numbers.indexOf(own.at(-1)!) + 1 : start;
      const next = [...numbers.slice(at), ...numbers.slice(0, at)].find((mention) => !own.includes(mention) && says(mention, value));
      if (next) own.push(next);
    }
    return own;
  };
  const extent = (own: readonly Mention[]) => Math.max(...own.map(({ end }) => end)) - Math.min(...own.map(({ start }) => start));
  const starts = numbers.flatMap((mention, i) => (says(mention, values[0]!) ? [i] : []));
  return (starts.length ? starts : [0]).map(from).reduce((best, own) => (extent(own) < extent(best) ? own : best));
}

/** Whether a number is one of a row with others, or all are shares. */
function belongs(mention: Mention, own: readonly Mention[], { text, numbers }: Said): boolean {
  if (own.every(({ percent }) => percent)) return mention.percent;
  const row = [mention, ...own].map((one) => numbers.indexOf(one)).sort((a, b) => a - b);
  const [first, last] = [row[0]!, row.at(-1)!];
  const gaps = numbers.slice(first, last).map((one, i) => text.slice(one.end, numbers[first + i + 1]!.start));
  return gaps.every((gap, i) => (i === gaps.length - 1 ? beforeLast : between).test(gap));
}

function readingIn(mention: Mention, items: Parameter, written: readonly Json[]): number {
  const readings = readingsOf(mention, items);
  return readings.find((one) => written.includes(one)) ?? readings[0]!;
}
