import { type Candidate, withoutOverlaps } from "./candidate.js";

const iso = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g;
// Recognised pages give commas and spaces for points: 02.03,2020 and 20 05.2020.
const numeric = /(?<![\d.,])(\d{1,2})(\s?[./,-]\s?|\s)(\d{1,2})(\s?[./,-]\s?|\s)(\d{4}|\d{2})(?!\d|[.,/]\d)/g;
const clock = /^[\s,]*\d{1,2}[:.]\d{2}|\d{1,2}[:.]\d{2}\s*(?:Uhr|[ap]\.?m\.?|h)?[\s,]*$/i;

/**
 * Dates as ISO 8601, those written in words by chrono-node (English, German, French, Spanish). One without a year takes the year
 * of the other dates where these agree, and else is given as it stands; a day of the week alone is no date. `04/05/2026` is day
 * first where another date of the text shows it or its currency is not the dollar.
 */
export async function dates(text: string): Promise<Candidate[]> {
  const found: Candidate[] = [];
  const add = (start: number, written: string, value: string, prior: number) => {
    const end = start + written.length;
    const timed = clock.test(text.slice(end, end + 10)) || clock.test(text.slice(Math.max(0, start - 12), start));
    found.push({ start, end, text: written, value, prior: prior + (timed ? 0.15 : 0) });
  };
  for (const { 0: written, 1: y, 2: m, 3: d, index } of text.matchAll(iso))
    if (valid(+y!, +m!, +d!)) add(index, written, `${y}-${m}-${d}`, 0.1);

  const matches = [...text.matchAll(numeric)].filter(({ 2: a, 4: b, 5: year }) =>
    (a! + b!).trim() === "" || /^[\s,]*$/.test(a! + b!) ? false : year!.length === 4 || ![a, b].some((s) => s!.trim() === ""),
  );
  const slashed = matches.filter(({ 2: a, 4: b }) => a!.includes("/") && b!.includes("/"));
  const dayFirst =
    slashed.some(({ 1: first }) => +first! > 12) || (!slashed.some(({ 3: second }) => +second! > 12) && /€|£|\bEUR/.test(text));
  for (const match of matches) {
    const { 0: written, 1: first, 3: second, 5: end, index } = match;
    const year = end!.length === 4 ? +end! : +end! + (+end! > 70 ? 1900 : 2000);
    const swap = slashed.includes(match) && !dayFirst;
    const [day, month] = swap ? [+second!, +first!] : [+first!, +second!];
    if (valid(year, month, day)) add(index, written, isoOf(year, month, day), end!.length === 4 ? 0.1 : 0.05);
  }
  const worded = await inWords(text);
  const years = new Set([
    ...found.map(({ value }) => String(value).slice(0, 4)),
    ...worded.flatMap(({ year }) => (year ? [String(year)] : [])),
  ]);
  for (const { start, written, year = years.size === 1 ? +[...years][0]! : undefined, month, day } of worded) {
    add(start, written, year ? isoOf(year, month, day) : written, year ? 0.1 : 0);
  }
  return withoutOverlaps(found);
}

interface Worded {
  readonly start: number;
  readonly written: string;
  readonly year?: number;
  readonly month: number;
  readonly day: number;
}

async function inWords(text: string): Promise<Worded[]> {
  const { en, de, fr, es } = await import("chrono-node");
  // No date goes on in the next line of a page, or beyond a gap; in a long one the parser would search for ever.
  const barred = text.replace(/\n/g, "|").replace(/\s{4,}/g, (gap) => "|".repeat(gap.length));
  const found = [en, de, fr, es].flatMap((language) =>
    language.parse(barred).flatMap(({ index, text: written, start }) => {
      // Only what is written out: a month by name, and its day.
      if (!start.isCertain("day") || !start.isCertain("month") || !/\p{L}{3}/u.test(written) || !/\d/.test(written)) return [];
      const year = start.isCertain("year") ? start.get("year")! : undefined;
      const led = /^(?:on|by|the|until|am|den|bis|vom|le|el)\s+/i.exec(written)?.[0].length ?? 0;
      const bare = written.slice(led).replace(/[,\s]+(?:at|um|à|a las)?\s*\d{1,2}(?:[:.]\d{2})(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?|Uhr)?$/i, "");
      return [{ start: index + led, written: bare, ...(year ? { year } : {}), month: start.get("month")!, day: start.get("day")! }];
    }),
  );
  const longest = found.sort((a, b) => b.written.length - a.written.length);
  return withoutOverlaps(longest.map((one) => ({ ...one, end: one.start + one.written.length, text: one.written, value: "", prior: 0 })));
}

const isoOf = (year: number, month: number, day: number) => `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
const valid = (year: number, month: number, day: number) =>
  year >= 1900 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
