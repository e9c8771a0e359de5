import { fit, widthOf } from "./printable.js";

/** Breaks a printable line at spaces, what follows indented a little below it; a word too long for the width is cut. Linear. */
export function wrap(line: string, width: number, hanging = 4): string[] {
  if (widthOf(line) <= width) return [line];
  const margin = line.length - line.trimStart().length;
  const indent = " ".repeat(Math.min(margin + hanging, Math.max(0, width - 8)));
  const lines: string[] = [];
  let start = 0;
  for (;;) {
    const before = start === 0 ? "" : indent;
    const room = width - before.length;
    const end = endOf(line, start, room);
    if (end === line.length) return [...lines, before + line.slice(start)];
    // Not even one character fits.
    if (end === start) return [...lines, fit(before + line.slice(start), width)];
    const space = line.slice(start, end + 1).lastIndexOf(" ");
    const cut = space > (start === 0 ? margin : 0) ? start + space : end;
    lines.push(before + line.slice(start, cut));
    start = cut;
    while (line[start] === " ") start++;
    if (start === line.length) return lines;
  }
}

/** Where the characters that fit into so many columns end. */
function endOf(line: string, start: number, room: number): number {
  let end = start;
  for (let taken = 0; end < line.length; ) {
    const [character = ""] = line.slice(end, end + 2);
    taken += widthOf(character);
    if (taken > room) break;
    end += character.length;
  }
  return end;
}
