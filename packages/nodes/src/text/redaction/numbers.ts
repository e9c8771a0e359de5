import { ibanHolds, luhn } from "./checksums.js";
import { held } from "./held.js";
import type { Personal, PersonalKind } from "./kinds.js";

const at = (kind: PersonalKind, start: number, found: string): Personal => ({ kind, start, end: start + found.length });

/** Account numbers whose checksum holds, in groups or not; of what runs on behind one only the part that holds. */
export function ibans(text: string): Personal[] {
  // Right behind a word of a script without blanks one stands too.
  const form = /(?<![\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\d])[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{1,4}){3,9}(?![A-Z\d])/giu;
  const ends = (found: string) =>
    [...found.matchAll(/[A-Z\d](?=[ -]|$)/gi)]
      .map((one) => one.index + 1)
      .reverse()
      .find((end) => {
        const bare = found.slice(0, end).replace(/[ -]/g, "").toUpperCase();
        return bare.length >= 15 && bare.length <= 34 && ibanHolds(bare);
      });
  return held("iban", text, form, ends, true);
}

/** How cards are printed: what runs on behind is a date or a code. */
const printed = /^(?:\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}|3[47]\d\d([ -]?)\d{6}\2\d{5})(?!\d)/;

/** Numbers of payment cards: 13 to 19 digits whose checksum holds, or as many of them as are printed on one. */
export function cards(text: string): Personal[] {
  const form = /(?<![\d.,-])(?<![A-Z]{2}\d{2} ?)[2-6]\d{3}(?:[ -]?\d){9,15}(?![\d]|[.,-]\d)/g;
  const ends = (found: string) => [found, printed.exec(found)?.[0] ?? ""].find((one) => one && luhn(one.replace(/\D/g, "")))?.length;
  return held("card", text, form, ends, true);
}

/** Addresses of machines. */
export function ips(text: string): Personal[] {
  const byte = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  const four = new RegExp(`(?<![\\d.])${byte}(?:\\.${byte}){3}(?![\\d]|\\.\\d)`, "g");
  const six =
    /(?<![\p{L}\d:])(?:[\da-f]{1,4}:){2,7}(?::?[\da-f]{1,4}){1,7}(?![\p{L}\d:])|(?<![\p{L}\d:])(?:[\da-f]{1,4}:){1,6}:(?:[\da-f]{1,4}:){0,5}[\da-f]{1,4}(?![\p{L}\d:])/giu;
  // Versions are written as addresses are, and say so.
  const version = /(?:version|release|build|v)[^\p{L}\d]{0,3}$/iu;
  return [
    ...[...text.matchAll(four)].filter(({ index }) => !version.test(text.slice(Math.max(0, index - 12), index))),
    ...[...text.matchAll(six)].filter(({ 0: found }) => found.includes("::") || found.split(":").length === 8),
  ].map(({ 0: found, index }) => at("ip", index, found));
}
