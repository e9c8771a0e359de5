import type { Candidate } from "./candidate.js";
import type { Ranked } from "./rank.js";
import { shares } from "./shares.js";
import type { Sought } from "./sought.js";
import { enough } from "./weights.js";

/** How likely a value must be, of all a field's candidates and none: `bench/extract/sure.mjs` shows what other bars make of the bench's texts. */
const likely = 0.7;
/** The same where a chat model names it. */
const asNamed = 0.55;
/** The same of a receipt or a bill for what it is known by: a shop, a day and its tax. */
const ofBills: Readonly<Record<string, number>> = { seller: 0.2, date: 0.2, tax: 0.55 };

function leastShare({ concepts }: Sought, { signs }: Ranked, bill: boolean): number {
  const ofBill = bill ? [...concepts].flatMap((concept) => ofBills[concept] ?? []) : [];
  return Math.min(likely, ...ofBill, ...(signs.named ? [asNamed] : []));
}

/**
 * Which candidate each field takes: the surest first, each among those that no other has taken. A span is one field's, except that
 * fields known by the same concepts may share it; what is a person's name is no organisation's. `bill` says that a text is a receipt or a
 * bill.
 */
export function assign(
  best: Readonly<Record<string, readonly Ranked[]>>,
  sought: Readonly<Record<string, Sought>>,
  bill = false,
): Map<string, Candidate> {
  const taken = new Map<string, Candidate>();
  const isFree = (field: string, { start, end }: Candidate) =>
    [...taken].every(
      ([other, one]) =>
        one.end <= start ||
        one.start >= end ||
        groupOf(sought[other]!) !== groupOf(sought[field]!) ||
        sameConcepts(sought[other]!.concepts, sought[field]!.concepts),
    );
  for (;;) {
    const next = Object.keys(best)
      .filter((field) => !taken.has(field))
      .flatMap((field) => {
        const [first] = shares(best[field]!.filter(({ candidate }) => isFree(field, candidate)));
        return first && first.score >= enough && first.share >= leastShare(sought[field]!, first, bill) ? [{ field, ...first }] : [];
      })
      .sort((a, b) => b.share - a.share || b.score - a.score)[0];
    if (!next) return taken;
    taken.set(next.field, next.candidate);
  }
}

/** Kinds of which a span is one only. */
const groupOf = ({ kind }: Sought) => (kind === "person" || kind === "organisation" ? "name" : kind);

const sameConcepts = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size > 0 && a.size === b.size && [...a].every((one) => b.has(one));
