import { concepts } from "../extraction/concepts/concepts.js";
import type { Kind } from "../extraction/field.js";
import { plain } from "../extraction/plain.js";

/** How far before a value what stands beside it is looked for, and how many words it has at the most. */
const [reach, most] = [48, 4];
/** Letters of a word that joins a value to what stands beside it. */
const short = 3;

const blankless = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]+$/u;

/** A test for a place in a text having, right before it, one of the phrases of some concepts or of others that are given; `joined` where a short word may stand between. */
export function besideOf(kind: Kind, names: readonly string[], more = "", joined = false): (text: string, at: number) => boolean {
  let phrases: ReadonlySet<string> | undefined;
  let glued: RegExp | undefined;
  return (text, at) => {
    const known = (phrases ??= new Set(
      [...names.flatMap((name) => concepts.get(kind)?.get(name) ?? []), ...more.split(",")].map(plain).filter(Boolean),
    ));
    // In scripts without blanks it ends the word before, with a particle or without: `我的电话`, `電話は`.
    glued ??= new RegExp(`(?:${[...known].filter((one) => blankless.test(one)).join("|") || "(?!)"})[はがの是为為는은]?$`, "u");
    const words = plain(text.slice(Math.max(0, at - reach), at)).split(" ");
    const says = (all: readonly string[]) =>
      Array.from({ length: most }, (_, i) => all.slice(-i - 1).join(" ")).some((said) => known.has(said));
    // A short word may join them: `geb. am 30.01.1991`.
    return (
      says(words) ||
      glued.test(words.at(-1) ?? "") ||
      (joined && (words.at(-1)?.length ?? 0) <= short && words.length > 1 && says(words.slice(0, -1)))
    );
  };
}
