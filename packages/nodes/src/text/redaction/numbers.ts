import { ibanHolds, luhn } from "./checksums.js";
import type { Personal, PersonalKind } from "./kinds.js";

const at = (kind: PersonalKind, start: number, found: string): Personal => ({ kind, start, end: start + found.length });

/** Account numbers whose checksum holds, in groups or not; of what runs on behind one only the part that holds. */
export function ibans(text: string): Personal[] {
  return [...text.matchAll(/(?<![\p{L}\d])[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{1,4}){3,9}(?![\p{L}\d])/giu)].flatMap(({ 0: found, index }) => {
    const ends = [...found.matchAll(/[A-Z\d](?=[ -]|$)/gi)].map((one) => one.index + 1).reverse();
    const end = ends.find((end) => {
      const bare = found.slice(0, end).replace(/[ -]/g, "").toUpperCase();
      return bare.length >= 15 && bare.length <= 34 && ibanHolds(bare);
    });
    return end === undefined ? [] : [at("iban", index, found.slice(0, end))];
  });
}

/** Numbers of payment cards: 13 to 19 digits whose checksum holds. */
export function cards(text: string): Personal[] {
  return [...text.matchAll(/(?<![\d.,-])(?<![A-Z]{2}\d{2} ?)[2-6]\d{3}(?:[ -]?\d){9,15}(?![\d]|[.,-]\d)/g)].flatMap(
    ({ 0: found, index }) => (luhn(found.replace(/\D/g, "")) ? [at("card", index, found)] : []),
  );
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
