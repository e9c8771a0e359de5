import { likeness } from "./likeness.js";
import { plain } from "./similar.js";

/**
 * A judge of how well a label reads as one of these phrases, from 0 to 1. Misread letters are forgiven (`2u zahlen`), and a compound
 * that begins or ends with a phrase counts for less than the phrase (`Rechnungssumme`). It remembers what it judged: the labels
 * of a text repeat one another, and their parts do.
 */
export function labelMatcher(phrases: readonly string[]): (label: string) => number {
  const byLength = new Map<number, string[]>();
  for (const phrase of phrases.map(plain)) {
    const length = phrase.split(" ").length;
    byLength.set(length, [...(byLength.get(length) ?? []), phrase]);
  }
  const judges = [...byLength].map(([length, phrases]) => [length, remembered(windowMatcher(length, phrases))] as const);
  return remembered((label) => {
    const words = plain(label).split(" ");
    let best = 0;
    for (const [length, judge] of judges) {
      // A label that says more than the phrase may mean something else: `Hours on site` is not the site.
      const covered = 0.75 + 0.25 * Math.min(1, length / words.length);
      for (let i = 0; i + length <= words.length; i++) best = Math.max(best, judge(words.slice(i, i + length).join(" ")) * covered);
    }
    return best;
  });
}

/** How well as many words read as one of the phrases of as many. */
function windowMatcher(length: number, phrases: readonly string[]): (window: string) => number {
  const exact = new Set(phrases);
  const alike = likeness(phrases.filter((phrase) => phrase.length >= 5));
  return (window) => {
    if (exact.has(window)) return 0.95 + Math.min(0.05, 0.02 * (length - 1));
    let best = 0;
    for (const [phrase, like] of alike(window)) {
      if (like >= 0.65) best = Math.max(best, like * 0.9);
      else if (length === 1 && window.length > phrase.length + 1 && (window.endsWith(phrase) || window.startsWith(phrase)))
        best = Math.max(best, 0.7);
    }
    return best;
  };
}

function remembered(judge: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    const found = known.get(text) ?? judge(text);
    known.set(text, found);
    return found;
  };
}
