import type { Candidate } from "./candidate.js";
import { type Numeral, numerals } from "./numerals.js";

/** Numbers of any kind in any national form, also amounts; digits of a code (`M8`, `WO-4827`) are none. */
export function numbers(text: string, found: readonly Numeral[] = numerals(text)): Candidate[] {
  return found
    .filter(({ likely, coded }) => !likely && !coded)
    .map(({ start, end, value, money, decimals, rest }) => ({
      start,
      end,
      text: text.slice(start, end),
      value,
      // Two decimals before a unit are of a measure.
      signs: money || (decimals === 2 && !/^\s?[\p{L}%°]/u.test(rest)) ? { priced: 1 } : {},
    }));
}
