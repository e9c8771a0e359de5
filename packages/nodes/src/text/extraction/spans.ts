import { sentences } from "../sentences.js";
import type { Candidate } from "./candidate.js";
import { linesOf } from "./lines.js";

/** What a field of free text may be: what follows a colon on its line, or a sentence. */
export function spans(text: string): Candidate[] {
  const labelled = linesOf(text).flatMap(({ text: line, start }) => {
    const match = /^[^:]{2,40}:\s+(?=\S)/.exec(line);
    if (!match) return [];
    const value = line.slice(match[0].length);
    return [{ start: start + match[0].length, end: start + line.length, text: value, value, prior: 0.1 }];
  });
  const whole = sentences(text).map(({ start, end }) => ({
    start,
    end,
    text: text.slice(start, end),
    value: text.slice(start, end),
    prior: 0,
  }));
  return [...labelled, ...whole];
}

/** Email addresses. */
export function emails(text: string): Candidate[] {
  return [...text.matchAll(/(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    text: found,
    value: found,
    prior: 0.3,
  }));
}
