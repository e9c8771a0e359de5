/** A line that is not blank, trimmed, with its place in the text. */
export interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export function linesOf(text: string): Line[] {
  return [...text.matchAll(/[^\n]+/g)].flatMap(({ 0: raw, index }) => {
    const line = raw.trim();
    const start = index + raw.length - raw.trimStart().length;
    return line ? [{ text: line, start, end: start + line.length }] : [];
  });
}
