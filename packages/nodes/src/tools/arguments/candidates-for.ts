import { inUnitOf, type Json } from "@troupe/core";
import type { Parameter } from "../parameter.js";
import { labelsSaid } from "./labels-said.js";
import { speaksOf } from "./mention.js";
import type { Mention, Said } from "./said.js";
import { spoken, wordsOf } from "./words-said.js";

/**
 * The values that a request says for a parameter, where they can be known: numbers as its description wants them, dates and times in
 * its format, labels that stand in the request. Undefined where any text may be one; empty where the request says none.
 */
export function candidatesFor(parameter: Parameter, said: Said): readonly Json[] | undefined {
  const { type, labels, description = "", format, either } = parameter;
  if (either) return undefined;
  if (labels) {
    const spokenOf = labelsSaid(labels, said).said;
    return spokenOf.some((label) => label !== parameter.byDefault) ? spokenOf : undefined;
  }
  if (type === "integer" || type === "number") {
    const dated = ofDates(parameter.name, said.dates).filter((one) => fits(one, parameter));
    return [...new Set([...said.numbers.flatMap((one) => readingsOf(one, parameter)), ...dated])];
  }
  if (type !== "string") return undefined;
  // Where each day has its time with it, nothing is to be put together of them.
  if (format === "date-time" && said.instants.length > 0 && said.dates.length <= said.instants.length) return [...new Set(said.instants)];
  const form = format === "date" ? "YYYY-MM-DD" : formOf(description);
  if (form && said.dates.length > 0) return [...new Set(said.dates.map((date) => written(date, form)))];
  if ((format === "time" || /\bHH:MM\b/i.test(description)) && !form && said.times.length > 0) return [...new Set(said.times)];
  const named = namedIn(description).filter((one) => one !== parameter.byDefault && speaksOf(said, wordsOf(one)));
  return named.length > 0 ? named : undefined;
}

/**
 * What a number may be for a parameter: a share that is said in percent is what the description wants, a measure is in the unit of the
 * parameter's name or description; none where that measures something else.
 */
export function readingsOf({ value, percent, unit }: Mention, parameter: Parameter): readonly number[] {
  const { name, description = "" } = parameter;
  const measured = percent ? value : inUnitOf({ name, description }, value, unit);
  if (measured === undefined) return [];
  if (percent) return inPercent(value, parameter).filter((one) => fits(one, parameter));
  return [Number(measured.toPrecision(12))].filter((one) => fits(one, parameter) && !(one > 1 && isProbability(parameter)));
}

/** The form that a description wants dates in: as it says, or as its example shows where that can mean one thing. */
function formOf(description: string): string | undefined {
  const [said] = dateForm.exec(description) ?? [];
  if (said) return said;
  const [shown, year, first, mark, second] = shownDate.exec(description) ?? [];
  if (year) return "YYYY-MM-DD";
  if (!shown || Number(first) > 12 === Number(second) > 12) return undefined;
  return Number(first) > 12 ? `DD${mark}MM${mark}YYYY` : `MM${mark}DD${mark}YYYY`;
}

const shownDate = /(?<!\d)(?:(\d{4})-\d{2}-\d{2}|(\d{2})([/.])(\d{2})\3\d{4})(?!\d)/;
const dateForm = /\b(?:YYYY|MM|DD)([-/.])(?:MM|DD)\1(?:YYYY|YY|DD)\b/i;

/** A date as a form wants it: `2026-03-10` as `03/10/2026`. */
const written = (date: string, form: string): string =>
  form
    .toUpperCase()
    .replace("YYYY", date.slice(0, 4))
    .replace("YY", date.slice(2, 4))
    .replace("MM", date.slice(5, 7))
    .replace("DD", date.slice(8));

/** The years, months or days of dates, for an argument that is called so. */
function ofDates(name: string, dates: readonly string[]): readonly number[] {
  const [at] = ["year", "month", "day"].flatMap((part, i) => (name.toLowerCase().endsWith(part) ? [i] : []));
  return at === undefined ? [] : dates.map((date) => Number(date.split("-")[at]));
}

/** A share that is said in percent, as the description wants it; as both where it does not say. A probability is a decimal. */
function inPercent(value: number, { name, description = "" }: Parameter): readonly number[] {
  const share = Number((value / 100).toPrecision(12));
  if (/\bdecimals?\b|\bfractions?\b|between 0 and 1\b|sum (?:up )?to 1\b|\b0 to 1\b/i.test(description)) return [share];
  if (/percent/i.test(description)) return [value];
  return isProbability({ name, description }) ? [share] : [value, share];
}

const isProbability = ({ name, description = "" }: Pick<Parameter, "name" | "description">): boolean =>
  /\bprobabilit/i.test(`${spoken(name)} ${description}`) && !/percent/i.test(description);

const fits = (value: number, { type, minimum = -Infinity, maximum = Infinity }: Parameter): boolean =>
  value >= minimum && value <= maximum && (type === "number" || Number.isInteger(value));

/** Values that a description lists in quotation marks: `Supports 'cup', 'spoon'`; not those it gives as examples of a form. */
function namedIn(description: string): readonly string[] {
  if (/\be\.g\.|\bexamples?\b|\bsuch as\b|\bformat\b|\blike\b/i.test(description)) return [];
  const quoted = [...description.matchAll(/(?<!\p{L})'([^']{1,30})'|"([^"]{1,30})"/gu)].flatMap(([, one, other]) => one ?? other ?? []);
  return quoted.length > 1 ? quoted : [];
}
