import { amounts } from "./amounts.js";
import type { Candidate } from "./candidate.js";
import { dates } from "./dates.js";
import { faintly } from "./faint.js";
import type { Kind } from "./field.js";
import { numbers } from "./numbers.js";
import { type Numeral, numerals } from "./numerals.js";
import { organisations } from "./organisations.js";
import { persons } from "./persons.js";
import { emails, spans } from "./spans.js";
import { times } from "./times.js";

/** What several kinds are read by, found once. */
export interface Readings {
  readonly dates: readonly Candidate[];
  readonly times: readonly Candidate[];
  readonly numerals: readonly Numeral[];
}

/** The readings of a text, each made when first asked for. */
export function readingsOf(text: string): Readings {
  const made: { -readonly [K in keyof Readings]?: Readings[K] } = {};
  return {
    get dates() {
      return (made.dates ??= dates(text));
    },
    get times() {
      return (made.times ??= times(text));
    },
    get numerals() {
      return (made.numerals ??= numerals(text, this));
    },
  };
}

/** The spans of a text that are of a kind, and those that may be, in no order that matters. */
export function candidatesFor(kind: Kind, text: string, readings: Readings): readonly Candidate[] {
  const known = ofForm(kind, text, readings);
  return [...known, ...faintly(kind, text, readings, known)];
}

/** The spans of a text that have a kind's form. */
function ofForm(kind: Kind, text: string, readings: Readings): readonly Candidate[] {
  switch (kind) {
    case "amount":
      return amounts(text, readings.numerals);
    case "number":
      return numbers(text, readings.numerals);
    case "date":
      return readings.dates;
    case "time":
      return readings.times;
    case "email":
      return emails(text);
    case "organisation":
      return organisations(text);
    case "person":
      return persons(text);
    case "text":
      return spans(text, readings);
  }
}
