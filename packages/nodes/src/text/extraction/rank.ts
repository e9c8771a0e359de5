import type { Candidate } from "./candidate.js";
import { akin } from "./concepts/akin.js";
import { type Form, formOf } from "./forms.js";
import type { Sought } from "./sought.js";
import type { Survey } from "./survey.js";
import { taxEvidence } from "./tax-evidence.js";
import { totalEvidence } from "./total-evidence.js";
import { type Signs, scoreOf, weights } from "./weights.js";

export interface Ranked {
  readonly candidate: Candidate;
  readonly signs: Signs;
  /** How much speaks for it; below `enough` nothing does. */
  readonly score: number;
}

/** What others say of a field's candidates. */
export interface Evidence {
  /** Similarity of each candidate's surroundings to the field, from embeddings. */
  readonly similarity?: ReadonlyMap<Candidate, number>;
  /** Candidates a chat model named. */
  readonly proposed?: ReadonlySet<Candidate>;
}

/** The candidates of a field's kind, best first, by what stands beside them, what they are, and how they fit one another. */
export function rank(survey: Survey, sought: Sought, { similarity, proposed }: Evidence = {}): Ranked[] {
  const own = ownSigns(survey, sought);
  const scored = survey.candidates.map((candidate) => {
    const beside = labelSigns(survey, sought, candidate);
    const signs: Signs = {
      ...candidate.signs,
      ...own(candidate, beside),
      ...beside,
      similar: Math.max(0, (similarity?.get(candidate) ?? 0) - 0.2),
      proposed: proposed?.has(candidate) ? 1 : 0,
    };
    return { candidate, signs, score: scoreOf(signs) };
  });
  return scored.sort((a, b) => b.score - a.score || a.candidate.start - b.candidate.start);
}

/** What a candidate is to a field of its kind, by itself and among the others. */
function ownSigns(survey: Survey, sought: Sought): (candidate: Candidate, beside: Signs) => Signs {
  const { kind, candidates, text } = survey;
  const { concepts } = sought;
  const total = concepts.has("total") ? totalEvidence(survey) : () => ({});
  const tax = concepts.has("tax") ? taxEvidence(candidates, text) : () => 0;
  const form = formOf(sought);
  const sole = soleOf(survey, form);
  return (candidate, beside): Signs => {
    const { signs } = candidate;
    const only = sole(candidate) && !beside.rival;
    switch (kind) {
      case "text": {
        const fits = formOfSigns(signs) === form || (form === "address" && signs.labelled === 1);
        return { ...(fits ? { formed: 1 } : { misformed: 1 }), ...(only && (form === "phone" || form === "address") && { sole: 1 }) };
      }
      case "organisation":
        // The head of a document is whoever sent it, which may be none of those who are called something else.
        return {
          head: (signs.head ?? 0) * (concepts.has("seller") ? 1 : 0.2),
          within: sought.own(candidate.text),
          ...(only && !(concepts.has("seller") && signs.head) && { soleTrade: 1 }),
        };
      case "person":
        return only ? { [sought.general ? "sole" : "soleName"]: 1 } : {};
      default:
        return {
          ...total(candidate),
          taxed: tax(candidate),
          // Any date of a document may be its date.
          dated: concepts.has("date") ? 1 : 0,
          ...(only && { [sought.general ? "sole" : "soleToo"]: 1 }),
        };
    }
  };
}

/** Whether a candidate is the only one that may well be what its kind is. */
function soleOf({ kind, candidates }: Survey, form: Form): (candidate: Candidate) => boolean {
  const may = ({ signs }: Candidate) => {
    switch (kind) {
      case "text":
        return formOfSigns(signs) === form;
      case "organisation":
        return (signs.legal ?? signs.trade ?? 0) > 0 && !signs.address && !signs.called;
      case "person":
        return (signs.fullName ?? signs.titled ?? 0) > 0 && !signs.company && !signs.street && !signs.called;
      default:
        return true;
    }
  };
  const values = new Set(candidates.filter(may).map(({ value }) => value));
  return (candidate) => values.size === 1 && may(candidate);
}

const formOfSigns = (signs: Signs): Form | undefined => (signs.code ? "code" : signs.phone ? "phone" : signs.postal ? "address" : "words");

const akinTo = weights.akin / weights.label;

/** What stands beside a candidate and says what it is, or that it is something else. */
function labelSigns(survey: Survey, { concepts, own, others }: Sought, candidate: Candidate): Signs {
  let [ours, near, theirs] = [0, 0, 0];
  for (const { text, weight, behind } of survey.beside(candidate)) {
    ours = Math.max(ours, weight * own(text, behind));
    theirs = Math.max(theirs, weight * others(text, behind));
  }
  const kin = new Set([...concepts].flatMap((concept) => akin[concept] ?? []));
  for (const [concept, much] of survey.meant(candidate)) {
    if (concepts.has(concept)) ours = Math.max(ours, much);
    else if (kin.has(concept)) near = Math.max(near, much);
    else theirs = Math.max(theirs, much);
  }
  const label = near * akinTo > ours ? { akin: near } : { label: ours };
  return { ...label, [theirs > Math.max(ours, near) ? "rival" : "rivalToo"]: theirs };
}
