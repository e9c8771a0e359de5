import type { Span } from "../quoted.js";

const before = 40;
const from = /(?<![\p{L}\d])(?:from|out of|aus|aus dem|vom|von|del|desde(?: el)?)\s*(?:the |original )?$/iu;
/** `The note is in Danish`: `it is to be in Danish` asks for it. */
const is =
  /(?<![\p{L}\d])(?:is|was|are|were|comes?|ist|war|sind|kommt|est[aá]n?|viene) (?:already |only |schon |nur |ya |written )?(?:in|auf|en)\s*$/iu;
/** `Into anything but Danish`. */
const but = /(?<![\p{L}\d])(?:but|except|other than|außer|excepto|salvo)(?: (?:in|into|ins|auf|al))?\s*$/iu;

/**
 * Whether a language is the one that something comes in, or may not go into, so that it is none to put it into: `from Danish`, `the note is
 * in Danish`, `the Danish note`, of things that are called `note`.
 */
export function comesIn(text: string, { start, end }: Span, things: readonly string[]): boolean {
  const front = text.slice(Math.max(0, start - before), start);
  const back = text.slice(end, end + before);
  if (from.test(front) || is.test(front) || but.test(front)) return true;
  // `De inglés a francés`
  if (/(?<![\p{L}\d])de\s*$/iu.test(front) && /^\s+al?(?![\p{L}\d])/iu.test(back)) return true;
  const [, next] = /^[ -]([\p{L}\d]+)/u.exec(back) ?? [];
  return (
    next !== undefined && /(?<![\p{L}\d])(?:the|this|that|my|our|his|her|their)\s+$/iu.test(front) && things.includes(next.toLowerCase())
  );
}
