import { fit, widthOf } from "./printable.js";

/** Breaks a printable line at spaces, what follows indented a little below it; a word too long for the width is cut. */
export function wrap(line: string, width: number, hanging = 4): string[] {
  const indent = Math.min(line.length - line.trimStart().length + hanging, Math.max(0, width - 8));
  const lines: string[] = [];
  let rest = line;
  while (widthOf(rest) > width) {
    let end = 0;
    for (let taken = 0; end < rest.length; end += String.fromCodePoint(rest.codePointAt(end)!).length) {
      taken += widthOf(String.fromCodePoint(rest.codePointAt(end)!));
      if (taken > width) break;
    }
    const space = rest.lastIndexOf(" ", end);
    if (space > rest.length - rest.trimStart().length) end = space;
    if (end === 0) break;
    lines.push(rest.slice(0, end));
    rest = " ".repeat(indent) + rest.slice(end).trimStart();
  }
  return [...lines, fit(rest, width)];
}
