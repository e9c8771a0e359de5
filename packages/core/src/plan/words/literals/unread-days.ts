import { lazily } from "../../lazily.js";
import { quotedIn, type Span } from "../quoted.js";
import { daysIn, monthNames, weekdayNames } from "./days.js";

/** Days that are said by where they lie from today, or without their year, or in an order that nothing tells: no date can be read of them. */
const patterns = lazily(() => {
  const weekday = weekdayNames().join("|");
  const month = monthNames()
    .sort((a, b) => b.length - a.length)
    .join("|");
  return [
    "today|tonight|tomorrow|yesterday|heute|gestern|vorgestern|übermorgen|hoy|mañana|ayer|anteayer",
    "(?<!(?:guten|am|jeden|zum|den) )morgen",
    "(?:this|next|last|coming) (?:week|weekend|month|quarter|year)",
    "(?:diese|nächste|letzte|kommende)[mnrs]? (?:woche|wochenende|monat|quartal|jahr)",
    "(?:est[ea]|próxim[oa]) (?:semana|mes|año)|(?:la semana|el mes|el año) (?:que viene|pasad[oa])",
    String.raw`in (?:\d{1,3}|an?|two|three|einem|einer|zwei|drei) (?:day|week|month|tag|woche|monat)(?:e?s|e?n)?|(?:dentro de|en) (?:\d{1,3}|una?|dos|tres) (?:días?|semanas?|mes(?:es)?)`,
    `(?:${weekday})`,
    String.raw`\d{1,2}(?:st|nd|rd|th|\.)? (?:of |de )?(?:${month})|(?:${month})\.? \d{1,2}(?:st|nd|rd|th)?(?![\d:])`,
    String.raw`\d{1,2}/\d{1,2}/\d{4}`,
  ].map((one) => new RegExp(String.raw`(?<![\p{L}\d/])(?:${one})(?![\p{L}\d/])`, "giu"));
});

/** Where a text names days of which no date can be read, outside of quotation marks: `tomorrow`, `next week`, `on Monday`, `3 May`. */
export function unreadDaysIn(text: string): readonly Span[] {
  const read: Span[] = [...daysIn(text).filter(({ kind }) => kind === "day"), ...quotedIn(text)];
  const found: Span[] = [];
  for (const pattern of patterns())
    for (const { 0: said, index: start } of text.matchAll(pattern)) {
      const end = start + said.length;
      if (![...read, ...found].some((one) => start < one.end && one.start < end)) found.push({ start, end });
    }
  return found.sort((a, b) => a.start - b.start);
}
