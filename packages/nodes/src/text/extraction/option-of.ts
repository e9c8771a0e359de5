import type { Candidate } from "./candidate.js";

/** The longest value that is shown whole, and how much of its line is shown before it and behind. */
const longest = 60;
const [before, behind] = [24, 16];

/** A candidate as a model is shown it among others: `27 July 2026 (the application by _. If you hear)`. */
export function optionOf(text: string, { start, end }: Pick<Candidate, "start" | "end">): string {
  const value = closed(text.slice(start, end));
  const shown = value.length > longest ? `${value.slice(0, longest - 3)}…` : value;
  const lineEnds = text.indexOf("\n", end);
  const left = lastOf(closed(text.slice(text.lastIndexOf("\n", start - 1) + 1, start)).trimStart());
  const right = firstOf(closed(text.slice(end, lineEnds < 0 ? text.length : lineEnds)).trimEnd());
  return /[\p{L}\p{N}]/u.test(left + right) ? `${shown} (${left}_${right})` : shown;
}

const closed = (text: string) => text.replace(/\s+/g, " ");

/** The last words before a place, as many as there is room for; of one that is longer, its end. */
function lastOf(left: string): string {
  const cut = left.slice(-room(before, left.slice(-before)));
  const word = cut.length < left.length && left.at(-cut.length - 1) !== " " ? cut.trimEnd().indexOf(" ") : -1;
  return cut.slice(word + 1);
}

/** The first words behind a place, as many as there is room for; of one that is longer, its beginning. */
function firstOf(right: string): string {
  const cut = right.slice(0, room(behind, right.slice(0, behind)));
  const word = cut.length < right.length && right[cut.length] !== " " ? cut.lastIndexOf(" ") : -1;
  return word > 0 ? cut.slice(0, word) : cut.trimEnd();
}

/** A script whose characters are words. */
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const room = (most: number, of: string) => (dense.test(of) ? most / 2 : most);
