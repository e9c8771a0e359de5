import type { Candidate } from "./candidate.js";
import type { Kind } from "./field.js";
import type { Ranked } from "./rank.js";
import { shares } from "./shares.js";
import type { Sought } from "./sought.js";
import { enough } from "./weights.js";

/**
 * How likely a value must be, of all a field's candidates and none: where some one in ten of the values given is wrong in
 * texts that nothing was fitted to (`bench/extract/README.md`); and that of kinds of which fewer are.
 */
const likely = 0.85;
const ofKinds: { readonly [K in Kind]?: number } = { text: 0.7, email: 0.8 };
/** The same where a chat model names it, and where a decision model was asked. */
const [asNamed, asChosen] = [0.6, 0.8];
/** The same of a receipt or a bill for what it is known by: a shop, a day, its total and its tax. */
const ofBills: Readonly<Record<string, number>> = { seller: 0.2, date: 0.2, total: 0.55, tax: 0.5 };

function leastShare({ concepts, kind }: Sought, { signs }: Ranked, bill: boolean): number {
  const ofBill = bill ? [...concepts].flatMap((concept) => ofBills[concept] ?? []) : [];
  const usual = signs.chosen === undefined ? (ofKinds[kind] ?? likely) : asChosen;
  return Math.min(usual, ...ofBill, ...(signs.named ? [asNamed] : []));
}

/** A field with its candidates, best first. */
export interface Unsettled {
  readonly field: string;
  readonly sought: Sought;
  readonly ranked: readonly Ranked[];
}

/**
 * Which candidate each field takes: the surest first, each among those that no other has taken. One that is taken still holds as much
 * likelihood as its taker is unsure, so that the next best is not sure for want of it. A span is one field's, except that fields known by
 * the same concepts may share it; what is a person's name is no organisation's. `bill` says that a text is a receipt or a
 * bill.
 */
export function assign(fields: readonly Unsettled[], bill = false): Map<string, Candidate> {
  const taken = new Map<string, { readonly sought: Sought; readonly first: Ranked }>();
  /** How likely it is that a candidate is left to a field: what others have not taken, surely. */
  const left = (wanted: Sought, { start, end }: Candidate) =>
    [...taken.values()].reduce((rest, { sought, first: { candidate, share } }) => {
      const apart = candidate.end <= start || candidate.start >= end || groupOf(sought) !== groupOf(wanted);
      return apart || sameConcepts(sought.concepts, wanted.concepts) ? rest : Math.min(rest, 1 - Math.min(1, share));
    }, 1);
  for (;;) {
    const [next] = fields
      .filter(({ field }) => !taken.has(field))
      .flatMap(({ field, sought, ranked }) => {
        const first = shares(ranked, (candidate) => left(sought, candidate)).find(({ candidate }) => left(sought, candidate) === 1);
        return first && told(first) && !first.open && first.score >= enough && first.share >= leastShare(sought, first, bill)
          ? [{ field, sought, first }]
          : [];
      })
      .sort((a, b) => b.first.share - a.first.share || b.first.score - a.first.score);
    if (!next) return new Map([...taken].map(([field, { first }]) => [field, first.candidate]));
    taken.set(next.field, next);
  }
}

/** What is only faintly of its kind needs a model's word. */
const told = ({ signs }: Ranked) => !signs.faint || signs.named !== undefined || signs.chosen !== undefined;

/** Kinds of which a span is one only. */
const groupOf = ({ kind }: Sought) => (kind === "person" || kind === "organisation" ? "name" : kind);

const sameConcepts = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size > 0 && a.size === b.size && [...a].every((one) => b.has(one));
