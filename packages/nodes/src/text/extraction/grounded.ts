import type { Candidate } from "./candidate.js";
import { candidatesFor, readingsOf } from "./candidates.js";
import { even } from "./even.js";
import type { Kind } from "./field.js";
import type { Said } from "./named-by.js";
import { plain } from "./plain.js";
import type { Survey } from "./survey.js";
import { asTitle } from "./titles.js";

/** Whether values of a kind are what stands in a text; those of others are read from it. */
export const isWritten = (kind: Kind) => kind === "text" || kind === "person" || kind === "organisation";

/** What a model writes for null where it may write a text. */
const nothing = /^(?:null|none|n\/a|unknown|not (?:given|found|mentioned|specified|available|provided|stated))?$/i;
/** What parts a name from a role or an address behind it. */
const parting = /\s*(?:[,;(（，、|\n]| [-–—] ).*$/su;

/**
 * The value of a text that a model means by what it says: one of the candidates, or a span of the text that no pattern found. Undefined
 * where the text has none such; null where the model says that there is none.
 */
export function grounded(said: Said, { kind, text, candidates }: Survey): Candidate | null | undefined {
  if (said === null || (typeof said === "string" && nothing.test(said.trim()))) return null;
  const written = String(said).trim();
  if (isWritten(kind)) return asWritten(kind, written, text, candidates);
  const values = typeof said === "number" ? [said] : candidatesFor(kind, written, readingsOf(written)).map(({ value }) => value);
  const digits = digitsOf(written);
  const at = text.indexOf(written);
  const ways: ((candidate: Candidate) => boolean)[] = [
    ({ text }) => text === written,
    ({ value }) => values.includes(value),
    // A model that writes `1.497,97` as a number writes 1.49797.
    ({ text }) => (kind === "amount" || kind === "number") && digits !== "" && digitsOf(text) === digits,
    // `20 August`, whose year stands elsewhere.
    ({ start, end }) => at >= 0 && start < at + written.length && at < end,
  ];
  for (const means of ways) {
    const meant = candidates.filter(means);
    if (new Set(meant.map(({ value }) => value)).size === 1) return meant[0];
  }
  return kind === "amount" || kind === "number" ? asRead(said, text) : undefined;
}

/** A number with a point before its decimals, among what is no digit. */
const numeral = /^[^\d]*?((?:\d| (?=\d{3}))+(?:\.\d+)?)[^\d]*$/;
/** Digits of a text, with the marks that may stand among them. */
const figures = /(?<![\p{L}\d])\d(?:[\d.,'’ \u00a0\u202f]{0,20}\d)?(?![\p{L}\d])/gu;

/** A number that the text has, of which it does not show how it is to be read: `12,400` is what the model reads it as. */
function asRead(said: string | number, text: string): Candidate | undefined {
  const value = typeof said === "number" ? said : Number((numeral.exec(said)?.[1] ?? "NaN").replaceAll(" ", ""));
  const digits = digitsOf(String(value));
  if (!Number.isFinite(value) || !digits) return undefined;
  const found = [...text.matchAll(figures)].find(([written]) => digitsOf(written) === digits);
  return found && { start: found.index, end: found.index + found[0].length, text: found[0], value, signs: {} };
}

/** A name or a text that is a span of the source. */
function asWritten(kind: Kind, written: string, text: string, candidates: readonly Candidate[]): Candidate | undefined {
  const bare = kind === "person" ? untitled : (name: string) => name;
  const value = bare(kind === "text" ? written : written.replace(parting, ""));
  for (const one of [bare(written), value]) {
    const found = candidates.find(({ text }) => text === one) ?? candidates.find(({ text }) => plain(one) && plain(text) === plain(one));
    if (found) return found;
  }
  const start = plain(value) ? text.indexOf(value) : -1;
  return start < 0 ? undefined : { start, end: start + value.length, text: value, value, signs: {} };
}

/** What stands before the name of whoever signs for another. */
const signing = /^(?:i\. ?[AV]\.|ppa\.?|p\. ?p\.|gez\.|p\. ?o\.) ?/i;

/** A name without what stands before it: `i. A. Frau Dr. Renate Dombrowski`. */
function untitled(name: string): string {
  const words = name.replace(signing, "").split(" ");
  const first = words.findIndex((word) => !asTitle.test(word.replace(/\.$/, "")));
  return first < 0 ? name : words.slice(first).join(" ");
}

/** Its digits, less the zeros that they end in, which a number may be written without. */
const digitsOf = (written: string) => even(written).replace(/\D/g, "").replace(/0+$/, "");
