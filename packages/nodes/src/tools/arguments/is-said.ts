import { literalsIn } from "@troupe/core";
import { condensed, type Said } from "./said.js";
import { alike, wordsOf } from "./words-said.js";

const instant = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:\d\d)?$/;

/** One word with slashes or an ending: of such a thing half of its words are another one. */
const path = /^(?=\S*\p{L})(?:\S*[\\/]\S*|\S+\.\p{L}[\p{L}\p{N}]{1,4})$/u;
/** Words with slashes between them, each of which may be said by itself: `USD/EUR`. */
const sides = /^\p{L}+(?:\/\p{L}+)+$/u;

/**
 * Whether a request says a text: as it stands, or half of its words in some form. What figures it has, and what addresses, have to be in the
 * request, so that no digit is another one; a path or a file's name has to stand in it as a whole, and of `USD/EUR` each word.
 */
export function isSaid(text: string, said: Said): boolean {
  const whole = condensed(text);
  if (!whole) return false;
  if (standsIn(whole, said)) return true;
  if (path.test(text.trim())) return sides.test(text.trim()) && wordsOf(text).every((word) => said.words.includes(word));
  const [, day, time] = instant.exec(text) ?? [];
  if (day && time) return said.dates.includes(day) && said.times.includes(time);
  const rest = withoutFigures(text, said);
  if (rest === undefined) return false;
  const words = wordsOf(rest);
  const known = words.filter((word) => said.words.some((other) => isForm(word, other, said)));
  if (words.length === 1)
    return known.length === 1 || (whole.length > 3 && said.starts.some((start) => said.condensed.startsWith(whole, start)));
  return known.length * 2 >= words.length;
}

/** Whether letters and digits stand in a request, from the beginning of a word to the end of one. */
function standsIn(whole: string, { condensed: all, starts }: Said): boolean {
  return starts.some(
    (start) => all.startsWith(whole, start) && (start + whole.length === all.length || starts.includes(start + whole.length)),
  );
}

/** A text less the figures that a request says, be it in another form (`7pm` is `19:00`); undefined where it has others, or other addresses. */
function withoutFigures(text: string, said: Said): string | undefined {
  const literals = literalsIn(text);
  if (literals.some(({ kind, text: one }) => (kind === "email" || kind === "url") && !standsIn(condensed(one), said))) return undefined;
  const known = literals.filter(({ kind, value, text }) => {
    if (kind === "number") return said.numbers.some((one) => one.value === value && isSpelt(one, text, said));
    return (kind === "day" && said.dates.includes(String(value))) || (kind === "time" && said.times.includes(String(value)));
  });
  const rest = known.reduce((left, { start, end }) => left.slice(0, start) + " ".repeat(end - start) + left.slice(end), text);
  return wordsOf(rest).every((word) => !/\p{N}/u.test(word) || said.words.includes(word)) ? rest : undefined;
}

/** Whether a number is written as a request writes it where either begins with a zero, as codes do: `00123` is not `123`. */
function isSpelt({ start, end }: Said["numbers"][number], text: string, said: Said): boolean {
  const own = said.text.slice(start, end);
  return own === text || ![own, text].some((one) => /^0\d/.test(one));
}

/** Whether a word is a form of one that a request says; of one in a name no more than its beginning, or longer: `Jonah` is not `Jonas`. */
const isForm = (word: string, other: string, { names }: Said): boolean =>
  alike(word, other) && (!names.has(other) || word.startsWith(other) || other.startsWith(word));
