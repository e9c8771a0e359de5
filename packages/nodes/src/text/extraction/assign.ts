import type { Candidate } from "./candidate.js";
import type { Ranked } from "./rank.js";
import type { Sought } from "./sought.js";
import { enough } from "./weights.js";

/** How likely a value must be; less where it is known by what a document is, as a receipt has a shop, a day and a total. */
const [likely, asDocument] = [0.55, 0.2];
const ofDocuments = ["seller", "total", "date"];
const leastShare = ({ concepts }: Sought) => (ofDocuments.some((concept) => concepts.has(concept)) ? asDocument : likely);

/**
 * Which candidate each field takes: the surest pair first. A span is one field's, except that fields known by the same concepts may share
 * it; a field whose best is another's takes its next best, where enough speaks for that.
 */
export function assign(
  best: Readonly<Record<string, readonly Ranked[]>>,
  sought: Readonly<Record<string, Sought>>,
): Map<string, Candidate> {
  const pairs = Object.entries(best).flatMap(([field, ranked]) =>
    ranked
      .filter(({ score, share }) => score >= enough && share >= leastShare(sought[field]!))
      .map(({ candidate, score, share }) => ({ field, candidate, score, share })),
  );
  const taken = new Map<string, Candidate>();
  const owners = new Map<string, string>();
  for (const { field, candidate } of pairs.sort((a, b) => b.share - a.share || b.score - a.score)) {
    const { kind, concepts } = sought[field]!;
    const span = `${kind} ${candidate.start} ${candidate.end}`;
    const owner = owners.get(span);
    if (taken.has(field) || (owner !== undefined && !sameConcepts(sought[owner]!.concepts, concepts))) continue;
    taken.set(field, candidate);
    owners.set(span, owner ?? field);
  }
  return taken;
}

const sameConcepts = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size > 0 && a.size === b.size && [...a].every((one) => b.has(one));
