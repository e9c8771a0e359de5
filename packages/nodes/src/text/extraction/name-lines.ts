import { isAddress } from "./address-lines.js";
import { legalForm } from "./legal-forms.js";
import type { Line } from "./lines.js";
import { plain } from "./plain.js";
import { isTrade, isTradeWord } from "./trades.js";

/** Lines of the head that are looked through for names; below it only those with a legal form. */
export const headLines = 15;

/** The longest name, and the longest number of registration behind one. */
const longest = 60;
const longestRegistration = 30;

/** The most words in small letters that a name has: `Verein der Freunde des alten Parks`. */
const fewSmall = 3;

/** A number of registration behind a name: `(139386 X)`, `(126926-H)`, ` 1203194-W`. */
const registration = /\s*(?:\((?:co\.?|reg|no|roc|ssm|[\s.:#])*[A-Z]{0,3}\s?\d{3,}[\d\s-]*[A-Z]{0,2}\)|\s\d{5,}-[A-Z])\s*$/i;
const onlyRegistration = /^\(?[A-Z]{0,3}\d{4,}[\d\s-]*[A-Z]?\)?$/;
/** The end of a line that the next carries on, and the beginning of one that carries on. */
const goesOn = /(?:&|(?<![\p{L}\d])and|(?<![\p{L}\d])und|(?<![\p{L}\d])y|(?<![\p{L}\d])et)$/iu;
const comesOn = /^(?:&|SDN|BHD|GmbH|Ltd|LLC|CO\.|\(\p{Lu}\)|CO?P?\. ?\()/u;

/** A name that a line is, as its place in the text, with the line's number. */
export interface NameLine {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** The lines that may be names, less numbers of registration, and with the next line where that carries a name on. */
export const nameLines = (lines: readonly Line[]): NameLine[] =>
  lines.flatMap((line, i) => (isRule(line) || isRule(lines[i + 1]) ? [] : [...(nameAt(line, i, lines) ?? firstCell(line, i))]));

/** Whether a line is the rule of a table: labels stand above it. */
const isRule = (line: Line | undefined) => line !== undefined && /^[\s|:-]*-{2,}[\s:]*\|[\s|:-]*$/.test(line.text);

/** Two sentences. */
const sentences = /\p{Ll}{3,}[.!?] \p{Lu}.*\p{Ll}{3,}[.!?]$/u;

/** What parts a name from a street, a number to call or a motto behind it: `Hotel Bellavista · Lungolago 3`. */
const apart = /\s[·•|–—]\s|\t| {3,}/;

/** A name with a legal form, less its address on the same line: `Haddow Ltd, Quarry Road`. */
function unaddressed(line: string): string {
  const before = line.slice(0, Math.max(0, line.indexOf(", ")));
  return legalForm.test(before) ? before : line;
}

/** The name that a line of the head begins with, where more stands on it. */
function firstCell({ text, start }: Line, line: number): readonly NameLine[] {
  const at = line < headLines ? text.search(apart) : -1;
  const name = text.slice(0, Math.max(0, at));
  const whole = /^\p{Lu}[^:：\d]{2,}$/u.test(name) && name.length <= longest;
  return whole ? [{ start, end: start + name.length, line }] : [];
}

function nameAt(line: Line, i: number, lines: readonly Line[]): readonly NameLine[] | undefined {
  const whole = unaddressed(unregistered(line.text));
  // Letters and digits with what stands between them.
  const name = /[\p{L}\d](?:.*[\p{L}\d.!)»"])?/su.exec(whole)?.[0] ?? "";
  const letters = name.length > longest ? 0 : (name.match(/\p{L}/gu) ?? []).length;
  if (letters < 3 || letters < name.replace(/\s/g, "").length * 0.6 || (i >= headLines && !legalForm.test(name))) return;
  // What has a label, or many small words, is no name by itself.
  if (/: |：|\p{Lo}[,，、。]/u.test(name) || (name.match(/(?<!\p{L})\p{Ll}{2,}/gu) ?? []).length > fewSmall) return;
  if (sentences.test(name)) return [];
  const start = line.start + line.text.indexOf(name);
  const next = i < headLines && whole === line.text ? lines[i + 1] : undefined;
  const more = next && unregistered(next.text);
  const joined = next && more && !/\d/.test(more) && !isAddress(more) && carriesOn(name, whole, more, lines[i + 2]);
  return [{ start, end: joined ? next.start + more.length : start + name.length, line: i }, ...firstCell(line, i)];
}

const unregistered = (line: string) => (line.length > longest + longestRegistration ? line : line.replace(registration, ""));

/** Whether a line carries on the name above it: `HARDWARE &`, `ELECTRICAL`; two lines of a name end with its registration below. */
function carriesOn(name: string, whole: string, more: string, below: Line | undefined): boolean {
  if (goesOn.test(whole)) return /^\p{Lu}/u.test(more);
  if (legalForm.test(name)) return false;
  const [first = "", ...others] = plain(more).split(" ");
  // `DELPHIN`, `APOTHEKE`; `OAK HILL`, `TRADING SDN BHD`.
  if (isTradeWord(first) && (legalForm.test(more) || (others.length === 0 && !plain(name).split(" ").some(isTrade)))) return true;
  return comesOn.test(more) || (plain(name).split(" ").some(isTrade) && onlyRegistration.test(below?.text ?? ""));
}
