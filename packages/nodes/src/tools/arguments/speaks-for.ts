import type { Parameter } from "../parameter.js";
import { boundOf, boundSaid } from "./bounds.js";
import { emptyWords } from "./empty-words.js";
import type { Mention, Said } from "./said.js";
import { alike, folded, spoken, wordsOf } from "./words-said.js";

/** What is said of a number right behind it, or by its sign, and the words of parameters that count such things. */
const quantities: readonly (readonly [RegExp, RegExp])[] = [
  [/^\s?(?:kg|kilos?|kilograms?|g|grams?|mg|lbs?|pounds?|ounces?|oz|tons?|tonnes?)\b/i, /\b(?:weigh\w*|mass\w*)\b/i],
  [
    /^[\s-]?(?:m|cm|mm|km|met(?:er|re)s?|(?:centi|milli|kilo)met(?:er|re)s?|feet|foot|ft|inch(?:es)?|miles?|yards?)\b(?!\s?(?:\/|per\b))/i,
    /\b(?:lengths?|distances?|heights?|widths?|depths?|radius|diameter|sides?|apart|far|long|wide|deep)\b/i,
  ],
  [
    /^[\s-]?(?:years?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|s)\b/i,
    /\b(?:times?|durations?|periods?|terms?|age)\b/i,
  ],
  [/^\s?(?:°|degrees?)/i, /\b(?:temperatures?|angles?)\b/i],
  [/^\s?(?:km\/h|mph|kph|m\/s|(?:miles|kilomet\w+|met\w+) (?:per|an) (?:hour|second))\b(?!\^)/i, /\b(?:speed|velocity)\b/i],
];
const counted = 0.4;
/** What it counts that a number is said to be the end of a range that a parameter is: enough for one that the model left out. */
const bounding = 0.8;
/** Parameters that are shares, and amounts of money. */
const shares =
  /\b(?:rates?|percent\w*|shares?|probabilit\w+|interest|yields?|discounts?|tax\w*|growth|returns?|ratios?|fractions?|margin)\b/i;
const monies =
  /\b(?:amounts?|prices?|costs?|fees?|money|budgets?|salar\w+|incomes?|princip\w+|invest\w+|deposits?|value|loans?|revenues?|pay\w*|rents?)\b/i;
/** Words that lead to the ends of a range, by what parameters for these are called. */
const ends: readonly (readonly [RegExp, RegExp])[] = [
  [/\b(?:start|begin|min\w*|lower|low|initial|from|first|left)\b/i, /\b(?:from|between|starting at|at least|over|above)\s*$/i],
  [/\b(?:end|stop|max\w*|upper|high|final|to|last|right)\b/i, /\b(?:to|until|up to|at most|under|below|less than|and)\s*$/i],
];

/** How far words stand from a number that may say what it is, those without meaning not counted: before it, and behind it. */
const before = 5;
const behind = 3;

/**
 * How strongly a request's words say that a number is meant for a parameter, and not for its siblings: 0 not at all, from about 0.8 on
 * plainly.
 */
export function speaksFor(one: Parameter, siblings: readonly Parameter[], said: Said): (mention: Mention) => number {
  const { text, numbers } = said;
  const own = `${spoken(one.name)} ${one.description ?? ""}`;
  const theirs = siblings.map(ownWords);
  const words = ownWords(one).map(([word, weight]) => {
    const sharing = theirs.filter((all) => all.some(([other]) => alike(word, other))).length;
    return [word, weight / Math.max(1, sharing)] as const;
  });
  const places = ends.filter(([place]) => place.test(spoken(one.name)));
  const bound = boundOf(one.name);
  return (mention) => {
    const near = nearWords(mention, text, numbers);
    let total = 0;
    for (const [word, weight] of words) {
      total += weight * Math.max(0, ...near.filter((other) => alike(word, other.word)).map(({ close }) => close));
    }
    const [front, back] = [text.slice(Math.max(0, mention.start - 24), mention.start), text.slice(mention.end, mention.end + 32)];
    const unit = quantities.find(([behindIt]) => behindIt.test(back));
    if (unit?.[1].test(own)) total += counted;
    else if (unit && quantities.some(([, what]) => what.test(own))) total -= counted;
    if (mention.money && monies.test(own)) total += counted;
    if (mention.percent) total += shares.test(own) ? counted : -counted;
    const isBound = bound !== undefined && boundSaid(text, mention) === bound;
    if (isBound) total += bounding;
    else if (places.some(([, lead]) => lead.test(front))) total += counted;
    return total;
  };
}

/** The words of a parameter: those of its name tell most. */
function ownWords({ name, description = "" }: Parameter): readonly (readonly [string, number])[] {
  const named = wordsOf(spoken(name)).filter((word) => !emptyWords.has(word));
  const told = wordsOf(description).filter(
    (word) => word.length > 2 && !emptyWords.has(word) && !named.some((other) => alike(word, other)),
  );
  return [...named.map((word) => [word, 1] as const), ...[...new Set(told)].slice(0, 12).map((word) => [word, 0.5] as const)];
}

/** Words near a number, and how close they are: another number between, a comma or a sentence's end part them from it. */
function nearWords(
  { start, end, at: own }: Mention,
  text: string,
  numbers: readonly Mention[],
): readonly { readonly word: string; readonly close: number }[] {
  const around = numbers.slice(Math.max(0, own - before * 8), own + before * 8);
  const gather = (part: string, at: number, most: number, back: boolean) => {
    const found: { word: string; close: number }[] = [];
    const pieces = [...part.matchAll(/[\p{L}\p{N}]+|[^\p{L}\p{N}\s]/gu)];
    let apart = back ? 1 : 0.9;
    let distance = 0;
    for (const { 0: piece, index } of back ? pieces.reverse() : pieces) {
      if (/[.;?!:]/.test(piece) || distance >= most) break;
      const inNumber = around.some((one) => one.start <= at + index && one.end > at + index);
      if (inNumber || /^(?:,|and|by|with)$/i.test(piece)) apart *= inNumber ? 0.5 : 0.6;
      if (inNumber || !/[\p{L}\p{N}]/u.test(piece)) continue;
      const word = folded(piece);
      if (emptyWords.has(word)) continue;
      found.push({ word, close: apart / (1 + (back ? 0.3 : 0.5) * distance++) });
    }
    return found;
  };
  const from = Math.max(0, start - 80);
  return [...gather(text.slice(from, start), from, before, true), ...gather(text.slice(end, end + 48), end, behind, false)];
}
