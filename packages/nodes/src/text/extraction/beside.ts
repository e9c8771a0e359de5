import type { Candidate } from "./candidate.js";
import { columnLabels } from "./columns.js";
import { isLabel } from "./concepts/known.js";
import type { Kind } from "./field.js";
import { firstFrom } from "./first-from.js";
import type { Line } from "./lines.js";
import { owned } from "./owned.js";
import { rangesOf } from "./ranges.js";

/** Text beside a candidate that may say what it is, how much that counts, and whether it stands behind it. */
export interface Beside {
  readonly text: string;
  readonly weight: number;
  readonly behind?: true;
}

const word = /\p{L}{2,}|[\p{Script=Han}\p{Script=Hangul}]|\p{L}[.:]/u;
const currencyOnly =
  /^(?:[^\p{L}]|EURO?S?(?![\p{L}\d])|USD(?![\p{L}\d])|GBP(?![\p{L}\d])|CHF(?![\p{L}\d])|RM(?![\p{L}\d])|dollars?(?![\p{L}\d]))*$/iu;
/** What parts clauses, cells of a table and labels. */
const parting = /[,;|·•()]|[^\S\n]{2,}|\.[^\S\n]|[^\S\n][-–—/][^\S\n]/;
const partings = new RegExp(parting.source, "g");

/** A currency between a label and its amount, and the gap before it: `Total inkl. MWST      CHF 12.00`. */
const currencyLast = /\s{2,}(?:\p{Sc}|\p{Lu}{2,3}\p{Sc}?)?\s*$/u;

/** A row of a table: cells with gaps between them. */
const tabular = /\S(?: {2,}|\t)\S/;

/** How many characters around one are looked at. */
const reach = 400;
/** How many words before one are looked at. */
const farthest = 25;
/** How many lines above one are looked at. */
const linesAbove = 4;

/** The longest label that a line may end in. */
const longestLabel = 40;

/** What words count by where they stand. */
const weights = {
  clause: 1,
  clauseBefore: 0.7,
  four: 0.9,
  ten: 0.75,
  line: 0.5,
  behind: 0.8,
  unit: 1,
  furtherBehind: 0.6,
  column: 0.95,
  above: 0.9,
  below: 0.9,
  lessAbove: 0.2,
} as const;

/**
 * What stands beside a candidate: before it on its line or in its clause, after it, and where the line says nothing, in the column of
 * labels before its column of values, else on the lines above as far as the next candidate of the kind (recognised pages put a label and
 * its amount on two lines). Any line may be a name; the one above a name is looked at all the same where it is a label.
 */
