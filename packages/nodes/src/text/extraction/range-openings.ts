import { leap, valid, type Written } from "./numeric-dates.js";

const link =
  "-|to|until|till|and|or|bis|bis zum|und|oder|au|et|ou|al|y|o|e|a|até|tot|tot en met|t/m|en|och|til|og|ja|do|i|az|și|la|până la|по|до|и|й|та|έως|και|ve|ile";
const article = "(?:(?:the|zum|le|el|il|o|den|d\\.)[ \\u00a0])?";
const opening = new RegExp(
  `(?<![\\d\\p{L}]|\\d[.,:/-])(\\d{1,2})(?:\\.|st|nd|rd|th|ère?|er|[ºª°])?(?:-|[ \\u00a0](?:${link})[ \\u00a0]${article})$`,
  "iu",
);
const unparted = /^[^\S\n]?(?:から|至|到|-|~|〜|、|和|或|부터|에서)[^\S\n]?(\d{1,2})[^\S\n]?[日号일]/u;
/** How far before a date the day that opens its range is looked for, and how far behind one in a script that parts no words. */
const reach = 24;

/** The days that share their month, and their year, with a date: `12 to 15 June 2026`, `27. bis 29.04.2026`, `9月14日から18日`. */
export const sharedMonths = (plain: string, dates: readonly Written[]): Written[] =>
  dates.flatMap(({ start, end, day, ...date }) => {
    const [before, from] = opening.exec(plain.slice(Math.max(0, start - reach), start)) ?? [];
    const [behind, to] = /[日号일]$/u.test(plain.slice(start, end)) ? (unparted.exec(plain.slice(end, end + reach)) ?? []) : [];
    const opens = before && from ? [{ ...date, start: start - before.length, end: start - before.length + from.length, day: +from }] : [];
    const closes = behind && to ? [{ ...date, start: end + behind.indexOf(to), end: end + behind.length, day: +to }] : [];
    return [...opens.filter((one) => one.day < day), ...closes.filter((one) => one.day > day)].filter((one) =>
      valid(one.year ?? leap, one.month, one.day),
    );
  });
