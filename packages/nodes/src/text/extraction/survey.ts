import { type Beside, besideEach } from "./beside.js";
import type { Candidate } from "./candidate.js";
import { candidatesFor, type Readings, readingsOf } from "./candidates.js";
import { knownBeside } from "./concepts/known.js";
import type { Kind } from "./field.js";
import { linesOf } from "./lines.js";
import { outer } from "./outer.js";

/** The spans of a text that are of a kind, with what stands beside each and what that means; looked at once for all fields. */
export interface Survey {
  readonly kind: Kind;
  readonly text: string;
  readonly candidates: readonly Candidate[];
  beside(candidate: Candidate): readonly Beside[];
  /** How well what stands beside a candidate reads as each concept of the kind. */
  meant(candidate: Candidate): ReadonlyMap<string, number>;
}

/** How well the label of a name must read. */
const wellRead = 0.71;

export function surveyOf(kind: Kind, text: string, readings: Readings = readingsOf(text)): Survey {
  const candidates = outer([...candidatesFor(kind, text, readings)].sort((a, b) => a.start - b.start));
  const around = remembered(besideEach(kind, candidates, linesOf(text), text));
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
  return { kind, text, candidates, beside: around, meant: remembered(meant) };
}

function remembered<K, V>(of: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.has(key) ? known.get(key)! : of(key);
    known.set(key, found);
    return found;
  };
}
