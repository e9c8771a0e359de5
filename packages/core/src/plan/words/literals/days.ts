import { lazily } from "../../lazily.js";
import type { Literal } from "./literal.js";

const tongues = ["en", "de", "es"];
/** The months' names, each with its number. */
const months = lazily(() => {
  const found = new Map<string, number>();
  for (const tongue of tongues)
    for (const length of ["long", "short"] as const) {
      const format = new Intl.DateTimeFormat(tongue, { month: length, timeZone: "UTC" });
      for (let month = 0; month < 12; month++)
        found.set(
          format
            .format(Date.UTC(2024, month, 1))
            .toLowerCase()
            .replace(/\.$/, ""),
          month + 1,
        );
    }
  return found.set("sept", 9);
});

/** The names of the days of the week, each with a capital: they say no date, and are no names. */
const weekdays = lazily(
  () =>
    new Set(
      tongues.flatMap((tongue) =>
        Array.from({ length: 7 }, (_, i) => {
          const day = new Intl.DateTimeFormat(tongue, { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2024, 0, 1 + i));
          return day.charAt(0).toUpperCase() + day.slice(1);
        }),
      ),
    ),
);
export const weekdayNames = (): string[] => [...weekdays()];
export const monthNames = (): string[] => [...months().keys()];
/** Whether a text is the name of a day of the week. */
export const isWeekday = (text: string): boolean => weekdays().has(text);

const iso = /(?<![\d-])(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?![\d-])/g;
const dotted = /(?<![\d.])(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?!\d)/g;
const slashed = /(?<![\d/])(?<first>\d{1,2})\/(?<second>\d{1,2})\/(?<year>\d{4})(?![\d/])/g;
/** Days with a month's name in them. */
const patterns = lazily(() => {
  const named = [...months().keys()].sort((a, b) => b.length - a.length).join("|");
  return {
    dayFirst: new RegExp(
      `(?<![\\p{L}\\d])(?<day>\\d{1,2})(?:st|nd|rd|th|\\.)?\\s+(?:of\\s+|de\\s+)?(?<month>${named})\\.?,?\\s+(?:de\\s+|del\\s+)?(?<year>\\d{4})(?!\\d)`,
      "giu",
    ),
    /** Before a day: the first one of a range, whose month or year stands with the last: `3 to 7 June 2027`. */
    rangeStart: new RegExp(
      `(?<![\\p{L}\\d])(?<day>\\d{1,2})(?:st|nd|rd|th|\\.)?(?:\\s+(?:of\\s+|de\\s+)?(?<month>${named})\\.?)?(?=\\s*(?:-|–|to|until|till|through|and|bis|und|al?|hasta|y)\\s*(?:the\\s+|zum\\s+|el\\s+)?$)`,
      "iu",
    ),
    monthFirst: new RegExp(`(?<!\\p{L})(?<month>${named})\\.?\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year>\\d{4})(?!\\d)`, "giu"),
  };
});
/**
 * No time is what German has before a day, `Raum 12 am 4. März`. Behind a day as ISO 8601 writes it a time may have seconds, which are none;
 * elsewhere `1:30:00` is how long something takes.
 */
const clock =
  /(?<![\d:.])(\d{1,2})(?::(\d{2}))?\s?(a\.?m\.?|p\.?m\.?)(?!\p{L}|(?<=am) (?:\d{1,2}\.(?!\d)|\p{L}+tag(?!\p{L})|Mittwoch|Morgen|Abend|Wochenende))|(?<![\d:])(\d{1,2}):(\d{2})(?:(?<=\d-\d{2}[T ]\d{2}:\d{2}):00(?:\.0+)?(?![\d:Z+-]|\.\d)|(?![\d:]))/giu;

/** How far before a day the first one of its range stands at the most. */
const near = 60;

/** A day as a text says it, its month by its number or its name. */
type Said = Readonly<Partial<Record<"year" | "month" | "day", string | undefined>>>;

/** Days that a text names whole, with their year, as `YYYY-MM-DD`, and times of the day as `HH:MM`. A day whose order is unclear is none. */
export function daysIn(text: string): readonly Literal[] {
  const { dayFirst, rangeStart, monthFirst } = patterns();
  const found: Literal[] = [];
  const add = (one: RegExpExecArray, { year, month = "", day }: Said = one.groups ?? {}, from = 0) => {
    const at = (months().get(month.toLowerCase()) ?? Number(month)) - 1;
    const value = new Date(Date.UTC(Number(year), at, Number(day)));
    if (value.getUTCMonth() !== at || value.getUTCDate() !== Number(day)) return;
    const start = from + one.index;
    found.push({ kind: "day", value: value.toISOString().slice(0, 10), text: one[0], start, end: start + one[0].length });
  };
  for (const one of text.matchAll(iso)) add(one);
  for (const one of text.matchAll(dotted)) add(one);
  for (const one of text.matchAll(slashed)) {
    const { first, second, ...rest } = one.groups ?? {};
    const [a, b] = [Number(first), Number(second)];
    if (a === b || a > 12) add(one, { ...rest, month: second, day: first });
    else if (b > 12) add(one, { ...rest, month: first, day: second });
  }
  for (const one of text.matchAll(dayFirst)) {
    add(one);
    const from = Math.max(0, one.index - near);
    const first = rangeStart.exec(text.slice(from, one.index));
    const { day, month = one.groups?.month } = first?.groups ?? {};
    if (first) add(first, { ...one.groups, month, day }, from);
  }
  for (const one of text.matchAll(monthFirst)) add(one);
  for (const one of text.matchAll(clock)) {
    const [, hour12, minute12, meridiem, hour24, minute24] = one;
    const half = meridiem?.charAt(0).toLowerCase();
    const [hour, minute] = [Number(hour12 ?? hour24), Number(minute12 ?? minute24 ?? 0)];
    if (minute > 59 || hour > (half ? 12 : 23)) continue;
    const at = half ? (hour % 12) + (half === "p" ? 12 : 0) : hour;
    const value = `${String(at).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
    found.push({ kind: "time", value, text: one[0], start: one.index, end: one.index + one[0].length });
  }
  return found.sort((a, b) => a.start - b.start);
}
