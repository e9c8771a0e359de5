import { besideEach } from "./beside.js";
import type { Candidate } from "./candidate.js";
import { taxEvidence, totalEvidence } from "./evidence.js";
import { labelMatcher } from "./label-match.js";
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
  const { labels = true, structure = true, similarity, proposed } = evidence;
  const label = labels ? labelScores(candidates, sought, text) : () => 0;
  const total = structure && sought.concept === "total" ? totalEvidence(candidates) : () => 0;
  const tax = structure && sought.concept === "tax" ? taxEvidence(candidates, text) : () => 0;
  const scored = candidates.map((candidate) => {
    let score = candidate.prior + label(candidate) + 0.6 * total(candidate) + tax(candidate);
    // Any date of a document may be its date, and the head of one may be who sent it.
    if (structure && sought.concept === "date") score += 0.3;
    if (similarity) score += Math.max(0, (similarity.get(candidate) ?? 0) - 0.2);
    if (proposed?.has(candidate)) score += 0.6;
    return { candidate, score };
  });
  return scored.sort((a, b) => b.score - a.score || a.candidate.start - b.candidate.start);
}

/** How much what stands beside a candidate speaks for it, less what it says of something else. */
function labelScores(candidates: readonly Candidate[], sought: Sought, text: string): (candidate: Candidate) => number {
  const around = besideEach(candidates, linesOf(text), text);
  const own = labelMatcher(sought.own);
  const rival = labelMatcher(sought.rivals);
  const hint = labelMatcher(sought.hints);
  return (candidate) => {
    const labels = around(candidate);
    const best = (match: (label: string) => number) => labels.reduce((most, { text, weight }) => Math.max(most, weight * match(text)), 0);
    const [ours, theirs] = [best(own), best(rival)];
    return Math.max(ours, 0.4 * best(hint)) - (theirs > ours ? 0.8 : 0.2) * theirs;
  };
}
