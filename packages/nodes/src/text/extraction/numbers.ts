import type { Candidate } from "./candidate.js";
import { numerals } from "./numerals.js";

/** Numbers of any kind in any national form, also amounts; digits of a code (`M8`, `WO-4827`) are none. */
export function numbers(text: string): Candidate[] {
  return numerals(text)
    .filter(({ coded }) => !coded)
    .map(({ start, end, value }) => ({ start, end, text: text.slice(start, end), value, prior: 0 }));
}
