import { sentences } from "../sentences.js";
import { addresses } from "./addresses.js";
import type { Candidate } from "./candidate.js";
import type { Readings } from "./candidates.js";
import { codes } from "./codes.js";
import { linesOf } from "./lines.js";
import { outside } from "./outside.js";
import type { Sign } from "./weights.js";

/** A label and its colon, at the start of a line or behind a gap in it. */
const label = /(?<=^|\t| {2})[^\s:：][^:：\n]{0,39}?[^\s\d:：]?[:：](?!\/\/)[ \t]*(?=\S)/gmu;
/** Written as dates, times and numbers are. */
const figures = /^[\d\s.,:/-]+$/;
/** A gap between the cells of a line. */
const gap = /\t| {3,}/;

/** What a field of free text may be: a code, a number to call, an address, what follows a colon on its line, or a sentence. */
export function spans(text: string, { dates, times, numerals }: Readings): Candidate[] {
  const labelled = linesOf(text).flatMap(({ text: line, start }) =>
    [...line.matchAll(label)].flatMap(({ 0: said, index }) => {
      const from = index + said.length;
      const [cell = ""] = line.slice(from).split(gap, 1);
      const value = cell.replace(/[\s,;]+$/, "");
      return value ? [{ ...spanAt(start + from, value, "labelled"), signs: { labelled: 1, otherKind: figures.test(value) ? 1 : 0 } }] : [];
    }),
  );
  const whole = sentences(text).map(({ start, end }) => spanAt(start, text.slice(start, end), "sentence"));
  const called = phones(text);
  // The digits of a number to call are no code where a sign belongs to them: `+44 20 …`.
  const signed = called.filter(({ text }) => !/^\d/.test(text));
  // Dates, times and amounts are no codes, nor are parts of them.
  const apart = outside([...dates, ...times, ...numerals.filter(({ likely, money, decimals }) => (money && !likely) || decimals === 2)]);
  const free = codes(text)
    .filter(outside(signed))
    .filter((code) => apart(code) || /\p{L}/u.test(code.text));
  return [...labelled, ...free, ...called, ...addresses(text), ...whole];
}

const spanAt = (start: number, value: string, sign: Sign): Candidate => ({
  start,
  end: start + value.length,
  text: value,
  value,
  signs: { [sign]: 1 },
});

/** Numbers to call: 7 to 15 digits, set apart as people do. */
function phones(text: string): Candidate[] {
  return [...text.matchAll(/(?<![\d\p{L}.,/-])(?:\+|\(\+?)?\d(?:[\d()]|[ ./-](?=[\d(])){5,24}\d(?![\d\p{L}]|[.,]\d)/gu)]
    .filter(([found]) => /^\d{7,15}$/.test(found.replace(/\D/g, "")))
    .map(({ 0: found, index }) => spanAt(index, found, "phone"));
}

/** Letters of scripts that part words: in others what stands right before an address is none of it. */
const parting = "\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\d_";
const email = new RegExp(`(?<![${parting}.+-])[${parting}.+-]+@[${parting}-]+(?:\\.[${parting}-]+)+`, "gu");

/** Email addresses. */
export function emails(text: string): Candidate[] {
  return [...text.matchAll(email)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    text: found,
    value: found,
    signs: { mail: 1 },
  }));
}
