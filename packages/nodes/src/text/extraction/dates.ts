import { type Candidate, withoutOverlaps } from "./candidate.js";
import { knownBeside } from "./concepts/known.js";
import { even } from "./even.js";
import { numericDates } from "./numeric-dates.js";
import { sharedMonths } from "./range-openings.js";
import { wordedDates } from "./worded-dates.js";

const clock = /^[\s,]*\d{1,2}[:.]\d{2}|\d{1,2}[:.]\d{2}\s*(?:Uhr|[ap]\.?m\.?|h)?[\s,]*$/i;

/**
 * Dates as ISO 8601: in figures in any national order, the year first or last, and in words in some thirty languages (see `monthOf`). One
 * without a year takes the year of the other dates where these agree, and else is given as it stands; a day of the week alone is no
 * date. `04/05/2026` is day first unless the text shows otherwise (see `dayOrder`).
 */
export function dates(text: string): Candidate[] {
  const plain = even(text);
  const whole = [...numericDates(plain), ...wordedDates(plain)];
  const found = [...whole, ...sharedMonths(plain, whole)].sort((a, b) => b.sure - a.sure || b.end - b.start - (a.end - a.start));
  const years = new Set(
    found.flatMap(({ year, start }) => (year && !isBirth(plain.slice(Math.max(0, start - birthReach), start)) ? [year] : [])),
  );
  const [only] = years.size === 1 ? years : [];
  return withoutOverlaps(
    found.map(({ start, end, year = only, month, day, sure }) => {
      const timed = clock.test(plain.slice(end, end + 10)) || clock.test(plain.slice(Math.max(0, start - 12), start));
      const written = text.slice(start, end);
      const value = year === undefined ? written : isoOf(year, month, day);
      return {
        start,
        end,
        text: written,
        value,
        signs: { sure: sure > 2 ? 1 : sure > 0 ? 0.5 : year === undefined ? 0 : 1, timed: timed ? 1 : 0 },
      };
    }),
  );
}

/** How far before a date the words for a birth are looked for, which is no year of a document's other dates. */
const birthReach = 24;
const isBirth = (left: string) => (knownBeside("date")(/[^\d\n]*$/.exec(left)![0]).get("birth") ?? 0) >= 0.7;

const isoOf = (year: number, month: number, day: number) => `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
