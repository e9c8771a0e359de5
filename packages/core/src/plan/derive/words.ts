const empty = new Set(
  "a an and any are as at be by can does each for from has have in into is it its not of on one or other our out say some so than that the their them they this to was we what which who will with you your".split(
    " ",
  ),
);

/** The words of a name or a sentence that mean something, without endings: `readPages` and `reads a page` share two. */
export function wordsOf(text: string): string[] {
  const split = text.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return (split.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !empty.has(word)).map(stem);
}

/** A word without its commonest English endings: what makes a quality of it (`loudness`), the plural, then those of verbs. */
export function stem(spelt: string): string {
  const word = ofEither(spelt).replace(/(?<=\p{L}{4})ness$/u, "");
  const one = word.length > 3 && !/(ss|us|is)$/.test(word) ? word.replace(/ies$/, "y").replace(/s$/, "") : word;
  const bare = one.replace(/([bgmnprt])\1(?:ing|ed|er)$/, "$1").replace(/(?:ing|er|ed|e)$/, "");
  return bare.length >= 3 ? bare : one;
}

/** A word as both spellings of English have it: `colour` is `color`, `center` is `centre`, `organize` is `organise`. */
const ofEither = (word: string): string =>
  word
    .replace(/(?<=\p{L}{2}[iy])z(?=\p{L})/u, "s")
    .replace(/(?<=\p{L}{3})our(?=(?:s|ed|ing|ite|ites|ful|able|al|hood|hoods)?$)/u, "or")
    .replace(/^(cen|(?:kilo|centi|milli)?me|li|thea)ter(?=s?$)/u, "$1tre")
    .replace(/(?<=\p{L}{3}log)ue(?=s?$)/u, "")
    .replace(/(?<=program)me(?=s?$)/u, "");

/** How alike two names are, from 0 to 1: 1 where only case, separators or a plural tell them apart. */
export function alike(a: string, b: string): number {
  const one = wordsOf(a);
  const other = wordsOf(b);
  if (one.join() === other.join()) return 1;
  const shared = one.filter((word) => other.includes(word)).length;
  return one.length && other.length ? (0.8 * 2 * shared) / (one.length + other.length) : 0;
}

/** A name as one would say it: `trackingNo` is "tracking no". */
export const spoken = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase();

/** Whether a text names a thing, by all words of its name; `orderNo` is an order number. */
export function mentions(text: string, name: string): boolean {
  const words = wordsOf(name.replace(/(?<=[\p{L}\d])(?:_(?:no|nr)|N[or])$/u, " number"));
  if (words.length === 0 || text === "") return false;
  const said = new Set(wordsOf(text));
  return words.every((word) => said.has(word));
}
