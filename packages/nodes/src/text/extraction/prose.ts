import { type Sentence, sentences } from "../sentences.js";
import { meaningsOf } from "./concepts/meanings.js";
import { firstFrom } from "./first-from.js";
import { type Line, linesOf } from "./lines.js";
import { plain } from "./plain.js";

/** A word of a text, as it is compared, with its place. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A text as words, lines and sentences, looked at once for all fields. */
export interface Prose {
  readonly text: string;
  readonly words: readonly Word[];
  readonly lines: readonly Line[];
  /** The number of the line that a place stands in. */
  lineAt(place: number): number;
  /** The sentence that a stretch lies in, if one does. */
  sentenceOf(start: number, end: number): Sentence | undefined;
  /** The words between two places. */
  within(from: number, to: number): readonly Word[];
  /** What each different word means. */
  readonly meanings: ReadonlyMap<string, ReadonlySet<number>>;
}

/** Scripts that part no words are apart from the digits among them. */
const word = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|[\p{L}\p{M}\p{N}]+/gu;
/** The article that Arabic writes on a word. */
const article = /^(?:وال|بال|ال|لل)(?=\p{L}{3})/u;

/** The words of a text, as they are compared. */
export const wordsOf = (text: string): Word[] =>
  [...text.matchAll(word)].map(({ 0: found, index }) => ({
    text: plain(found).replace(article, ""),
    start: index,
    end: index + found.length,
  }));

export function proseOf(text: string): Prose {
  const [words, lines, said] = [wordsOf(text), linesOf(text), sentences(text)];
  const startsOf = (all: readonly { readonly start: number }[]) => all.map(({ start }) => start);
  const [wordStarts, lineStarts, saidStarts] = [startsOf(words), startsOf(lines), startsOf(said)];
  let meanings: ReadonlyMap<string, ReadonlySet<number>> | undefined;
  return {
    text,
    words,
    lines,
    lineAt: (place) => firstFrom(lineStarts, place + 1) - 1,
    sentenceOf: (start, end) => {
      const found = said[firstFrom(saidStarts, start + 1) - 1];
      return found && end <= found.end ? found : undefined;
    },
    within: (from, to) => words.slice(firstFrom(wordStarts, from), firstFrom(wordStarts, to)),
    get meanings() {
      return (meanings ??= new Map([...new Set(words.map(({ text }) => text))].map((word) => [word, meaningsOf(word)])));
    },
  };
}
