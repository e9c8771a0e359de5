import type { Candidate } from "./candidate.js";
import { linesOf } from "./lines.js";
import { outer } from "./outer.js";

const small = "(?:&|and|und|of|the|de|des|du|da|do|di|del|della|van|der|y|et|e|i|och|og)";
/** Capitalised words in a row, with what joins them, and numbers behind. */
const name = new RegExp(
  `(?<![\\p{L}\\d])\\p{Lu}[\\p{L}\\p{M}\\d'’&./-]*(?: (?:${small} )?[\\p{Lu}\\d][\\p{L}\\p{M}\\d'’&/-]*){0,5}(?: [«„“"][^»“”"\\n]{2,40}[»“”"])?`,
  "gu",
);
const joint = new RegExp(` ${small} `, "u");
/** What stands in quotes or brackets. */
const set = /(?<=[«„“"‘「『【《])[^«»„“”"‘’「」『』【】《》\n]{2,60}(?=[»“”"’」』】》])/gu;
/** Clauses of a few characters, in scripts that part no words. */
const clause =
  /(?<=^|[\s，,。！!？?：:、；;（(])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{N}ー]{2,10}(?=[\s，,。！!？?：:、；;（()）]|$)/gmu;
/** A word with a digit in it or one letter alone, behind a word. */
const coded = / (?=\S*\d|\p{Lu}(?!\S))/u;
/** What parts the cells of a line. */
const gap = /\t| {2,}|\s[·•|–—]\s|(?<=\p{L}), /gu;
/** The longest cell, and the most that are weighed. */
const [longest, most] = [60, 600];

/** Words of a text that may be the value of a field of free text: names of all kinds, what is quoted, and cells of lines. */
export function wordsAmid(text: string): Candidate[] {
  const runs = [...text.matchAll(name)].map(({ 0: found, index }) => ({ start: index, found: found.replace(/[.'’/-]$/, "") }));
  const found = [
    ...linesOf(text).flatMap(({ text: line, start }) => cellsOf(line, start)),
    ...runs,
    ...runs.flatMap(partsOf),
    ...[...text.matchAll(set), ...text.matchAll(clause)].map(({ 0: found, index }) => ({ start: index, found })),
  ];
  const places = new Map(found.map((one) => [`${one.start} ${one.found.length}`, one]));
  const inOrder = [...places.values()].sort((a, b) => a.start - b.start);
  return outer(inOrder, most).map(({ start, found }) => ({ start, end: start + found.length, text: found, value: found, signs: {} }));
}

interface Found {
  readonly start: number;
  readonly found: string;
}

function cellsOf(line: string, start: number): Found[] {
  let at = 0;
  return line.split(gap).flatMap((part) => {
    const from = line.indexOf(part, at);
    at = from + part.length;
    const found = part.trim().replace(/[.,;:]$/, "");
    return found && found.length <= longest && /\p{L}/u.test(found) ? [{ start: start + line.indexOf(found, from), found }] : [];
  });
}

/** What a run may have of something else: what is coded behind a word (`Coach F`), a first word, what joins two names. */
function partsOf({ start, found }: Found): Found[] {
  const behind = (at: number) => (at > 0 && at < found.length ? [{ start: start + at, found: found.slice(at) }] : []);
  const joined = joint.exec(found);
  const parts = joined
    ? [{ start, found: found.slice(0, joined.index) }, ...behind(joined.index + joined[0].length)]
    : found.split(" ").length > 2
      ? behind(found.indexOf(" ") + 1)
      : [];
  return [...parts, ...behind(found.search(coded) + 1)];
}
