import { isRounded } from "../../../schema/is-rounded.js";
import type { Span } from "../quoted.js";
import { type Tongue, tongueOf } from "../tongue.js";
import { behindDigits, percent } from "./behind-digits.js";
import type { Literal } from "./literal.js";
import { isNumberWord, mayCount, numberOf } from "./number-words.js";
import { signed } from "./signed.js";

const digits =
  /(?<![\p{L}\d.,:/%°-]|\d[\^'’])(?:([+−-]|(?<!\d\s)–)?([$€£¥₹])\s?)?((?:[+−-]|(?<!\d\s)–)?)((?:\d{1,3}(?:[.,' ]\d{3})+|\d+)(?:[.,]\d+)?)(?![\d:/]|[.,^'’eEhH-]\d|e-\d)/gu;
const wordy = /[\p{L}]+(?:-\p{L}+)*/gu;
/** How far behind its digits a number may go on. */
const behind = 32;

/** Numbers in a text, in digits (with the point or the comma before the decimals) or in words, the sign and what multiplies them taken in. */
export function numbersIn(text: string): readonly Literal[] {
  const found: Literal[] = [];
  const tongue = tongueOf(text);
  const points = tongue !== "en";
  for (const one of text.matchAll(digits)) {
    const [whole, outer = "", mark, inner = "", said = ""] = one;
    const last = one.index + whole.length;
    const size = decimalOf(said, points);
    if (size === undefined) continue;
    const { value, length, unit } = behindDigits(size, text.slice(last, last + behind), mark);
    const end = last + length;
    // `5-star` and `10km` are numbers, `3D` and `4x4b` are names of things.
    if (/^-?\p{Lu}/u.test(text.slice(end, end + 2))) continue;
    const start = outer ? one.index : last - said.length - inner.length;
    const negative = value !== 0 && /[−–-]/.test(`${outer}${inner}`);
    found.push({ kind: "number", value: negative ? -value : value, text: text.slice(start, end), start, end, ...(unit ? { unit } : {}) });
  }
  let end = 0;
  return [...found, ...inWords(text, tongue)]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .flatMap((one) => {
      // Words that are a part of the number before them: `2 million`, `5 below zero`.
      if (one.start < end) return [];
      const { number, until } = signed(one, text);
      end = until;
      return [number];
    });
}

/**
 * `1,250.75`, `1.250,75`, `1 250`: what stands last with one or two digits, or not three, behind it is the decimals. `points`: the text
 * is in a language in which `200.000` are two hundred thousand.
 */
function decimalOf(said: string, points: boolean): number | undefined {
  const bare = said.replace(/[' ]/g, "");
  const last = Math.max(bare.lastIndexOf("."), bare.lastIndexOf(","));
  const decimals = last < 0 ? "" : bare.slice(last + 1);
  const marks = bare.match(/[.,]/g) ?? [];
  const mixed = new Set(marks).size > 1;
  const grouped = marks.length > 1 && !mixed;
  const isDecimal = last >= 0 && !grouped && (mixed || decimals.length !== 3 || bare[last] === (points ? "," : ".") || /^0/.test(bare));
  const whole = (isDecimal ? bare.slice(0, last) : bare).replace(/[.,]/g, "");
  if (isRounded(whole)) return undefined;
  const value = Number(isDecimal ? `${whole}.${decimals}` : whole);
  return Number.isFinite(value) ? value : undefined;
}

/** More words than this are no one number. */
const longest = 10;

interface Word extends Span {
  readonly said: string;
  /** Where the word before it ends. */
  readonly before: number;
}

function inWords(text: string, tongue: Tongue): readonly Literal[] {
  let before = 0;
  const words = [...text.matchAll(wordy)].map((one): Word => {
    // What is counted may hang on: `two-sentence`, `five-minute`.
    const said = one[0].includes("-") ? (heads(one[0]) ?? one[0]) : one[0];
    const word = { said, start: one.index, end: one.index + said.length, before };
    before = word.end;
    return word;
  });
  const goesOn = ({ said, start, before }: Word) =>
    (isWord(said) || /^(?:and|y|an?)$/i.test(said)) && /^\s+$/.test(text.slice(before, Math.min(start, before + 9)));
  const found: Literal[] = [];
  let until = 0;
  for (const [i, first] of words.entries()) {
    const { start } = first;
    if (start < until || !isWord(first.said)) continue;
    const more = words.slice(i + 1, i + longest);
    const stop = more.findIndex((word) => !goesOn(word));
    const run = [first, ...more.slice(0, stop < 0 ? more.length : stop)];
    for (const { said, end } of run.reverse()) {
      const value = isWord(said) ? numberOf(text.slice(start, end)) : undefined;
      if (value === undefined) continue;
      if (end === first.end && (isPronoun(text, start, end) || isRest(text, start, value) || !mayCount(said, tongue))) continue;
      const unit = percent.test(text.slice(end, end + 16)) ? { unit: "%" } : {};
      found.push({ kind: "number", value, text: text.slice(start, end), start, end, ...unit });
      until = end;
      break;
    }
  }
  return found;
}

/** Whether `one` stands for a thing: `this one`, `the lowest one`, `one of them`. */
const isPronoun = (text: string, start: number, end: number): boolean =>
  /^one$/i.test(text.slice(start, end)) && (led.test(text.slice(Math.max(0, start - 20), start)) || ended.test(text.slice(end, end + 12)));
const led = /(?<![\p{L}\d])(?:this|that|which|the|each|every|any|no|last|next|first|other|another|\p{L}+est)\s+$/iu;
const ended = /^(?:\s*(?:$|[^\s\p{L}-])|\s+(?:of|on|in|at|by|for|from|to|with|is|are|was|has|that|which|who|and|or|please)(?![\p{L}\d]))/iu;

/** Whether a half is added to something that is no number: `an hour and a half`. */
const isRest = (text: string, start: number, value: number): boolean =>
  value === 0.5 && /(?<!\p{L})and\s(?:an?\s)?$/iu.test(text.slice(Math.max(0, start - 8), start));

/** Of words joined by hyphens those that are a number, where others follow. */
function heads(joined: string): string | undefined {
  const parts = joined.split("-");
  const next = parts.findIndex((part) => !isNumberWord(part.toLowerCase()));
  return next > 0 ? parts.slice(0, next).join("-") : undefined;
}

const isWord = (word: string) => word.toLowerCase().split("-").every(isNumberWord);
