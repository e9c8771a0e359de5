import { parseJson } from "./parse-json.js";

/** How deep brackets of prose may stand around an answer. */
const deepest = 3;
/** Text before an answer that says it is none: looked for between it and the one before, in so many characters at the most. */
const before = 80;
const example = /\b(?:for example|for instance|e\.g\.|such as|example)[^.!?]*$/i;

/**
 * The balanced objects and lists of a text that parse as JSON and stand in no other that does; brackets in strings are not counted. The
 * last comes first, since what a model settles on comes last; what it calls an example comes after all others.
 */
export function completeIn(text: string): string[] {
  const answers: string[] = [];
  const examples: string[] = [];
  let end = 0;
  for (const pair of pairsIn(text)) {
    if (pair.start < end) continue;
    const part = text.slice(pair.start, pair.end);
    if (parseJson(part) === undefined) continue;
    const lead = text.slice(Math.max(end, pair.start - before), pair.start);
    (example.test(lead) ? examples : answers).push(part);
    end = pair.end;
  }
  return [...answers.reverse(), ...examples.reverse()];
}

interface Pair {
  readonly start: number;
  readonly end: number;
}

/** Matching brackets with at most two others around them, by where they begin. */
function pairsIn(text: string): Pair[] {
  const pairs: Pair[] = [];
  const open: number[] = [];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === "\\") i++;
      else if (c === '"') quoted = false;
    } else if (c === '"' && open.length > 0) quoted = true;
    else if (c === "{" || c === "[") open.push(i);
    else if ((c === "}" || c === "]") && open.length > 0) {
      const start = open.pop()!;
      if (open.length < deepest) pairs.push({ start, end: i + 1 });
    }
  }
  return pairs.sort((a, b) => a.start - b.start);
}
