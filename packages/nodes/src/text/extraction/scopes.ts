import type { Candidate } from "./candidate.js";
import type { Kind } from "./field.js";
import { firstFrom } from "./first-from.js";
import type { Line } from "./lines.js";
import { owned } from "./owned.js";
import type { Prose } from "./prose.js";
import { rangesOf } from "./ranges.js";

/** A stretch of a text near a candidate, and what a word in it counts. */
export type Scope = readonly [from: number, to: number, weight: number];

/** What a word counts by where it stands. */
const weights = {
  before: 1,
  behind: 0.85,
  further: 0.5,
  row: 0.9,
  counted: 0.6,
  same: 0.5,
  sentence: 0.35,
  above: 0.8,
  lessAbove: 0.3,
  heading: 0.4,
  below: 0.7,
  column: 0.6,
} as const;

const parting = /[,;|()]|\s{2,}|(?<=[\p{L}\p{N}]{4})[.] /u;
/** A row of a table: cells with gaps between them. */
const tabular = /\S {2,}\S|\t/;
/** Lines at least as long may be wrapped prose. */
const wrapped = 60;
/** The longest title below a name. */
const longestTitle = 40;
const letters = /\p{L}{2}|[\p{Script=Han}\p{Script=Hangul}]/u;

/** The stretches near each candidate in which what it is may be told. */
export function scopesOf(kind: Kind, prose: Prose, candidates: readonly Candidate[]): (candidate: Candidate) => readonly Scope[] {
  const { text, lines } = prose;
  const starts = candidates.map(({ start }) => start).sort((a, b) => a - b);
  const ends = candidates.map(({ end }) => end).sort((a, b) => a - b);
  const columns = columnsOf(text, lines);
  // What stands before a range is said of both of its ends: `the rent goes from 620 to 640 euros`.
  const firsts = new Map(
    kind === "amount" || kind === "number" ? rangesOf(text, candidates).map(([first, second]) => [second, first]) : [],
  );
  return (candidate) => {
    const { start, end } = candidate;
    const first = firsts.get(candidate);
    const at = prose.lineAt(start);
    const line = lines[at];
    if (!line) return [];
    const row = tabular.test(line.text);
    // Short lines and rows stand for themselves; a full stop in them is mostly of a word cut short.
    const said = (line.text.length >= wrapped && !row && prose.sentenceOf(start, end)) || line;
    const opens = Math.max(line.start, said.start);
    const closes = Math.max(end, Math.min(line.end, said.end));
    const left = Math.max(opens, ends[firstFrom(ends, start + 1) - 1] ?? opens);
    const from = left > opens ? left + owned(kind, text.slice(left, start)) : left;
    const until = Math.min(closes, starts[firstFrom(starts, end)] ?? closes);
    const right = text.slice(end, until);
    const parted = right.search(parting);
    const clause = end + Math.max(owned(kind, right), parted < 0 ? right.length : parted);
    const bare = !letters.test(text.slice(line.start, start));
    const above = lines
      .slice(Math.max(0, at - (bare ? 3 : 1)), at)
      .reverse()
      .filter(({ text }) => !bare || text.length < wrapped || !/[.!?。！？]$/.test(text))
      .map(({ start, end }, i): Scope => [start, end, bare ? weights.above - weights.lessAbove * i : weights.heading]);
    const below = lines[at + 1];
    const titled = bare && end === line.end && below && below.text.length < longestTitle && !/\d/.test(below.text);
    // The last amount of a row is the row's; those before it are prices of one and the like.
    const whole = kind === "amount" && row && until === closes;
    // `31 meters and 4 valves`: what stands behind a number is what it counts.
    const counted = kind === "number" && from > opens && !/[:：]/.test(text.slice(from, start));
    const ranged: Scope[] = first
      ? [[Math.max(opens, ends[firstFrom(ends, first.start + 1) - 1] ?? opens), first.start, weights.before]]
      : [];
    return [
      [from, start, counted ? weights.counted : kind === "amount" && row && !whole ? weights.row : weights.before],
      [end, clause, weights.behind],
      ...ranged,
      [clause, until, weights.further],
      [opens, from, whole ? weights.before : row ? weights.row : weights.same],
      ...(said === line ? [] : ([[said.start, said.end, weights.sentence]] as const)),
      ...(titled ? ([[below.start, below.end, weights.below]] as const) : []),
      ...above,
      ...columns(at, start, end),
    ];
  };
}

/** How many lines above a row its head may be, and the fewest cells of one. */
const [farthestHead, fewestCells] = [30, 3];
const cell = /\S+(?: \S+)*/g;

/** Finds the head of the column that a place of a line stands in, where rows are set in columns. */
function columnsOf(text: string, lines: readonly Line[]) {
  const startOf = (place: number) => text.lastIndexOf("\n", place - 1) + 1;
  const heads = lines.flatMap(({ text: said, start }, at) => {
    const cells = /\d/.test(said) ? [] : [...said.matchAll(cell)];
    return cells.length < fewestCells ? [] : [{ at, start, offset: start - startOf(start), cells }];
  });
  const places = heads.map(({ at }) => at);
  return (at: number, start: number, end: number): Scope[] => {
    const head = heads[firstFrom(places, at) - 1];
    if (!head || at - head.at > farthestHead) return [];
    const opens = startOf(start);
    const [left, right] = [start - opens - head.offset, end - opens - head.offset];
    const over = head.cells.find(({ 0: name, index }) => index < right && index + name.length > left);
    return over ? [[head.start + over.index, head.start + over.index + over[0].length, weights.column]] : [];
  };
}
