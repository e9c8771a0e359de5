import type { Numeral } from "./numerals.js";

/** The fewest amounts of a receipt, and the characters of a line that is prose. */
const [fewest, prose] = [3, 90];

/** Whether a text is a receipt or a bill: amounts with their cents, and hardly a line as long as those of letters. */
export function isBill(text: string, numerals: readonly Numeral[]): boolean {
  const lines = text.split("\n").filter((line) => line.trim());
  const long = lines.filter((line) => line.trim().replace(/\s{2,}/g, " ").length > prose).length;
  return numerals.filter(({ decimals }) => decimals === 2).length >= fewest && long * 10 <= lines.length;
}
