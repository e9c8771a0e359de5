import { type Brackets, bracketsIn } from "./brackets-in.js";
import { parseJson } from "./parse-json.js";

/** An object or a list of JSON that a text has; one that is broken, or does not end, is not whole. */
export interface Written {
  readonly text: string;
  readonly whole: boolean;
  readonly start: number;
  /** The text calls it one, or denies it. */
  readonly example: boolean;
}

/** Text before an answer that says it is none: looked for between it and the one before, in so many characters at the most. */
const before = 80;
const example = /\b(?:for example|for instance|e\.g\.|such as|example)[^.!?]*$/i;
/** It is what is not meant, if these words stand right before it, in its line: `I will not call {…}`, but not `I do not know, so I call {…}`. */
const denied =
  /(?:\b(?:not|cannot|never|instead of|rather than|no need (?:to|for))|n['’]t)[ \t]+(?:(?!(?:i|we|let|so|but|and|then|know|sure)\b)[\w`]+[ \t]+){0,3}`?$/i;
/** How JSON begins that someone meant to write. */
const begins = /^(?:\{\s*["']|\[\s*[[{"'])/;

/**
 * The balanced objects and lists of a text that parse as JSON and stand in no other that does, and those that were to be such and are
 * broken: what stands in one of these as a value is a part of it, and no answer of its own. Brackets in strings are not counted. The last
 * comes first, since what a model settles on comes last; what it calls an example, or denies, comes after all others.
 */
export function writtenIn(text: string): Written[] {
  const answers: Written[] = [];
  const examples: Written[] = [];
  let end = 0;
  for (const one of bracketsIn(text).found) {
    if (one.start < end || isValue(text, one)) continue;
    const part = text.slice(one.start, one.end);
    const whole = one.end !== undefined && parseJson(part) !== undefined;
    if (!whole && !begins.test(part)) continue;
    const lead = text.slice(Math.max(end, one.start - before), one.start);
    const isExample = example.test(lead) || denied.test(lead);
    (isExample ? examples : answers).push({ text: part, whole, start: one.start, example: isExample });
    if (whole) end = one.end!;
  }
  return [...answers.reverse(), ...examples.reverse()];
}

/** Whether brackets stand where JSON has a value: behind a key, or in a list behind another item or its beginning. */
function isValue(text: string, { start, around }: Brackets): boolean {
  if (around === undefined) return false;
  const front = text.slice(Math.max(around, start - before), start);
  return text[around] === "{" ? /["']\s*:\s*$/.test(front) : /[[,]\s*$/.test(front);
}
