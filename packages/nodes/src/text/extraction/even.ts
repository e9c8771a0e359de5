const kin: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    "-": "−‐‑﹣－–▲△",
    "'": "’‘´＇٬",
    ",": "，،",
    ".": "．",
    "/": "／",
    ":": "：",
    "%": "％٪",
    "(": "（",
    ")": "）",
    " ": "\u3000",
    "\u00a0": "\u202f\u2005\u2006\u2007\u2008\u2009\u200a",
    "\u200e": "\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069",
  }).flatMap(([one, others]) => [...others].map((other) => [other, one])),
);
const foreign = new RegExp(`(?![0-9])\\p{Nd}|[${Object.keys(kin).join("")}]`, "gu");

/**
 * A text with the digits, marks and signs of every script as their ASCII kin, one character for one, so that places stay true. Blanks
 * that no line breaks at come as U+00A0, marks of direction as U+200E, and the Arabic mark of thousands, which is nothing else, as an
 * apostrophe.
 */
export function even(text: string): string {
  return text.replace(foreign, (one) => kin[one] ?? (one.length === 1 ? digit(one) : one));
}

/** The digits of a script stand in one row, zero first. */
function digit(one: string): string {
  let size = 0;
  while (size < 9 && /\p{Nd}/u.test(String.fromCharCode(one.charCodeAt(0) - size - 1))) size++;
  return String(size);
}
