import type { Candidate } from "./candidate.js";
import { type Numeral, numerals } from "./numerals.js";

/**
 * Amounts of money in any national form: numbers with two decimals, or beside a currency. `1.234,56` and `1,234.56` are the same
 * number; rates (`1,499 EUR/l`, `8.25%`) and digits of a code (`12h30 €`) are none.
 */
export function amounts(text: string, found: readonly Numeral[] = numerals(text)): Candidate[] {
  return found
    .filter(
      ({ money, decimals, scaled, coded, rest }) => (money ? !coded || decimals > 0 : decimals === 2 && !scaled) && !/^\s?[%/]/.test(rest),
    )
    .map(({ start, end, value, money }) => ({ start, end, text: text.slice(start, end), value, signs: money ? { money: 1 } : {} }));
}
