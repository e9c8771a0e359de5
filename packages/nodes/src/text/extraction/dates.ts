import { type Candidate, withoutOverlaps } from "./candidate.js";
import { knownBeside } from "./concepts/known.js";
import { even } from "./even.js";
import { numericDates } from "./numeric-dates.js";
import { sharedMonths } from "./range-openings.js";
import { wordedDates } from "./worded-dates.js";

const clock = /^[\s,]*\d{1,2}[:.]\d{2}|\d{1,2}[:.]\d{2}\s*(?:Uhr|[ap]\.?m\.?|h)?[\s,]*$/i;

/**
 * Dates as ISO 8601: in figures in any national order, the year first or last, and in words in some thirty languages (see `monthOf`). One
 * without a year takes that of the other dates, where these are several the one in which it is nearest to one of them, and is given as it stands where there is none; a day of the week alone is no
 * date. `04/05/2026` is day first unless the text shows otherwise (see `dayOrder`).
 */
export function dates(text: string): Candidate[] {
  const plain = even(text);
  const written = [...numericDates(plain), ...wordedDates(plain)];
  const found = [...written, ...sharedMonths(plain, written)].sort((a, b) => b.sure - a.sure || b.end - b.start - (a.end - a.start));
  const whole = found.flatMap(({ year, month, day, start }) =>
    year && !isBirth(plain.slice(Math.max(0, start - birthReach), start)) ? [{ year, month, day }] : [],
  );
  const years = [...new Set(whole.map(({ year }) => year))];
  return withoutOverlaps(
    found.map(({ start, end, year: own, month, day, sure }) => {
      const year = own ?? nearestOf(years, whole, month, day);
      const guessed = own === undefined && years.length > 1;
      const timed = clock.test(plain.slice(end, end + 10)) || clock.test(plain.slice(Math.max(0, start - 12), start));
      const value = year === undefined ? text.slice(start, end) : isoOf(year, month, day);
      return {
        start,
        end,
        text: text.slice(start, end),
        value,
        signs: {
          sure: sure > 2 ? 1 : sure > 0 ? 0.5 : year === undefined || guessed || sure < 0 ? 0 : 1,
          timed: timed ? 1 : 0,
          ...(sure < 0 && { faint: 1 }),
        },
      };
    }),
  );
}

interface Whole {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The year in which a day of a month is nearest to one of the text's whole dates. */
function nearestOf(years: readonly number[], whole: readonly Whole[], month: number, day: number): number | undefined {
  const away = (year: number) =>
    Math.min(...whole.map((one) => Math.abs(Date.UTC(year, month - 1, day) - Date.UTC(one.year, one.month - 1, one.day))));
  return [...years].sort((a, b) => away(a) - away(b))[0];
}

/** How far before a date the words for a birth are looked for, which is no year of a document's other dates. */
const birthReach = 24;
const isBirth = (left: string) => (knownBeside("date")(left.slice(left.search(/[^\d\n]*$/))).get("birth") ?? 0) >= 0.7;

const isoOf = (year: number, month: number, day: number) => `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
