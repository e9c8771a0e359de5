/** A sentence and its place in the text it was taken from: `text.slice(start, end)`, line breaks inside it left as spaces. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const bullet = /^\s*(?:[-*•–]|\d{1,2}[.)])\s+/;
/** Longer runs without a full stop (speech, lists) are cut at commas, so that an embedding model sees all of them. */
const longest = 400;

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
      const before = block.slice(from, index + 1);
      if (!/(?:^|[\s(.])(?:[\p{L}]|Mr|Mrs|Ms|Dr|Prof|St|Str|No|Nr|vs|etc|ca|bzw|Inc|Ltd|Co|approx|fig|p\.m|a\.m)\.$/iu.test(before)) {
        cut(index + 1 + (/^["'”’)]*/.exec(block.slice(index + 1))?.[0].length ?? 0));
      }
    }
    cut(block.length);
    return found;
  });
}

function pieces(text: string, start: number): Sentence[] {
  const lead = text.length - text.trimStart().length;
  const trimmed = text.trim();
  if (!/[\p{L}\d]/u.test(trimmed)) return [];
  if (trimmed.length > longest) {
    const comma = trimmed.lastIndexOf(", ", longest);
    const at = comma > longest / 4 ? comma + 1 : trimmed.lastIndexOf(" ", longest);
    if (at > 0) return [...pieces(trimmed.slice(0, at), start + lead), ...pieces(trimmed.slice(at), start + lead + at)];
  }
  return [{ text: trimmed.replace(/ {2,}/g, " "), start: start + lead, end: start + lead + trimmed.length }];
}

/** Runs of lines that may hold sentences across their breaks. */
function blocks(text: string): [number, number][] {
  const found: [number, number][] = [];
  let open: [number, number] | undefined;
  const widest = Math.max(...text.split("\n").map((line) => line.trimEnd().length));
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
