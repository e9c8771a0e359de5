/** A sentence and its place in the text it was taken from: `text.slice(start, end)`, line breaks inside it left as spaces. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const bullet = /^\s*(?:[-*•–]|\d{1,2}[.)])\s+/;
/** Longer runs without a full stop (speech, lists) are cut at commas, so that an embedding model sees all of them. */
export const longest = 400;

/** Characters a look: what Intl.Segmenter finds costs memory by the length of what it is given, each time. */
const look = 1000;
const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
const abbreviation =
  /(?:^|[\s(.])(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|St|Str|No|Nr|vs|etc|ca|cf|bzw|Inc|Ltd|Co|approx|fig|p\.m|a\.m)\.["'”’)]*\s*$/iu;

/**
 * A text's sentences, in order, in any script: where Unicode ends them (UAX 29, by Intl.Segmenter), and before small letters where a
 * word and its full stop end one. Wrapped lines are joined; list items, headings and lines that end a thought stand alone, and
 * abbreviations and decimal points end nothing.
 */
export function sentences(text: string): Sentence[] {
  const small = !/[.!?…]["'”’)]*\s+["'“‘(]?\p{Lu}/u.test(text);
  return blocks(text).flatMap(([start, end]) => {
    // One character for one, so that places stay true.
    const block = text.slice(start, end).replace(/\s/g, " ");
    const cuts = [...new Set([...unicodeEnds(block), ...smallEnds(block, small)])].sort((a, b) => a - b);
    const found: Sentence[] = [];
    let from = 0;
    for (const to of [...cuts.filter((at) => !abbreviation.test(block.slice(Math.max(0, at - 14), at))), block.length]) {
      found.push(...pieces(block.slice(from, to), start + from));
      from = to;
    }
    return found;
  });
}

/** Where Unicode lets a sentence begin. Marks that stand inside addresses and numbers too end one only before a space. */
function* unicodeEnds(block: string): Generator<number> {
  for (let from = 0; from < block.length; ) {
    const [, ...found] = [...segmenter.segment(block.slice(from, from + look))].map(({ index }) => from + index);
    const whole = from + look >= block.length;
    for (const at of found) if (block[at - 1] === " " || !/[.!?…]["'”’)]*$/.test(block.slice(Math.max(from, at - 4), at))) yield at;
    // The last one may go on behind what was looked at.
    from = whole ? block.length : (found.at(-1) ?? from + look);
  }
}

/**
 * Where a sentence begins with a small letter. In a text that begins none with a capital, that is after any mark, otherwise after a word
 * too long to be short for another.
 */
function* smallEnds(block: string, small: boolean): Generator<number> {
  for (const { index, 0: mark } of block.matchAll(/[.!?…]["'”’)]* +(?=["'“‘(]?\p{Ll})/gu)) {
    if (small || mark[0] !== "." || /\p{L}{5}$/u.test(block.slice(Math.max(0, index - 5), index))) yield index + mark.length;
  }
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
  return /[\uD800-\uDBFF]/.test(run.charAt(longest - 1)) ? longest - 1 : longest;
}

const endsThought = /[:\p{Sentence_Terminal}]["'”’)」』]*\s*$/u;

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
      const wrapped = /^\s*\p{Ll}/u.test(line) || (room <= (/^\s*\S+/.exec(line)?.[0].trim().length ?? 0) && !endsThought.test(previous));
      const from = index + (bullet.exec(line)?.[0].length ?? 0);
      if (open && wrapped && !bullet.test(line)) open[1] = index + line.length;
      else found.push((open = [from, index + line.length]));
    }
    previous = line;
  }
  return found;
}
