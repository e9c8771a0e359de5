import { type Beside, besideEach } from "./beside.js";
import type { Candidate } from "./candidate.js";
import { candidatesFor, type Readings, readingsOf } from "./candidates.js";
import { knownBeside } from "./concepts/known.js";
import type { Kind } from "./field.js";
import { letterParts } from "./letter-parts.js";
import { mailHead } from "./mail-head.js";
import { alternatives, endsOf } from "./one-of-two.js";
import { outer } from "./outer.js";
import { type Prose, proseOf } from "./prose.js";
import { rangeEnds } from "./ranges.js";
import { scopesOf } from "./scopes.js";
import { toldBy } from "./told.js";

/** The spans of a text that are of a kind, with what stands beside each and what that means; looked at once for all fields. */
export interface Survey {
  readonly kind: Kind;
  readonly text: string;
  readonly candidates: readonly Candidate[];
  beside(candidate: Candidate): readonly Beside[];
  /** How well what stands beside a candidate reads as each concept of the kind. */
  meant(candidate: Candidate): ReadonlyMap<string, number>;
  /** How much of what is said of a field stands near each candidate. */
  told(said: string): ReadonlyMap<Candidate, number>;
  /** Whether a word near a candidate has one of these meanings. */
  says(candidate: Candidate, meanings: ReadonlySet<number>): boolean;
  /** Where the head of a mail ends. */
  readonly headEnds: number;
  /** Which end of a range a candidate is: 1 the first, -1 the second. */
  rangeEnd(candidate: Candidate): 1 | -1 | undefined;
  /** Whether a candidate is said as one of two values, or as an end of what may be: `10 or 12`, `between 10 and 12`. */
  oneOfTwo(candidate: Candidate): "alternative" | "end" | undefined;
  /** Whose place in a letter a candidate's line is. */
  placeOf(candidate: Candidate): "addressee" | "sender" | undefined;
}

/** How well the label of a name must read. */
const wellRead = 0.71;

export function surveyOf(
  kind: Kind,
  text: string,
  readings: Readings = readingsOf(text),
  prose: Prose = proseOf(text),
  candidates: readonly Candidate[] = outer([...candidatesFor(kind, text, readings)].sort((a, b) => a.start - b.start)),
): Survey {
  // What hardly looks like a value parts no value from its label: `Gate` itself may be a name.
  const firm = candidates.filter(({ signs }) => !signs.faint);
  const around = remembered(besideEach(kind, firm, prose.lines, text));
  const judge = knownBeside(kind);
  // Labels are misread on receipts; beside names a word that is like one is mostly another.
  const least = kind === "organisation" || kind === "person" || kind === "text" ? wellRead : 0;
  const meant = (candidate: Candidate) => {
    const found = new Map<string, number>();
    for (const { text, weight, behind } of around(candidate)) {
      for (const [concept, much] of judge(text, behind))
        if (much >= least) found.set(concept, Math.max(found.get(concept) ?? 0, weight * much));
    }
    return found;
  };
  const scopes = remembered(scopesOf(kind, prose, firm));
  const told = toldBy(prose, candidates, scopes);
  const ranges = ["date", "time", "amount", "number"].includes(kind) ? rangeEnds(text, firm) : new Map();
  const rangeEnd = (candidate: Candidate) => ranges.get(candidate);
  const oneOfTwo = oneOfTwoIn(kind, text, readings);
  const says = (candidate: Candidate, wanted: ReadonlySet<number>) =>
    scopes(candidate).some(([from, to]) =>
      prose.within(from, to).some(({ text }) => [...(prose.meanings.get(text) ?? [])].some((one) => wanted.has(one))),
    );
  const letter = kind === "person" || kind === "organisation" ? letterParts(prose.lines) : new Map();
  const placeOf = ({ start }: Candidate) => letter.get(prose.lines[prose.lineAt(start)]?.start ?? -1);
  return {
    kind,
    text,
    candidates,
    beside: around,
    meant: remembered(meant),
    told: remembered(told),
    says,
    headEnds: mailHead(prose.lines),
    rangeEnd,
    oneOfTwo,
    placeOf,
  };
}

function oneOfTwoIn(kind: Kind, text: string, readings: Readings): Survey["oneOfTwo"] {
  const numeric = kind === "amount" || kind === "number";
  const values = numeric ? readings.numerals : kind === "date" ? readings.dates : kind === "time" ? readings.times : [];
  const starts = (spans: ReadonlySet<{ readonly start: number }>) => new Set([...spans].map(({ start }) => start));
  const either = starts(alternatives(text, values));
  // Of days and times the first is when something is; of what else goes from one to another either may be meant.
  const ends = numeric ? starts(endsOf(text, values)) : new Set<number>();
  return ({ start }) => (either.has(start) ? "alternative" : ends.has(start) ? "end" : undefined);
}

function remembered<K, V extends object>(of: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key) ?? of(key);
    known.set(key, found);
    return found;
  };
}
