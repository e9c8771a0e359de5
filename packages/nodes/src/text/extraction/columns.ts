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
  let values: Line[] = [];
  const settle = () => {
    if (values.length === 0) return;
    if (values.length >= fewest && values.length === labels.length)
      for (const [i, { start }] of values.entries()) found.set(start, labels[i]!);
    [labels, values] = [[], []];
  };
  for (const line of lines) {
    if (isValue(line)) {
      values.push(line);
      continue;
    }
    settle();
    labels = word.test(line.text) ? [...labels, line].slice(-longest) : [];
  }
  settle();
  return found;
}
