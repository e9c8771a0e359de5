import type { Candidate } from "./candidate.js";
import { even } from "./even.js";

/** Times of day as `HH:MM`, twenty-four hours: `9.30 a.m.`, `21:15`, `5 pm`. */
export function times(text: string): Candidate[] {
  const clock =
    /(?<![\d.,:/-])(?<hour>\d{1,2})(?:[:.](?<minute>[0-5]\d)(?::[0-5]\d)?)?(?:\s?(?<half>[ap])\.?m\b\.?|\s?(?<plain>Uhr|h|o'clock)\b)?(?![\d:]|[.,]\d)/giu;
  return [...even(text).matchAll(clock)].flatMap((match) => {
    const { hour, minute, half, plain } = match.groups!;
    const written = text.slice(match.index, match.index + match[0].trimEnd().length);
    // Digits alone are no time, and `9.30` without a word may be an amount.
    if (!half && !plain && !/^\d{1,2}:/.test(match[0])) return [];
    const h = half ? (+hour! % 12) + (half.toLowerCase() === "p" ? 12 : 0) : +hour!;
    if (h > 24 || (half && +hour! > 12)) return [];
    const value = `${String(h).padStart(2, "0")}:${minute ?? "00"}`;
    return [{ start: match.index, end: match.index + written.length, text: written, value, prior: 0 }];
  });
}
