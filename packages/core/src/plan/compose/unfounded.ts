import type { Json } from "../../schema/json.js";
import { memo } from "../derive/memo.js";
import { daysIn } from "../words/literals/days.js";
import type { Literal } from "../words/literals/literal.js";
import { literalsIn } from "../words/literals/literals-in.js";
import { numbersIn } from "../words/literals/numbers.js";
import type { Span } from "../words/quoted.js";

const kinds: ReadonlySet<Literal["kind"]> = new Set(["number", "day", "time", "email", "url", "phone", "code"] as const);
const runs = /\d+/g;
/** How far in a line begins at the most. */
const indent = 40;

/**
 * Figures, days, times, addresses and codes of a text, or of the texts in a list or an object, that nothing of what was told says: as they
 * stand, or as the same number, day or time in another form. Whole numbers up to `counted` may count what was told, and so may those that
 * number the lines of a list.
 *
 * @example
 * unfounded("30 days from 2 January, so until 1 February", [30, "2026-01-02"], 2); // ["1 February"]
 */
export function unfounded(written: Json, told: readonly Json[], counted: number): readonly string[] {
  const known = knownOf(told.flatMap(leavesIn), counted);
  const found = leavesIn(written).flatMap((leaf) => {
    if (typeof leaf === "number") return known.number(leaf) ? [] : [String(leaf)];
    return typeof leaf === "string" ? inText(leaf, known) : [];
  });
  return [...new Set(found)];
}

function inText(text: string, known: Known): readonly string[] {
  // Letters alone may be a code or a word (`OK`).
  const literals = literalsIn(text).filter(({ kind, text }) => kinds.has(kind) && (kind !== "code" || /\d/.test(text)));
  const rest = [...without(text, literals).matchAll(runs)].map(
    ({ 0: run, index }): Literal => ({ kind: "number", value: Number(run), text: run, start: index, end: index + run.length }),
  );
  return [...literals, ...rest].flatMap((one) => {
    const day = one.kind === "number" ? yearlessDay(one, text) : undefined;
    if (day) return known.yearless.has(String(day.value)) || known.says(day.text) ? [] : [day.text];
    return isBorne(one, known) || isListed(one, text) ? [] : [one.text];
  });
}

function isBorne({ kind, value, text, unit }: Literal, known: Known): boolean {
  if (kind === "number" && (known.number(value as number) || (unit === "%" && known.number((value as number) / 100)))) return true;
  if (known.says(text)) return true;
  if (kind === "phone") return known.digits.some((digits) => digits.includes(text.replace(/\D/g, "")));
  return (kind === "day" || kind === "time") && known.moments.has(String(value));
}

/** Whether a number only numbers a line: `2. Send it back.` */
function isListed({ start, end }: Literal, text: string): boolean {
  const front = start > indent ? text.slice(start - indent, start) : `\n${text.slice(0, start)}`;
  return /\n[ \t]*$/.test(front) && /^[.)]\s/.test(text.slice(end, end + 2));
}

/** The day that a number is with the month beside it where no year stands there: its month and day, as `01-02`, and its words. */
function yearlessDay({ start, end, text: said }: Literal, text: string): { readonly value: string; readonly text: string } | undefined {
  if (!/^\d{1,2}$/.test(said)) return undefined;
  const behind = /^(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?\p{L}+/u.exec(text.slice(end, end + 24))?.[0];
  const ahead = /\p{L}+\.?\s+$/u.exec(text.slice(Math.max(0, start - 16), start))?.[0];
  for (const words of [behind === undefined ? "" : `${said}${behind}`, ahead === undefined ? "" : `${ahead}${said}`]) {
    // Any year will do that has a 29 February.
    const [day] = daysIn(`${words} 2024`);
    if (day) return { value: String(day.value).slice(5), text: words };
  }
  return undefined;
}

interface Known {
  says(text: string): boolean;
  number(value: number): boolean;
  /** Days and times. */
  readonly moments: ReadonlySet<string>;
  readonly yearless: ReadonlySet<string>;
  /** The digits of each thing that was told. */
  readonly digits: readonly string[];
}

function knownOf(leaves: readonly Leaf[], counted: number): Known {
  const texts = leaves.map(String);
  const lower = texts.map((one) => one.toLowerCase());
  const moments = texts.flatMap((text) => [...daysIn(text).map(({ value }) => String(value)), ...clocksIn(text)]);
  const numbers = new Set([
    ...leaves.flatMap((leaf) => (typeof leaf === "number" ? [Math.abs(leaf)] : [])),
    ...texts.flatMap(numbersOf),
    ...moments.map(partOf),
    ...moments.map((one) => Number.parseInt(one, 10)),
  ]);
  return {
    says: memo((text) => lower.some((one) => isSaidIn(one, text.toLowerCase()))),
    number: (value) => numbers.has(Math.abs(value)) || (Number.isInteger(value) && value >= 0 && value <= counted),
    moments: new Set(moments),
    yearless: new Set(moments.map((one) => one.slice(5))),
    digits: texts.map((text) => text.replace(/\D/g, "")),
  };
}

/** What is said alone of a day or of a time in the afternoon: `on the 2nd`, `at 5`. */
const partOf = (moment: string): number => (moment.includes(":") ? Number.parseInt(moment, 10) % 12 : Number(moment.slice(8)));

/** The numbers of a text but for its days and times, and those that are a part of something else: of `A17` 17. */
function numbersOf(whole: string): readonly number[] {
  const text = whole.replace(/\d{4}-\d{2}-\d{2}T?|\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?/g, " ");
  const found = numbersIn(text);
  const inside = [...without(text, found).matchAll(runs)];
  return [...found.map(({ value }) => Math.abs(value as number)), ...inside.map(([run]) => Number(run))];
}

/** A text with blanks for parts of it. */
function without(text: string, parts: readonly Span[]): string {
  let [left, at] = ["", 0];
  for (const { start, end } of [...parts].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    left += text.slice(at, Math.max(at, start)) + " ".repeat(end - Math.max(at, start));
    at = end;
  }
  return left + text.slice(at);
}

/** Times of the day, also of such as have seconds: `2026-01-02T10:30:00Z`. */
const clocksIn = (text: string): readonly string[] => [
  ...[...text.matchAll(/(?<![\d:])(\d{2}:\d{2})(?!\d)/g)].map(([, clock]) => clock!),
  ...daysIn(text).flatMap(({ kind, value }) => (kind === "time" ? [String(value)] : [])),
];

/** Whether a text says something as it stands, and not as a part of a longer figure: of `12,500` it says no 12, which marks, for addresses in lists, take. */
function isSaidIn(where: string, what: string): boolean {
  for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + 1)) {
    const [before, after] = [where.slice(Math.max(0, at - 2), at), where.slice(at + what.length, at + what.length + 2)];
    if (!/(?:[\p{L}\d]|\d[.,:/-])$/u.test(before) && !/^(?:[\p{L}\d]|[.,:/-]\d)/u.test(after)) return true;
  }
  return false;
}

type Leaf = string | number | boolean | null;

/** What stands in a value, lists and objects taken apart. */
function leavesIn(value: Json): readonly Leaf[] {
  if (typeof value !== "object" || value === null) return [value];
  return Object.values(value).flatMap((one) => leavesIn(one as Json));
}
