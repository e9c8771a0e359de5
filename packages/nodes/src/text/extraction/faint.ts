import type { Candidate } from "./candidate.js";
import type { Readings } from "./candidates.js";
import type { Kind } from "./field.js";
import type { Numeral } from "./numerals.js";
import { outside } from "./outside.js";
import { wordsAmid } from "./words-amid.js";

/**
 * Spans that may be values of a kind though hardly anything of their form says so: the sign `faint`. They are there for models to choose
 * from, and nothing else takes them; they part no value from what stands beside it.
 */
export function faintly(kind: Kind, text: string, { numerals }: Pick<Readings, "numerals">, known: readonly Candidate[]): Candidate[] {
  const places = new Set(known.map(({ start, end }) => `${start} ${end}`));
  return mayBe(kind, text, numerals, known)
    .filter(({ start, end }) => !places.has(`${start} ${end}`))
    .map((one) => ({ ...one, signs: { ...one.signs, faint: 1 } }));
}

function mayBe(kind: Kind, text: string, numerals: readonly Numeral[], known: readonly Candidate[]): Candidate[] {
  switch (kind) {
    case "amount":
      return numerals
        .filter(({ start, end, coded, likely, decimals, rest }) => {
          const plain = decimals === 0 && bare.test(text.slice(start, end)) && !rate.test(rest);
          return !coded && (likely || plain);
        })
        .map(({ start, end, value }) => spanAt(text, start, end, value));
    case "number":
      return numerals.filter(({ likely, coded }) => likely && !coded).map(({ start, end, value }) => spanAt(text, start, end, value));
    case "time":
      return [...text.matchAll(clock)]
        .map(({ 0: found, 1: hour = "", 2: minute = "", index }) =>
          spanAt(text, index, index + found.length, `${hour.padStart(2, "0")}:${minute}`),
        )
        .filter(outside(numerals.filter(({ money }) => money)))
        .filter(outside(known));
    case "text":
    case "organisation":
      return wordsAmid(text);
    case "person":
      return known.flatMap((name) => endsOf(text, name));
    default:
      return [];
  }
}

const spanAt = (text: string, start: number, end: number, value: Candidate["value"], signs: Candidate["signs"] = {}): Candidate => ({
  start,
  end,
  text: text.slice(start, end),
  value,
  signs,
});

/** A whole number that is not written as a year. */
const bare = /^(?!(?:19|20)\d\d$)[1-9]\d{0,6}$/;
/** Per cent. */
const rate = /^\s?%/;
/** Hours and minutes with a point between them, without a word that says so. */
const clock = /(?<![\p{L}\d.,:/-])([01]?\d|2[0-3])\.([0-5]\d)(?!\d|[.,:/-]\d|[ \u00a0]?[%\p{Sc}])/gu;

/** The ends of a name of three words and more, whose first may be what its bearer does: `Trooper Judith Ferrant`. */
function endsOf(text: string, { start, end, text: name, signs }: Candidate): Candidate[] {
  const words = name.split(" ");
  return words.slice(1, -1).map((_, i) => {
    const last = words.slice(i + 1).join(" ");
    return spanAt(text, start + name.length - last.length, end, last, signs);
  });
}