export function besideEach(
  kind: Kind,
  candidates: readonly Candidate[],
  lines: readonly Line[],
  text: string,
): (candidate: Candidate) => Beside[] {
  const names = kind === "organisation" || kind === "person" || kind === "text";
  const starts = candidates.map(({ start }) => start).sort((a, b) => a - b);
  const ends = candidates.map(({ end }) => end).sort((a, b) => a - b);
  const lineStarts = lines.map(({ start }) => start);
  const spoken = speakersOf(lines);
  const unspoken = (words: string) => {
    const [prefix = "", speaker] = speaking.exec(words) ?? [];
    return speaker && spoken.has(speaker) ? words.slice(prefix.length) : words;
  };
  // What stands before a range is said of both of its ends.
  const firsts = new Map(
    kind === "amount" || kind === "number" ? rangesOf(text, candidates).map(([first, second]) => [second, first]) : [],
  );
  const holds = ({ start, end }: Line) => (starts[firstFrom(starts, start)] ?? end) < end;
  const columns = names ? new Map<number, Line>() : columnLabels(lines, (line) => holds(line) && currencyOnly.test(line.text));
  return (candidate) => {
    const at = firstFrom(lineStarts, candidate.start + 1) - 1;
    const line = lines[at];
    if (!line || candidate.start >= line.end) return [];
    const left = Math.max(line.start, ends[firstFrom(ends, candidate.start + 1) - 1] ?? 0);
    const from = left > line.start ? left + owned(kind, text.slice(left, Math.min(left + reach, candidate.start))) : left;
    const until = Math.min(line.end, starts[firstFrom(starts, candidate.end)] ?? line.end);
    const before = unspoken(text.slice(Math.max(from, candidate.start - reach), candidate.start)).replace(currencyLast, "");
    const behind = text.slice(candidate.end, Math.min(until, candidate.end + reach));
    const [right = "", further] = behind.split(parting, 2);
    // A noun right behind the one before is that one's: `3 boxes, 41.5 kg`.
    const taken = !names && from > line.start ? before.search(parting) : -1;
    const found: Beside[] = [...near(taken < 0 ? before : before.slice(taken))];
    const opening = firsts.get(candidate);
    if (opening && opening.start >= line.start) found.push(...near(text.slice(line.start, opening.start)));
    const apposed = text.slice(candidate.end, candidate.end + owned(kind, behind)).replace(/^[\s,(]+/, "");
    if (apposed) found.push({ text: apposed, weight: weights.behind, behind: true });
    found.push({ text: right, weight: kind === "number" ? weights.unit : weights.behind, behind: true });
    // `Grace Adeyemi, chair`: what stands right before another is that one's.
    if (further && until === line.end) found.push({ text: further, weight: weights.furtherBehind, behind: true });
    // The last amount of a row is the row's.
    const first = starts[firstFrom(starts, line.start)] ?? candidate.start;
    if (kind === "amount" && from > line.start && until === line.end && tabular.test(line.text))
      found.push(...near(text.slice(line.start, first)));
    // `Helena Voss`, and below it `Chair of the Board`.
    const below = lines[at + 1];
    if (
      kind === "person" &&
      below &&
      candidate.end === line.end &&
      below.text.length <= longestLabel &&
      !/\d/.test(below.text) &&
      !word.test(before)
    )
      found.push({ text: below.text, weight: weights.below, behind: true });
    const column = columns.get(line.start);
    if (column) found.push({ text: column.text, weight: weights.column });
    else if (!word.test(before) || currencyOnly.test(before)) found.push(...above(at));
    return found.filter(({ text }) => word.test(text));
  };

  function above(at: number): Beside[] {
    const found: Beside[] = [];
    for (const line of lines.slice(Math.max(0, at - linesAbove), at).reverse()) {
      const { text } = line;
      if (holds(line)) {
        if (names && line === lines[at - 1] && endsInLabel(text)) found.push({ text, weight: weights.above });
        break;
      }
      if (!currencyOnly.test(text)) found.push({ text, weight: weights.above - weights.lessAbove * found.length });
    }
    return found;
  }
}

/** Whether a line ends in a label: `Bill to:`, `Great! Order number?` */
const endsInLabel = (line: string) =>
  /[:：]$/.test(line) ||
  isLabel(
    line
      .slice(-longestLabel)
      .split(/[:：!.?] /)
      .at(-1) ?? "",
  );

/** Who speaks, at the start of a line of a chat. */
const speaking = /^(?:\[[^\]\n]{1,20}\] ?)?(\p{Lu}[\p{L} ]{1,20}): ?/u;

/** What opens several lines as a speaker's name does. */
function speakersOf(lines: readonly Line[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { text } of lines) {
    const speaker = speaking.exec(text)?.[1];
    if (speaker) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  }
  return new Set([...counts].flatMap(([speaker, times]) => (times > 1 ? [speaker] : [])));
}

/** The words before a candidate: the nearest count most. */
function near(before: string): Beside[] {
  const words = before.trim().split(/\s+/);
  const clauses = before.split(partings);
  const last = clauses.findLastIndex((clause) => word.test(clause));
  const clause = (clauses[last] ?? "").trim().split(/\s+/).slice(-4).join(" ");
  return [
    { text: clause, weight: last === clauses.length - 1 ? weights.clause : weights.clauseBefore },
    { text: words.slice(-4).join(" "), weight: last === clauses.length - 1 ? weights.four : weights.clauseBefore },
    { text: words.slice(-10).join(" "), weight: last === clauses.length - 1 ? weights.ten : weights.line },
    { text: words.slice(-farthest).join(" "), weight: weights.line },
  ];
}
