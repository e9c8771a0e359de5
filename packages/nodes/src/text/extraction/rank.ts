import { beside } from "./beside.js";
import type { Candidate } from "./candidate.js";
import { taxEvidence, totalEvidence } from "./evidence.js";
import { labelMatch } from "./label-match.js";
import { linesOf } from "./lines.js";
import type { Sought } from "./sought.js";

export interface Ranked {
  readonly candidate: Candidate;
  /** How much speaks for it; below `enough` nothing does. */
  readonly score: number;
}

/** What a candidate needs to be taken. */
export const enough = 0.4;

/** Which kinds of evidence count. For measuring them apart; default all. */
export interface Evidence {
  readonly labels?: boolean;
  readonly structure?: boolean;
  /** Similarity of each candidate's surroundings to the field, from embeddings. */
  readonly similarity?: ReadonlyMap<Candidate, number>;
  /** Candidates a chat model named. */
  readonly proposed?: ReadonlySet<Candidate>;
}

/** Candidates of one kind, best first, by what stands beside them, what they are, and how they fit one another. */
export function rank(candidates: readonly Candidate[], sought: Sought, text: string, evidence: Evidence = {}): Ranked[] {
  const lines = linesOf(text);
  const { labels = true, structure = true, similarity, proposed } = evidence;
  const tax = structure && sought.concept === "tax" ? taxEvidence(candidates, text) : () => 0;
  const scored = candidates.map((candidate) => {
    let score = candidate.prior;
    if (labels) score += labelScore(candidate, candidates, sought, lines, text);
    if (structure && sought.concept === "total") score += 0.6 * totalEvidence(candidate, candidates);
    score += tax(candidate);
    // Any date of a document may be its date, and the head of one may be who sent it.
    if (structure && sought.concept === "date") score += 0.3;
    if (similarity) score += Math.max(0, (similarity.get(candidate) ?? 0) - 0.2);
    if (proposed?.has(candidate)) score += 0.6;
    return { candidate, score };
  });
  return scored.sort((a, b) => b.score - a.score || a.candidate.start - b.candidate.start);
}

function labelScore(
  candidate: Candidate,
  candidates: readonly Candidate[],
  sought: Sought,
  lines: ReturnType<typeof linesOf>,
  text: string,
): number {
  const around = beside(candidate, candidates, lines, text);
  const best = (phrases: readonly string[]) => Math.max(0, ...around.map(({ text, weight }) => weight * labelMatch(text, phrases)));
  const own = best(sought.own);
  const rival = best(sought.rivals);
  const hint = sought.hints.length ? 0.4 * best(sought.hints) : 0;
  return Math.max(own, hint) - (rival > own ? 0.8 * rival : 0.2 * rival);
}
