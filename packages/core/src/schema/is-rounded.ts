/**
 * Whether a whole number that a text writes out in digits is another one once it is read: past 2^53 a number of JavaScript's keeps some 17
 * digits, and rounds the rest away without a word.
 * @example
 * isRounded("12345678901234567890"); // true: it would be 12345678901234567000
 */
export function isRounded(text: string): boolean {
  const digits = /^[+-]?(\d+)(?:\.\d*)?$/.exec(text.trim())?.[1]?.replace(/^0+/, "") ?? "";
  if (digits.length < 16) return false;
  const kept = Number(digits).toExponential().replace(/e.*/, "").replace(".", "");
  return kept !== digits.replace(/0+$/, "");
}
