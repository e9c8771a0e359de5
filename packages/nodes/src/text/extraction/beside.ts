import type { Candidate } from "./candidate.js";
import type { Line } from "./lines.js";

/** Text beside a candidate that may say what it is, and how much that counts. */
export interface Beside {
  readonly text: string;
  readonly weight: number;
}

const word = /\p{L}{3,}/u;
const currencyOnly = /^(?:[^\p{L}]|EURO?S?\b|USD\b|GBP\b|CHF\b|dollars?\b)*$/iu;

/**
 * What stands beside a candidate: before it on its line or in its clause, after it, and where the line says nothing, on the lines
 * above as far as the next candidate of the kind (recognised pages put a label and its amount on two lines).
 */
export function besideEach(candidates: readonly Candidate[], lines: readonly Line[], text: string): (candidate: Candidate) => Beside[] {
  const starts = candidates.map(({ start }) => start).sort((a, b) => a - b);
  const ends = candidates.map(({ end }) => end).sort((a, b) => a - b);
  const lineStarts = lines.map(({ start }) => start);
  const holds = ({ start, end }: Line) => (starts[firstFrom(starts, start)] ?? end) < end;
  return (candidate) => {
    const at = firstFrom(lineStarts, candidate.start + 1) - 1;
    const line = lines[at];
    if (!line || candidate.start >= line.end) return [];
    const from = Math.max(line.start, ends[firstFrom(ends, candidate.start + 1) - 1] ?? 0);
    const until = Math.min(line.end, starts[firstFrom(starts, candidate.end)] ?? line.end);
    const before = text.slice(from, candidate.start);
    const after = text.slice(candidate.end, until);
    const found: Beside[] = [...near(before), { text: after, weight: 0.7 }];
    if (!word.test(before) || currencyOnly.test(before)) {
      let weight = 0.9;
      for (let i = at - 1; i >= 0 && i >= at - 4; i--) {
        const above = lines[i]!;
        if (holds(above)) break;
        if (currencyOnly.test(above.text)) continue;
        found.push({ text: above.text, weight });
        weight -= 0.2;
      }
    }
    return found.filter(({ text }) => word.test(text));
  };
}

/** The place of the first of these sorted numbers that is this or more. */
function firstFrom(sorted: readonly number[], least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The words before a candidate: the nearest count most. */
function near(before: string): Beside[] {
  const words = before.trim().split(/\s+/);
  return [
    { text: words.slice(-4).join(" "), weight: 1 },
    { text: words.slice(-10).join(" "), weight: 0.75 },
    { text: words.join(" "), weight: 0.5 },
  ];
}
