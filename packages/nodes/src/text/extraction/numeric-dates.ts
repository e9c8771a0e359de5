import { dayOrder } from "./day-order.js";

/** A date as it stands in a text. Without a year it is incomplete. */
export interface Written {
  readonly start: number;
  readonly end: number;
  readonly year?: number;
  readonly month: number;
  readonly day: number;
  /** How little its form leaves in doubt; the surest are taken where two overlap. Less than nothing: it may be no date. */
  readonly sure: number;
}

const gap = "[^\\S\\n]?";
// All begin with a look ahead, so that what comes to nothing takes no digit from what follows.
const yearFirst =
  /(?<!\d|\d[.,])(?=((\d{4})(?:([-/.])(\d{1,2})\3(\d{1,2})|\.[^\S\n](\d{1,2})\.[^\S\n](\d{1,2})\.?|[^\S\n]?[年년][^\S\n]?(\d{1,2})[^\S\n]?[月월][^\S\n]?(\d{1,2})[^\S\n]?[日일]))(?!\d|[.,]\d))/g;
const yearLast = new RegExp(
  `(?<![\\d.,])(?=((\\d{1,2})(${gap}\\u200e?/\\u200e?${gap}|\\u200e?\\.\\u200e?${gap}|-| - )(\\d{1,2})\\3(\\d{4}|\\d\\d))(?!\\d|[.,/]\\d))`,
  "g",
);
// Recognised pages give commas and blanks for points: `02.03,2020`, `20 05.2020`, and before a time `23,03.20`.
const misread = /(?<![\d.,])(?=((\d{1,2})([.,]? ?)(\d{1,2})([.,]? ?)((?:19|20)\d\d|(?<=[.,])\d\d(?= \d{1,2}:\d\d)))(?!\d|[.,/]\d))/g;

/** Without a year: `4月21日`. */
const yearless = /(?<![\d.,/-]|[年년][^\S\n]?)(\d{1,2})[^\S\n]?[月월][^\S\n]?(\d{1,2})[^\S\n]?[日号일](?!\p{N})/gu;

/** Without a year, behind a word that stands before days: `am 12.06.`, `ma 12.6.` */
const dotted =
  /(?<!\p{L})(?:am|vom|zum|bis|ab|den|der|dne|dňa|od|do|(?:mo|di|mi|do|fr|sa|so|ma|ti|ke|to|pe|la|su)\.?,?)[ \u00a0]((\d{1,2})\.[ \u00a0]?(\d{1,2})\.)(?![ \u00a0]?\d)/giu;

/** A day and a month with a point behind each, and nothing more: `perjantaina 8.5. ja`. */
const pointed =
  /(?<![\d.,/-]|\p{L}|(?<!\p{L})(?:kl\.?|klo|ora|ore|um|alle|kello|godz\.?) )((\d{1,2})\.(\d{1,2})\.)(?=[\s,;)]|$)(?![ \u00a0]?\d)/gu;

/** As in Vietnam: `8 tháng 10 năm 2026`. */
const vietnamese = /(?<![\d.,/])(\d{1,2}) th[áa]ng (\d{1,2}),?(?: n[ăa]m)? (\d{4})(?!\d)/giu;

/** Dates in figures, of a text whose digits and signs are ASCII. */
export function numericDates(plain: string): Written[] {
  const found: Written[] = [];
  const add = (start: number, length: number, year: number, month: number, day: number, sure: number) => {
    if (valid(year, month, day)) found.push({ start, end: start + length, year, month, day, sure });
  };
  for (const { 1: written = "", 2: year = "", 3: mark, index, ...m } of plain.matchAll(yearFirst)) {
    const [month = "", day = ""] = [m[4] ?? m[6] ?? m[8], m[5] ?? m[7] ?? m[9]];
    if (!continued(plain, index, written.length, mark)) add(index, written.length, +year, +month, +day, 4);
  }
  const addYearless = (end: number, written: string, month: number, day: number, sure = 0) => {
    if (valid(leap, month, day)) found.push({ start: end - written.length, end, month, day, sure });
  };
  for (const { 0: written, 1: month = "", 2: day = "", index } of plain.matchAll(yearless))
    addYearless(index + written.length, written, +month, +day);
  for (const { 0: all, 1: written = "", 2: day = "", 3: month = "", index } of plain.matchAll(dotted))
    addYearless(index + all.length, written, +month, +day);
  for (const { 1: written = "", 2: day = "", 3: month = "", index } of plain.matchAll(pointed))
    addYearless(index + written.length, written, +month, +day, -1);
  for (const { 0: written, 1: day = "", 2: month = "", 3: year = "", index } of plain.matchAll(vietnamese))
    add(index, written.length, +year, +month, +day, 4);
  const last = [...plain.matchAll(yearLast)]
    .map(({ 1: written = "", 2: a = "", 3: mark = "", 4: b = "", 5: end = "", index }) => ({ written, a: +a, mark, b: +b, end, index }))
    .filter(({ written, mark, index }) => !continued(plain, index, written.length, mark.trim()));
  const pairs = last.filter(({ mark }) => !mark.includes(".")).map(({ a, b }) => [a, b] as const);
  const order = dayOrder(pairs, plain);
  for (const { written, a, mark, b, end, index } of last) {
    const year = yearOf(end);
    const sure = end.length === 4 ? 4 : 2;
    // `26. 3. 14.` begins with a year in Korea and with a day in Croatia.
    if (sure === 2 && /\.\s/.test(mark) && plain[index + written.length] === ".") continue;
    // A letter before it may be that of an era: `R8.3.14`.
    if (sure === 2 && /\p{L}/u.test(plain[index - 1] ?? "")) continue;
    const dayFirst = mark.includes(".") || order === "day first";
    if (a > 12 || b > 12 || a === b) add(index, written.length, year, ...(b > 12 ? ([a, b] as const) : ([b, a] as const)), sure);
    else if (dayFirst || order === "month first")
      add(index, written.length, year, ...(dayFirst ? ([b, a] as const) : ([a, b] as const)), sure);
  }
  for (const { 1: written = "", 2: day = "", 3: a, 4: month = "", 5: b, 6: year = "", index } of plain.matchAll(misread)) {
    if (a && b && (a + b).includes(".") && (year.length === 4 || !(a + b).includes(" ")))
      add(index, written.length, yearOf(year), +month, +day, 1);
  }
  return found;
}

/** A year that has every day. */
export const leap = 2000;

/** A year of two digits is one from 1971 to 2070. */
export const yearOf = (digits: string) => (digits.length > 2 ? +digits : +digits + (+digits > 70 ? 1900 : 2000));

/** Whether a date's own mark and a digit stand beside it, as in the number of an order: `12-05-2020-44`. */
function continued(plain: string, start: number, length: number, mark = ""): boolean {
  if (mark !== "-" && mark !== "/") return false;
  const [before, after] = [plain.slice(Math.max(0, start - 2), start), plain.slice(start + length, start + length + 2)];
  return (before.endsWith(mark) && /^\d/.test(before)) || (after.startsWith(mark) && /\d$/.test(after));
}

export const valid = (year: number, month: number, day: number) =>
  year >= 1900 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
