import { instantsIn, isRounded, type Literal, literalsIn } from "@troupe/core";
import { folded, wordsOf } from "./words-said.js";

/** A number that a request says, and where. */
export interface Mention {
  readonly value: number;
  readonly percent: boolean;
  readonly money: boolean;
  /** What it counts or measures, as far as that stands right behind it or in its sign: ` kg of flour`, `USD`. */
  readonly unit: string;
  readonly start: number;
  readonly end: number;
  /** Which of the request's numbers it is. */
  readonly at: number;
}

/** What a request says, as arguments are looked for in it. */
export interface Said {
  readonly text: string;
  /** Its letters and digits alone, without case and accents. */
  readonly condensed: string;
  /** Where words begin in these. */
  readonly starts: readonly number[];
  readonly words: readonly string[];
  /** In the order in which they stand. */
  readonly numbers: readonly Mention[];
  /** Whole dates, as ISO 8601. */
  readonly dates: readonly string[];
  /** Dates with their times, as ISO 8601 and the request write them. */
  readonly instants: readonly string[];
  /** Times of day, as `HH:MM`. */
  readonly times: readonly string[];
  /** The words of the names in it. */
  readonly names: ReadonlySet<string>;
  /** Codes of the languages, currencies and countries that it names. */
  readonly codes: ReadonlySet<string>;
  /** Countries that it names, as it names them. */
  readonly regions: ReadonlySet<string>;
  /** Labels that it says in other words. */
  readonly meant: ReadonlySet<string>;
}

/** How far behind a number its unit is looked for. */
const reach = 24;
const named: ReadonlySet<Literal["kind"]> = new Set(["language", "currency", "country"] as const);

export function said(request: string, meant: ReadonlySet<string> = new Set()): Said {
  const literals = literalsIn(request);
  const of = (kind: Literal["kind"]) => literals.filter((one) => one.kind === kind);
  // A day beside its time is written in one by whoever knows the form and the zone.
  const instants = instantsIn(request, literals).filter(({ value, text }) => value === text);
  const inInstant = (at: number) => instants.some(({ start, end }) => start <= at && at < end);
  return {
    text: request,
    condensed: condensed(request),
    starts: startsOf(wordsOf(request)),
    words: wordsOf(request),
    numbers: withSharedUnits(
      [
        ...of("number").map(({ value, unit, start, end }) => {
          const percent = unit === "%";
          const behind = request.slice(end, end + reach);
          return { value: value as number, percent, money: unit !== undefined && !percent, unit: unit ?? behind, start, end };
        }),
        ...figuresBeside(literals, request),
      ]
        .filter(({ start }) => !inInstant(start))
        .sort((a, b) => a.start - b.start),
      request,
    ).map((one, at) => ({ ...one, at })),
    dates: of("day").map(({ value }) => String(value)),
    instants: instants.map(({ text }) => text),
    times: of("time").map(({ value }) => String(value)),
    names: new Set(of("name").flatMap(({ text }) => wordsOf(text))),
    codes: new Set(literals.flatMap(({ kind, value, unit }) => (named.has(kind) ? [String(value)] : unit ? [unit] : []))),
    regions: new Set([...of("country").map(({ text }) => text), "USA", "US", "UK", "UAE"]),
    meant,
  };
}

/** What stands between numbers that one unit counts: `3, 5 and 8 kg`, `5 to 10 km`. */
const joined = /^\s*(?:[,;–x×-]|and|or|to|by|und|oder|bis|y|o|a)?(?:\s*(?:and|or|und|oder|y|o))?\s*$/i;

function withSharedUnits<M extends Omit<Mention, "at">>(numbers: readonly M[], request: string): readonly M[] {
  const all: M[] = [];
  for (const one of numbers.toReversed()) {
    const next = all.at(-1);
    const isOwn = !next || one.money || one.percent || next.percent || next.start - one.end >= reach;
    all.push(!isOwn && joined.test(request.slice(one.end, next.start)) ? { ...one, unit: next.unit } : one);
  }
  return all.reverse();
}

function startsOf(words: readonly string[]): readonly number[] {
  let at = 0;
  return words.map((word) => (at += word.length) - word.length);
}

/**
 * Figures that stand beside others without spaces, in lists (`[3,5,8]`, where a comma may be read as a mark of one number), ranges and
 * sizes (`3x4`); not those that make one thing with a slash or another mark (`3/4`, `05/06/2027`).
 */
function figuresBeside(literals: readonly Literal[], request: string): readonly Omit<Mention, "at">[] {
  return [...request.matchAll(/(?<=^|[\s,;:()[\]{}=<>"'“„+*–-]|\d[x×])-?\d+(?:\.\d+)?(?=$|[\s,;:()[\]{}=<>"”+*.!?%–-]|[x×]\d)(?![.:]\d)/gu)]
    .filter(
      ({ 0: all, index }) =>
        !isRounded(all) && !literals.some(({ kind, start, end }) => kind !== "quoted" && start < index + all.length && end > index),
    )
    .map(({ 0: all, index }) => ({ value: Number(all), percent: false, money: false, unit: "", start: index, end: index + all.length }));
}

export const condensed = (text: string): string => folded(text).replace(/[^\p{L}\p{N}]/gu, "");
