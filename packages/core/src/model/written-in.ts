import { parseJson } from "./parse-json.js";

/** An object or a list of JSON that a text has; one that is broken, or does not end, is not whole. */
export interface Written {
  readonly text: string;
  readonly whole: boolean;
  readonly start: number;
  /** The text calls it one. */
  readonly example: boolean;
}

/** How deep brackets of prose may stand around an answer. */
const deepest = 3;
/** Text before an answer that says it is none: looked for between it and the one before, in so many characters at the most. */
const before = 80;
const example = /\b(?:for example|for instance|e\.g\.|such as|example)[^.!?]*$/i;
/** How JSON begins that someone meant to write. */
const begins = /^(?:\{\s*["']|\[\s*[[{"'])/;

/**
 * The balanced objects and lists of a text that parse as JSON and stand in no other that does, and those that were to be such and are
 * broken: what stands in one of these as a value is a part of it, and no answer of its own. Brackets in strings are not counted. The last
 * comes first, since what a model settles on comes last; what it calls an example comes after all others.
 */
export function writtenIn(text: string): Written[] {
  const answers: Written[] = [];
  const examples: Written[] = [];
  let end = 0;
  for (const one of bracketsIn(text)) {
    if (one.start < end || isValue(text, one)) continue;
    const part = text.slice(one.start, one.end);
    const whole = one.end !== undefined && parseJson(part) !== undefined;
    if (!whole && !begins.test(part)) continue;
    const lead = text.slice(Math.max(end, one.start - before), one.start);
    const isExample = example.test(lead);
    (isExample ? examples : answers).push({ text: part, whole, start: one.start, example: isExample });
    if (whole) end = one.end!;
  }
  return [...answers.reverse(), ...examples.reverse()];
}

interface Brackets {
  readonly start: number;
  /** Undefined where it is not closed. */
  readonly end?: number;
  /** Where the one around it begins. */
  readonly around?: number;
}

/** Whether brackets stand where JSON has a value: behind a key, or in a list behind another item or its beginning. */
function isValue(text: string, { start, around }: Brackets): boolean {
  if (around === undefined) return false;
  const front = text.slice(Math.max(around, start - before), start);
  return text[around] === "{" ? /["']\s*:\s*$/.test(front) : /[[,]\s*$/.test(front);
}

/** Brackets with at most two others around them, by where they begin. */
function bracketsIn(text: string): Brackets[] {
  const found: Brackets[] = [];
  const open: number[] = [];
  const add = (end?: number) => {
    const start = open.pop()!;
    const around = open.at(-1);
    if (open.length < deepest) found.push({ start, ...(end === undefined ? {} : { end }), ...(around === undefined ? {} : { around }) });
  };
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === "\\") i++;
      else if (c === '"') quoted = false;
    } else if (c === '"' && open.length > 0) quoted = true;
    else if (c === "{" || c === "[") open.push(i);
    else if ((c === "}" || c === "]") && open.length > 0) add(i + 1);
  }
  while (open.length > 0) add();
  return found.sort((a, b) => a.start - b.start);
}
