/** A sentence and its place in the text it was taken from: `text.slice(start, end)`, line breaks inside it left as spaces. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const bullet = /^\s*(?:[-*•–]|\d{1,2}[.)])\s+/;
/** Longer runs without a full stop (speech, lists) are cut at commas, so that an embedding model sees all of them. */
export const longest = 400;

/**
 * A text's sentences, in order. Wrapped lines are joined; list items, headings and lines that end a thought stand alone, and
 * abbreviations and decimal points end nothing.
 */
export function sentences(text: string): Sentence[] {
  return blocks(text).flatMap(([start, end]) => {
    // One character for one, so that places stay true.
    const block = text.slice(start, end).replace(/\s/g, " ");
    const found: Sentence[] = [];
    let from = 0;
    const cut = (to: number) => {
      found.push(...pieces(block.slice(from, to), start + from));
      from = to;
    };
    for (const { index } of block.matchAll(/[.!?…]["'”’)]*\s+(?=["'“‘(]?[\p{Lu}\d€$£])/gu)) {
      const before = block.slice(Math.max(from, index - 10), index + 1);
      if (!/(?:^|[\s(.])(?:[\p{L}]|Mr|Mrs|Ms|Dr|Prof|St|Str|No|Nr|vs|etc|ca|bzw|Inc|Ltd|Co|approx|fig|p\.m|a\.m)\.$/iu.test(before)) {
        cut(index + 1 + (/^["'”’)]*/.exec(block.slice(index + 1))?.[0].length ?? 0));
      }
    }
    cut(block.length);
    return found;
  });
}

function pieces(text: string, start: number): Sentence[] {
  const found: Sentence[] = [];
  for (let rest = text, at = start; ; ) {
    at += rest.length - rest.trimStart().length;
    rest = rest.trim();
    const end = rest.length > longest ? cutAt(rest) : rest.length;
    const piece = rest.slice(0, end).trimEnd();
    if (/[\p{L}\d]/u.test(piece)) found.push({ text: piece.replace(/ {2,}/g, " "), start: at, end: at + piece.length });
    if (end === rest.length) return found;
    rest = rest.slice(end);
    at += end;
  }
}

/** Where a run that is too long is cut: after a comma, else at a space, else, as in Chinese, between any two characters. */
function cutAt(run: string): number {
  const comma = run.lastIndexOf(", ", longest);
  if (comma > longest / 4) return comma + 1;
  const space = run.lastIndexOf(" ", longest);
  if (space > 0) return space;
  return /[\uD800-\uDBFF]/.test(run[longest - 1]!) ? longest - 1 : longest;
}

/** Runs of lines that may hold sentences across their breaks. */
function blocks(text: string): [number, number][] {
  const found: [number, number][] = [];
  let open: [number, number] | undefined;
  const widest = text.split("\n").reduce((most, line) => Math.max(most, line.trimEnd().length), 0);
  let previous = "";
  for (const { 0: line, index } of text.matchAll(/[^\n]+|\n(?=\n)/g)) {
    if (!line.trim()) open = undefined;
    else {
      // A line was broken for want of room if its follower's first word would not have fitted, or goes on in small letters.
      const room = widest - previous.trimEnd().length;
      const wrapped = /^\s*\p{Ll}/u.test(line) || (room <= (/^\s*\S+/.exec(line)?.[0].trim().length ?? 0) && !/[:.!?]\s*$/.test(previous));
      const from = index + (bullet.exec(line)?.[0].length ?? 0);
      if (open && wrapped && !bullet.test(line)) open[1] = index + line.length;
      else found.push((open = [from, index + line.length]));
    }
    previous = line;
  }
  return found;
}
