import { plain, similar } from "./similar.js";

/**
 * How well a label reads as one of these phrases, from 0 to 1. Misread letters are forgiven (`2u zahlen`), and a compound that
 * begins or ends with a phrase counts for less than the phrase (`Rechnungssumme`).
 */
export function labelMatch(label: string, phrases: readonly string[]): number {
  const words = plain(label).split(" ");
  let best = 0;
  // A label that says more than the phrase may mean something else: `Hours on site` is not the site.
  const covering = (match: number, length: number) => match * (0.75 + 0.25 * Math.min(1, length / words.length));
  for (const phrase of phrases) {
    const sought = plain(phrase);
    const length = sought.split(" ").length;
    for (let i = 0; i + length <= words.length; i++) {
      const window = words.slice(i, i + length).join(" ");
      if (window === sought) best = Math.max(best, covering(0.95 + Math.min(0.05, 0.02 * (length - 1)), length));
      else if (sought.length >= 5) {
        const alike = similar(window, sought);
        if (alike >= 0.65) best = Math.max(best, covering(alike * 0.9, length));
        else if (length === 1 && window.length > sought.length + 1 && (window.endsWith(sought) || window.startsWith(sought)))
          best = Math.max(best, covering(0.7, length));
      }
    }
  }
  return best;
}
