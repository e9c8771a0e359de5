import { monthOf } from "./months.js";
import { leap, type Written, yearOf } from "./numeric-dates.js";

const ordinal = "(?:\\.|st|nd|rd|th|ère?|er|[ºª°]|-?го|:[ea])?";
const range = `(?:[ \\u00a0]?-[ \\u00a0]?(?<last>\\d{1,2})${ordinal})?`;
const day = new RegExp(
  `(?<![\\d\\p{L}]|(?<!\\d{3})\\d[.,:/-])(?<day>\\d{1,2})${ordinal}${range}(?<mark>[ \\u00a0./-]?[ \\u00a0]?)(?:(?:of|de)[ \\u00a0]|d')?$`,
  "iu",
);
const yearBefore = /(?<![\d\p{L}]|\d[.,:/-])(?<year>\d{4})(?:\.?[ \u00a0]|[-/.])$/u;
const dayAfter = new RegExp(`^\\.?(?<mark>[ \\u00a0]|[-/.])(?<day>\\d{1,2})(?!\\d|[.,:/]\\d)${ordinal}${range}(?!\\p{L})`, "iu");
const yearAfter =
  /^[.,]?(?<mark>[-/.]|[ \u00a0\n]{0,2})(?:(?:del?|of)[ \u00a0])?(?:(?<year>\d{4})(?!\d|[.,]\d)|(?:'(?<short>\d\d)|(?<bare>\d\d))(?!\d|[.,:/]\d))/iu;
const ended = /^(?:[ \u00a0]*(?:$|[\n,;)|])|\.(?!\d)|[ \u00a0,]+\d{1,2}[:.]\d\d)/;

/** How far around a month's name its day and its year are looked for. */
const reach = 24;

/** The days beside a month's name, as they are written. */
interface Days {
  readonly day?: string;
  readonly last?: string;
}

/** Dates with a month's name, of a text whose digits and signs are ASCII; those without a year too. */
export function wordedDates(plain: string): Written[] {
  return [...plain.matchAll(/\p{L}[\p{L}\p{M}]*/gu)].flatMap(({ 0: word, index }) => {
    const month = word.length > 1 && word.length < 12 ? monthOf(word) : undefined;
    if (!month) return [];
    const left = plain.slice(Math.max(0, index - reach), index);
    const end = index + word.length;
    const right = plain.slice(end, end + reach);
    const give = (start: number, to: number, day: string, year: number | undefined): Written[] => {
      if (+day < 1 || +day > new Date(Date.UTC(year ?? leap, month.month, 0)).getUTCDate()) return [];
      if (year === undefined) return month.sure ? [{ start, end: to, month: month.month, day: +day, sure: 0 }] : [];
      return [{ start, end: to, year, month: month.month, day: +day, sure: 3 }];
    };
    // `14-16 March 2026` is two days; they stand from `opens` on.
    const giveRange = (start: number, to: number, { day = "", last }: Days, year: number | undefined, opens: number) => {
      if (last === undefined) return give(start, to, day, year);
      const middle = opens + day.length;
      return [...give(start, middle, day, year), ...give(plain.indexOf(last, middle), to, last, year)];
    };
    const first = day.exec(left);
    if (first) {
      const { mark = "", ...days } = first.groups ?? {};
      const start = index - first[0].length;
      const year = yearBehind(right, mark);
      if (year === "unknown") return [];
      return giveRange(start, end + (year?.length ?? 0), days, year?.year, start);
    }
    const second = dayAfter.exec(right);
    if (!second) return [];
    const { mark = "", ...days } = second.groups ?? {};
    const behind = right.slice(second[0].length);
    const year = yearBehind(behind, mark);
    if (year === "unknown") return [];
    const to = end + second[0].length;
    const opens = end + second[0].search(/\d/);
    const [before, early] = (year ? null : yearBefore.exec(left)) ?? [];
    if (before && early) return giveRange(index - before.length, to, days, +early, opens);
    // English has the day behind the month, which is a name then: `May 5`, and not `you may 5`; Hungarian adds an ending: `május 4-én`.
    if (!year && !/^\p{Lu}/u.test(word) && !/^-\p{Ll}{1,4}(?!\p{L})/u.test(behind)) return [];
    return giveRange(index, to + (year?.length ?? 0), days, year?.year, opens);
  });
}

/** The year after a day and a month: none, or where two digits may be something else (`14 March 26 guests`), unknown. */
function yearBehind(right: string, mark: string): { readonly year: number; readonly length: number } | "unknown" | undefined {
  const found = yearAfter.exec(right);
  if (!found) return /^[.,]?[-/. \u00a0]{0,2}\d{4}(?!\d)/.test(right) ? "unknown" : undefined;
  const { year, short, bare, mark: own } = found.groups ?? {};
  const length = found[0].length;
  if (year) return +year >= 1000 && +year < 3000 ? { year: +year, length } : "unknown";
  const same = own !== "" && own === mark.trim();
  if (bare && !same && !ended.test(right.slice(length))) return "unknown";
  return { year: yearOf(short ?? bare ?? ""), length };
}
