import type { Candidate } from "./candidate.js";
import { type Numeral, numerals } from "./numerals.js";

/** Digits with thousands set apart. */
const grouped = /^[1-9]\d{0,2}(?:[., \u00a0]\d{3})+$/;
/** Per cent, or for a measure of something. */
const rate = /^\s?(?:%|\/\s?(?:\d+\s?)?(?:[lgm]|lt|ltr|lit\p{L}+|ml|cl|kg|mg|k?wh|km|m[²³23]|qm|sqm|sq)(?![\p{L}\d]))/iu;
const gap = /(?:\t| {2})$/;

/**
 * Amounts of money in any national form: numbers with two decimals, or beside a currency. `1.234,56` and `1,234.56` are the same
 * number; rates (`1,499 EUR/l`, `8.25%`) and digits of a code (`12h30 €`) are none. Where no amount of a text has decimals, whole numbers
 * with thousands set apart, and those that a row of a table ends in, are amounts too.
 */
export function amounts(text: string, found: readonly Numeral[] = numerals(text)): Candidate[] {
  const free = found.filter(({ likely, coded, decimals, rest }) => !likely && (!coded || decimals > 0) && !rate.test(rest));
  const sure = free.filter(({ money, decimals, scaled, rest }) => money || (decimals === 2 && !scaled && !/^\s?\//.test(rest)));
  const whole = sure.every(({ decimals }) => decimals === 0);
  const more = free.filter(
    ({ start, end, decimals, rest }) =>
      decimals === 0 &&
      (grouped.test(text.slice(start, end)) || (sure.length > 0 && !rest.trim() && gap.test(text.slice(Math.max(0, start - 2), start)))),
  );
  return [...new Set(whole ? [...sure, ...more] : sure)]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, value, money }) => ({ start, end, text: text.slice(start, end), value, signs: money ? { money: 1 } : {} }));
}
