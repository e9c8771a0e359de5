/** Scripts that put no spaces between words, of which one token may hold a few characters. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
/** The same character over and over, of which one token may hold dozens. */
const run = /(.)\1{4,}/gu;
/** Characters of such a script, and of any other word, that the longest tokens in use hold. */
const most = { unspaced: 8, word: 24 } as const;

/**
 * Tokens that a text takes at the least, by any tokenizer in use: none goes past a space, so each word is one or more, and none is longer than a
 * known bound. Most texts are a third more; whoever refuses by this number refuses nothing that fits.
 *
 * @example
 * leastTokens("What is it about?"); // 4
 */
export function leastTokens(text: string): number {
  let tokens = 0;
  for (const [written] of text.matchAll(/\S+/g)) {
    const word = written.replace(run, "$1");
    const dense = word.match(unspaced)?.length ?? 0;
    tokens += Math.max(1, Math.floor(dense / most.unspaced) + Math.floor((word.length - dense) / most.word));
  }
  return tokens;
}
