/** Letters that a word has at the most; a longer one is unknown as a whole. */
const longestWord = 100;
const ideographs = /\p{Script=Han}/u;
/** BERT takes all of ASCII's signs for punctuation, `$` and `^` too. */
const punctuation = /[\p{P}!-/:-@[-`{-~]/u;
const special = /^\[(PAD|UNK|CLS|SEP|MASK)\]$/;

/** BERT's uncased tokenizer (Wu et al. 2016 for the pieces): a text as ids, and ids as a text. */
export interface WordPiece {
  encode(text: string): number[];
  /** Special tokens, and ids beyond the vocabulary, are left out. */
  decode(ids: readonly number[]): string;
}

export function wordPiece(tokens: readonly string[]): WordPiece {
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const unknown = tokens.indexOf("[UNK]");
  return {
    encode: (text) => words(text).flatMap((word) => pieces(word, ids) ?? [unknown]),
    decode(all) {
      const known = all.map((id) => tokens[id]).filter((token) => token !== undefined && !special.test(token));
      return tidy(known.join(" ").replaceAll(" ##", "")).trim();
    },
  };
}

/** Lower case, without accents and control characters, apart at spaces, punctuation and ideographs. */
function words(text: string): string[] {
  const plain = text
    .replace(/[\t\n\r]/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\uFFFD]/gu, "")
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "");
  return [...plain]
    .map((letter) => (ideographs.test(letter) || punctuation.test(letter) ? ` ${letter} ` : letter))
    .join("")
    .split(/\s+/u)
    .filter((word) => word !== "");
}

/** The longest pieces from the left; undefined where a word is not made of any. */
function pieces(word: string, ids: ReadonlyMap<string, number>): number[] | undefined {
  const letters = [...word];
  if (letters.length > longestWord) return undefined;
  const found: number[] = [];
  for (let start = 0; start < letters.length; ) {
    let end = letters.length;
    let id: number | undefined;
    for (; end > start; end--) {
      id = ids.get((start > 0 ? "##" : "") + letters.slice(start, end).join(""));
      if (id !== undefined) break;
    }
    if (id === undefined) return undefined;
    found.push(id);
    start = end;
  }
  return found;
}

/** What the reference tidies of English text that was put together of pieces. */
const tidy = (text: string): string =>
  text
    .replace(/ ([.?!,])/g, "$1")
    .replaceAll(" ' ", "'")
    .replace(/ (n't|'m|'s|'ve|'re)/g, "$1");
