import type { Candidate } from "./candidate.js";
import { isLabel } from "./concepts/known.js";

const token = "(?:[\\p{Lu}\\d][\\p{Lu}\\p{Ll}\\d]{0,19}(?:[-./_][\\p{Lu}\\p{Ll}\\d]{1,16}){0,6})";
const run = new RegExp(`(?<![\\p{L}\\d@.,/_-])${token}(?: ${token})*(?![\\p{L}\\d@]|[-._/][\\p{L}\\d])`, "gu");

/** Written as a date or an amount is. */
const other = /^(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,3}(?:[.,]\d{3})*[.,]\d\d)$/;

/** Rather a day, a count or a year. */
const figure = /^(?:\d{1,2}|(?:19|20)\d\d)$/;

/** The longest code. */
const longest = 40;

/**
 * Codes: runs of tokens of digits and capitals (`HH-40871`, `SWL 7730 1184 2`, `22C`, `2026/0452`), less words at their ends; one
 * that has no digit is all capitals, of five to eight (`QKRTMW`).
 */
export function codes(text: string): Candidate[] {
  return [...text.matchAll(run)].flatMap(({ 0: found, index }) => parts(found).map(({ at, written }) => codeAt(index + at, written)));
}

const codeAt = (start: number, written: string): Candidate => ({
  start,
  end: start + written.length,
  text: written,
  value: written,
  signs: { code: 1, digitless: /\d/.test(written) ? 0 : 1, otherKind: other.test(written) ? 1 : figure.test(written) ? 0.5 : 0 },
});

/** The longest rows of code-like tokens in a run. */
function parts(found: string): { at: number; written: string }[] {
  const rows: { at: number; written: string }[] = [];
  let row: { at: number; tokens: string[] } | undefined;
  let at = 0;
  for (const one of found.split(" ")) {
    const isCode = /\d/.test(one) || (row ? /^\p{Lu}{1,4}$/u.test(one) : /^\p{Lu}{1,3}(?:-\p{Lu}{1,2})?$|^\p{Lu}{5,8}$/u.test(one));
    if (!isCode || (!/\d/.test(one) && isLabel(one, ["text", "amount"]))) {
      close();
    } else if (row) row.tokens.push(one);
    else row = { at, tokens: [one] };
    at += one.length + 1;
  }
  close();
  return rows;
  function close() {
    if (row) {
      const written = row.tokens.join(" ");
      const single = row.tokens.length === 1;
      if (written.length <= longest && (/\d/.test(written) || (single && written.length >= 5))) rows.push({ at: row.at, written });
    }
    row = undefined;
  }
}
