import { isRounded } from "@troupe/core";
import type { Candidate } from "./candidate.js";
import { candidatesFor, readingsOf } from "./candidates.js";
import { even } from "./even.js";
import type { Kind } from "./field.js";
import type { Said } from "./named-by.js";
import { plain } from "./plain.js";
import type { Survey } from "./survey.js";
import { asTitle, particles } from "./titles.js";

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
  const at = text.indexOf(written);
  const isNumeric = kind === "amount" || kind === "number";
  const ways: ((candidate: Candidate) => boolean)[] = [
    ({ text }) => text === written,
    ({ value }) => values.includes(value),
    // A model that writes `1.497,97` as a number writes 1.49797.
    ({ text }) => isNumeric && isReadAs(text, said),
    // `20 August`, whose year stands elsewhere; of a number no part of its digits.
    ({ start, end }) => at >= 0 && (isNumeric ? at <= start && end <= at + written.length : start < at + written.length && at < end),
  ];
  for (const means of ways) {
    const meant = candidates.filter(means);
    if (new Set(meant.map(({ value }) => value)).size === 1) return meant[0];
  }
  return isNumeric ? asRead(said, text) : undefined;
}

/** A number with a point before its decimals, among what is no digit. */
const numeral = /^[^\d]*?((?:\d| (?=\d{3}))+(?:\.\d+)?)[^\d]*$/;
/** Digits of a text, with the marks that may stand among them. */
const figures = /(?<![\p{L}\d])\d(?:[\d.,'’ \u00a0\u202f]{0,20}\d)?(?![\p{L}\d])/gu;

/** A number that the text has, of which it does not show how it is to be read: `12,400` is what the model reads it as. */
function asRead(said: string | number, text: string): Candidate | undefined {
  const value = typeof said === "number" ? said : Number((numeral.exec(said)?.[1] ?? "NaN").replaceAll(" ", ""));
  const isBelow = (at: number) => /[-−–]\s?$/.test(text.slice(Math.max(0, at - 2), at));
  const isRead = (written: string) => isReadAs(written, value) && !isRounded(written.replace(/\D/g, ""));
  const found = [...text.matchAll(figures)].find(({ 0: written, index }) => isRead(written) && (value >= 0 || isBelow(index)));
  return found && { start: found.index, end: found.index + found[0].length, text: found[0], value, signs: {} };
}

/** Whether digits with marks among them may be read as a number: with a point in place of one of the marks, or of none. Of a text whether it has the digits. */
function isReadAs(written: string, said: string | number): boolean {
  const plain = even(written).replace(/[^\d.,']/g, "");
  const digits = plain.replace(/\D/g, "");
  const value = typeof said === "number" ? said : /^\d+(?:\.\d+)?$/.test(said.trim()) ? Number(said) : undefined;
  if (value === undefined) return digits !== "" && even(said as string).replace(/\D/g, "") === digits;
  const points = [...plain.matchAll(/[.,']/g)].map(({ index }) => `${plain.slice(0, index)}.${plain.slice(index)}`.split("."));
  const readings = points.map(([whole = "", ...part]) => `${whole.replace(/\D/g, "")}.${part.join("").replace(/\D/g, "")}`);
  return digits !== "" && [digits, ...readings].some((one) => Number(one) === Math.abs(value));
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
  const signs = caseless.test(value) ? {} : { unfound: 1 };
  return start < 0 ? undefined : { start, end: start + value.length, text: value, value, signs };
}

/** Of a script whose names have no capitals, which patterns know them by. */
const caseless = /[\p{Lo}\p{Script=Georgian}]/u;

/** What stands before the name of whoever signs for another. */
const signing = /^(?:i\. ?[AV]\.|ppa\.?|p\. ?p\.|gez\.|p\. ?o\.) ?/i;

/** A small word that is no part of a name, as what somebody is. */
const role = new RegExp(`^(?!(?:${particles})$)\\p{Ll}+$`, "u");

/** What stands behind a name in its place: `김 씨`, `大野さん`, `Ayşe Hanım`. */
const titleBehind =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])(?:さん|様|氏|先生)$|(?<=\p{Script=Hangul}) ?[씨님]$| (?:Hanım|úr)$/u;

/** A name without what stands before it or behind: `i. A. Frau Dr. Renate Dombrowski`, `chauffeur Rachida el Amrani`, `채보람 씨`. */
function untitled(name: string): string {
  const words = name.replace(signing, "").replace(titleBehind, "").split(" ");
  const first = words.map((word) => word.replace(/\.$/, "")).findIndex((word) => !asTitle.test(word) && !role.test(word));
  return first < 0 ? name : words.slice(first).join(" ");
}
