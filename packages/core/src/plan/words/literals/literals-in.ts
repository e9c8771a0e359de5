import { checkText } from "../../check-text.js";
import { daysIn, isWeekday } from "./days.js";
import type { Literal } from "./literal.js";
import { namedCodesIn } from "./named-codes.js";
import { numbersIn } from "./numbers.js";
import { spansIn } from "./spans.js";

/**
 * All that a text says outright: numbers, days, times, languages, currencies, countries, quotations, addresses, codes and names.
 *
 * @example
 * literalsIn("Two seats on 4 March 2027").map(({ value }) => value); // [2, "2027-03-04"]
 */
export function literalsIn(text: string): readonly Literal[] {
  checkText("literalsIn", text);
  const spans = spansIn(text);
  // `4:25-cv-00871` is a number of a file, and no time.
  const isCode = (one: Literal) => spans.some(({ kind, start, end }) => kind === "code" && start <= one.start && one.end < end);
  // A day that its time follows is none either.
  const days = daysIn(text).filter((one) => (one.kind === "day" && /^T\d{2}:\d{2}/.test(text.slice(one.end, one.end + 6))) || !isCode(one));
  const quotations = spans.filter(({ kind }) => kind === "quoted");
  const atoms = [...days, ...spans.filter(({ kind }) => kind === "email" || kind === "url" || kind === "phone" || kind === "code")];
  const inside = (one: Literal, others: readonly Literal[]) => others.some(({ start, end }) => one.start < end && one.end > start);
  // A number in a title is a part of it, `"Tank 4, spring bock"`; one that is quoted whole is not.
  const titles = quotations.filter((one) => /\p{L}/u.test(one.text));
  const numbers = numbersIn(text).filter((one) => !inside(one, atoms) && !inside(one, titles));
  const codes = namedCodesIn(text);
  // A language or a day is nobody's name.
  const languages = codes.filter(({ kind }) => kind === "language");
  const isKnown = ({ text, start, end }: Literal) => isWeekday(text) || languages.some((one) => one.start === start && one.end === end);
  return [
    ...days,
    ...numbers,
    ...codes,
    ...spans.filter(
      (one) => one.kind === "quoted" || !(one.kind === "name" ? inside(one, [...days, ...quotations]) || isKnown(one) : inside(one, days)),
    ),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
}
