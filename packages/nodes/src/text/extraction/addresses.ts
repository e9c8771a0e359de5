import type { Candidate } from "./candidate.js";
import { linesOf } from "./lines.js";

const name = "\\p{Lu}[\\p{L}.'’-]{1,24}";
/** A street and its number, either first. */
const street = `(?:${name}(?: [\\p{L}.'’-]{1,24}){0,4},? (?:n[.º°] ?)?\\d{1,4}[a-zA-Z]?|\\d{1,5}[a-zA-Z]?,? (?:[\\p{L}.'’-]{1,24} ){0,3}${name})`;
/** A postal code and its place, either first. */
const place = `(?:(?:[A-Z]{1,2}-)?\\d{2,5}(?:[- ]\\d{2,4})?(?: [A-Z]{2})? ${name}(?: ${name}){0,3}|${name}(?: ${name}){0,2},? (?:[A-Z]{2},? )?(?:\\d{5}|[A-Z]{1,2}\\d[\\dA-Z]? \\d[A-Z]{2}))`;
const inLine = new RegExp(
  `(?<![\\p{L}\\d])${street}(?:, [\\p{L}\\d][\\p{L}\\d .'’/-]{0,30}){0,2}, ${place}(?:,? ${name})?(?![\\p{L}\\d])`,
  "gu",
);
const streetLine = new RegExp(`^${street}[,.]?$`, "u");
const placeLine = new RegExp(`^${place}[,.]?$`, "u");

/** The longest line that is looked through for an address. */
const longest = 200;

/** Postal addresses: a street, its number, a postal code and its place, in one line or two. */
export function addresses(text: string): Candidate[] {
  const lines = linesOf(text);
  const found: Candidate[] = [];
  const add = (start: number, end: number) => {
    const written = text.slice(start, end).replace(/[.,]$/, "");
    found.push({ start, end: start + written.length, text: written, value: written.replace(/\s+/g, " "), signs: { postal: 1 } });
  };
  for (const [i, line] of lines.entries()) {
    if (line.text.length > longest) continue;
    const next = lines[i + 1];
    if (next && streetLine.test(line.text) && placeLine.test(next.text)) add(line.start, next.end);
    else for (const { 0: one, index } of line.text.matchAll(inLine)) add(line.start + index, line.start + index + one.length);
  }
  return found;
}
