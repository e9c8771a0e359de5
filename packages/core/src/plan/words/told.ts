import { wordsOf } from "../derive/words.js";
import type { WordsIn } from "./words-for.js";

/** A part taken apart: what is new in it, and the words by which it speaks of what came before. */
export interface Told {
  readonly fresh: string;
  readonly spoken: readonly string[];
}

/** With these begins what has been spoken of before. */
const definite =
  /^(?:the|that|this|these|those|its|their|his|her|both|der|die|das|den|dem|des|diese[rnms]?|el|la|los|las|es[ao]s?|est[ae]s?|dich[ao]s?)$/i;
/** Words that say of what came before only that it is one. */
const vague = new Set(
  "amount result value data list text file output information detail one same resulting ergebnis betrag wert resultado valor"
    .split(" ")
    .flatMap(wordsOf),
);

/**
 * A part without what an earlier one has spoken of already, such as `the converted amount`.
 *
 * @example
 * told("encrypt the lyrics with a key", new Set(["lyric"])); // { fresh: "encrypt with a key", spoken: ["lyric"] }
 */
export function told(text: string, earlier: ReadonlySet<string>, wordsIn: WordsIn = wordsOf): Told {
  if (earlier.size === 0) return { fresh: text, spoken: [] };
  const words = text.split(/\s+/);
  const kept: string[] = [];
  const spoken: string[] = [];
  let next = 0;
  for (const [i, word] of words.entries()) {
    if (i < next) continue;
    next = i + 1 + (definite.test(word) ? oldFrom(words, i + 1, earlier, wordsIn) : 0);
    if (next > i + 1) spoken.push(...words.slice(i + 1, next).flatMap(wordsIn));
    else kept.push(word);
  }
  return { fresh: kept.join(" "), spoken };
}

/** How many words from here on name what was spoken of. */
function oldFrom(words: readonly string[], from: number, earlier: ReadonlySet<string>, wordsIn: WordsIn): number {
  let old = false;
  for (let i = from; ; i++) {
    const stems = wordsIn(words[i] ?? "");
    const known = stems.length > 0 && stems.every((one) => earlier.has(one) || vague.has(one));
    if (!known) return old ? i - from : 0;
    old ||= stems.some((one) => earlier.has(one));
  }
}
