import type { Line } from "./lines.js";

const word = /\p{L}/u;

/** The fewest labels, and as many values, that make a column; the most are one less than are kept. */
const fewest = 2;
const longest = 30;

/**
 * Pages are recognised by columns, too: labels on some lines, then their values on as many. Gives the line of each value's label;
 * `isValue` tells the lines that are a value and nothing else.
 */
export function columnLabels(lines: readonly Line[], isValue: (line: Line) => boolean): ReadonlyMap<number, Line> {
  const found = new Map<number, Line>();
  let labels: Line[] = [];
  for (let at = 0; at < lines.length; ) {
    if (!isValue(lines[at]!)) {
      labels = word.test(lines[at]!.text) ? [...labels, lines[at]!].slice(-longest) : [];
      at++;
      continue;
    }
    let end = at;
    while (end < lines.length && isValue(lines[end]!)) end++;
    const values = end - at;
    if (values >= fewest && values === labels.length) {
      for (let i = 0; i < values; i++) found.set(lines[at + i]!.start, labels[i]!);
    }
    labels = [];
    at = end;
  }
  return found;
}
