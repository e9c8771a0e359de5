import { type Tongue, tongueOf } from "../tongue.js";
import type { Literal } from "./literal.js";
import { isNumberWord, mayCount, numberOf } from "./number-words.js";

const digits =
  /(?<![\p{L}\d.,:/-])([$€£¥₹])?\s?([+-]?(?:\d{1,3}(?:[.,' ]\d{3})+|\d+)(?:[.,]\d+)?)(?:\s?(%|percent(?![\p{L}\d])|per cent(?![\p{L}\d])|prozent(?![\p{L}\d])|por ciento(?![\p{L}\d])|[$€£¥₹]|[kK](?![\p{L}\d])))?(?![\d:/]|[.,-]\d)(-?\p{L}*)/giu;
const wordy = /[\p{L}]+(?:-\p{L}+)*/gu;
const percent = /^\s?(?:%|percent(?![\p{L}\d])|per cent(?![\p{L}\d])|prozent(?![\p{L}\d])|por ciento(?![\p{L}\d]))/iu;
const signs: Readonly<Record<string, string>> = { $: "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR" };

/** Numbers in a text, in digits (with the point or the comma before the decimals) or in words. */
export function numbersIn(text: string): readonly Literal[] {
  const found: Literal[] = [];
  const tongue = tongueOf(text);
  const points = tongue !== "en";
  for (const one of text.matchAll(digits)) {
    const [, before, said, after = "", tail = ""] = one;
    // `5-star` and `10km` are numbers, `3D` and `4x4b` are names of things.
    if (/^-?\p{Lu}/u.test(tail)) continue;
    const value = decimalOf(said!, points);
    if (value === undefined) continue;
    const start = one.index + one[0].indexOf(said!);
    const mark = before ?? after;
    const unit = percent.test(after) ? "%" : signs[mark];
    const thousands = /^k$/i.test(after) ? 1000 : 1;
    found.push({ kind: "number", value: value * thousands, text: said!, start, end: start + said!.length, ...(unit ? { unit } : {}) });
  }
  return [...found, ...inWords(text, tongue)].sort((a, b) => a.start - b.start);
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
  const isDecimal =
    last >= 0 && !grouped && (mixed || decimals.length !== 3 || bare[last] === (points ? "," : ".") || /^[+-]?0/.test(bare));
  const whole = (isDecimal ? bare.slice(0, last) : bare).replace(/[.,]/g, "");
  const value = Number(isDecimal ? `${whole}.${decimals}` : whole);
  return Number.isFinite(value) ? value : undefined;
}

/** More words than this are no one number. */
const longest = 10;

function inWords(text: string, tongue: Tongue): readonly Literal[] {
  const words = [...text.matchAll(wordy)].map((one) => {
    // What is counted may hang on: `two-sentence`, `five-minute`.
    const said = one[0].includes("-") ? (heads(one[0]) ?? one[0]) : one[0];
    return { said, start: one.index, end: one.index + said.length };
  });
  const joins = (i: number) => /^\s+$/.test(text.slice(words[i - 1]!.end, Math.min(words[i]!.start, words[i - 1]!.end + 9)));
  const found: Literal[] = [];
  for (let i = 0; i < words.length; i++) {
    if (!isWord(words[i]!.said)) continue;
    let n = 1;
    while (n < longest && words[i + n] && (isWord(words[i + n]!.said) || /^(?:and|y)$/i.test(words[i + n]!.said)) && joins(i + n)) n++;
    for (; n > 0; n--) {
      const { start } = words[i]!;
      const { end, said } = words[i + n - 1]!;
      const value = isWord(said) ? numberOf(text.slice(start, end)) : undefined;
      if (value === undefined || (n === 1 && (isPronoun(text, start, end) || !mayCount(said, tongue)))) continue;
      const unit = percent.test(text.slice(end, end + 16)) ? { unit: "%" } : {};
      found.push({ kind: "number", value, text: text.slice(start, end), start, end, ...unit });
      i += n - 1;
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

/** Of words joined by hyphens those that are a number, where others follow. */
function heads(joined: string): string | undefined {
  const parts = joined.split("-");
  const next = parts.findIndex((part) => !isNumberWord(part.toLowerCase()));
  return next > 0 ? parts.slice(0, next).join("-") : undefined;
}

const isWord = (word: string) => word.toLowerCase().split("-").every(isNumberWord);
