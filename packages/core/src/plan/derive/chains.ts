import type { Brief, Card } from "../brief.js";
import { lazily } from "../lazily.js";
import type { Slot } from "../slot.js";
import type { Acting } from "./acting.js";
import { antecedentOf } from "./antecedent.js";
import { type Clause, isNegated } from "./clauses.js";
import { conceptsOf } from "./concepts.js";
import type { Edges, Place, Source } from "./edges.js";
import { memo } from "./memo.js";
import { memoOfTwo } from "./memo-of-two.js";
import { singledOutOf } from "./singled-out.js";
import type { Terms, TermsOf } from "./terms.js";
import { least } from "./weights.js";
import { alike } from "./words.js";

const none: ReadonlySet<string> = new Set();

/** What words are worth for a source that is nothing like its place, which somebody else gives by its name. */
const hardly = 0.3;
/** What it is worth that of several fields of a member the request names one. */
const single = 0.2;
/** Words of a name that also say when or which. */
const generic = lazily(() => new Set(conceptsOf("last first next recent latest new old all other")));

/** Where in a clause what a member makes stands: by the words for it but some, or by one that the member has alone. */
function productIn(
  { said }: Clause,
  words: ReadonlySet<string>,
  but: ReadonlySet<string>,
  alone: ReadonlySet<string>,
): { at: number; pointed: boolean } | undefined {
  const found = said.findLast(({ concept, manner }) => (words.has(concept) && !but.has(concept) && !manner) || alone.has(concept));
  return found && { at: said.lastIndexOf(found), pointed: found.pointed };
}

/** The inputs that could fill a place as well, and no place beside it better: the request can keep them for it. */
function inputsFor(place: Place, source: Source, beside: readonly Slot[], { given }: Brief, { edge }: Edges): Slot[] {
  return Object.values(given).filter((slot) => {
    const here = edge(place, { slot });
    const there = beside.map((one) => edge({ ...place, slot: one }, { slot })?.score ?? Number.NEGATIVE_INFINITY);
    return (
      here &&
      (here.features.argumentNamed ?? 0) >= (edge(place, source)?.features.argumentNamed ?? 0) &&
      there.every((score) => score <= here.score)
    );
  });
}

/** Whether a clause behind others says nothing but what a member does, and as what: `and broadcast at level orange`. */
function isElliptic({ part, said, bare }: Clause, { name, does, fields, labels }: Terms): boolean {
  if (!bare || part.by !== "link") return false;
  const own = new Set([...name, ...does, ...fields.flat(), ...labels]);
  return (
    said.some(({ concept, manner }) => manner || labels.includes(concept) || /^\d/.test(concept)) &&
    said.every(({ concept, manner }, i) => manner || own.has(concept) || said[i - 1]?.manner || /^\d/.test(concept))
  );
}

/** Whether a clause says as what a member, likelier than none to act in it, does something: `in Danish`, `at level orange`. */
function inManner(card: Card, clause: Clause, { members }: Brief, terms: TermsOf, { acts, at, optionIn }: Acting): boolean {
  const { labels } = terms(card);
  const { said } = clause;
  return (
    acts(card, clause) >= Math.max(...members.map((one) => acts(one, clause))) &&
    (said[at(card, clause)]?.manner || said.some(({ concept }) => labels.includes(concept)) || optionIn(card, clause))
  );
}

/** Whether a clause names what one of the others makes. */
function namesField({ said }: Clause, others: readonly Card[], terms: TermsOf): boolean {
  const concepts = new Set(said.map(({ concept }) => concept));
  return others.some((card) => terms(card).fields.some((field) => field.length > 0 && field.every((one) => concepts.has(one))));
}

/** Whether somebody else gives what a place is called, and a source is nothing like it: who is spoken of is not what is read. */
const isOther = (place: Place, source: Source, { members }: Brief, { edge }: Edges): boolean =>
  (edge(place, source)?.affinity ?? 1) < least.affinity &&
  members.some(
    (card) =>
      card !== place.card &&
      card !== source.card &&
      Object.values(card.gives).some((slot) => edge(place, { card, slot })?.features.argumentNamed === 1),
  );

/** From -1 to 1, or a little more: whether the clauses of a request say that a place is filled from a member's field, or from something else. */
export function chainsOf(
  brief: Brief,
  edges: Edges,
  clauses: readonly Clause[],
  terms: TermsOf,
  acting: Acting,
): (place: Place, source: Source) => number {
  const { leads, at } = acting;
  const conceptsIn = memo(conceptsOf);
  const likeIn = memoOfTwo(alike);
  const inputWords = new Set(Object.values(brief.given).flatMap(({ name }) => conceptsIn(name)));
  const described = new Set(Object.values(brief.given).flatMap(({ description }) => conceptsIn(description)));
  const aloneOf = aloneIn(brief.members, terms, new Set([...inputWords, ...described]));
  /** The words for what a member makes. */
  const wordsFor = memoOfTwo((card: Card, slot: Slot) => {
    const { name, does } = terms(card);
    return new Set([...conceptsIn(slot.name), ...name.filter((one) => !generic().has(one)), ...does.slice(0, 1)]);
  });

  /** What is not denied before a clause. */
  const pastOf = memo((clause: Clause) => clauses.slice(0, clauses.indexOf(clause)).filter((one) => !one.part.negated));
  /** Whether a member acted before a clause. */
  const actedBefore = memoOfTwo((card: Card, clause: Clause): boolean => pastOf(clause).some((one) => leads(card, one)));
  const singledOut = singledOutOf(edges, clauses);
  const elliptic = memoOfTwo((card: Card, clause: Clause) => pastOf(clause).length > 0 && isElliptic(clause, terms(card)));
  const manner = memoOfTwo((card: Card, clause: Clause) => inManner(card, clause, brief, terms, acting));
  const othersOf = memo((card: Card) => brief.members.filter((one) => one !== card));
  const othersField = memoOfTwo((clause: Clause, but: Card) => namesField(clause, othersOf(but), terms));
  const antecedent = (card: Card, clause: Clause, outcome: boolean) =>
    antecedentOf(othersOf(card), outcome, pastOf(clause), terms, inputWords, acting);

  /** Whether a clause names what another member has made before it: then `it` or `the one` is that. */
  const namesOther = (clause: Clause, card: Card, maker: Card): boolean =>
    brief.members.some(
      (one) =>
        one !== card &&
        one !== maker &&
        actedBefore(one, clause) &&
        clause.said.some(({ concept }) => terms(one).name.includes(concept) && !terms(card).name.includes(concept)),
    );

  return (place, source) => {
    const { card } = place;
    const maker = source.card;
    if (!card || !maker) return 0;
    const beside = Object.values(card.takes).filter((slot) => slot !== place.slot);
    // What is named for a place beside it is meant for that one.
    if (likeIn(place.slot.name, source.slot.name) < 1 && beside.some(({ name }) => likeIn(name, source.slot.name) === 1)) return 0;
    const alone = beside.every((slot) => !edges.edge({ card, slot }, source));
    const inputs = inputsFor(place, source, beside, brief, edges);
    let score = 0;
    for (const clause of clauses) {
      const own = at(card, clause);
      if (!leads(card, clause) || isNegated(clause, own)) continue;
      const before = actedBefore(maker, clause);
      const acted = actedBefore(card, clause);
      // Before it is at work, what an input is called too is the input.
      const made = productIn(clause, wordsFor(maker, source.slot), before ? none : inputWords, before ? aloneOf(maker) : none);
      const input = inputs.some(({ name }) => conceptsIn(name).some((one) => clause.said.some(({ concept }) => concept === one)));
      // Who acted before is spoken of where another acts now.
      const between = clause.said.some(
        ({ concept }, j) => j > own && j < (made?.at ?? 0) && inputs.some(({ name }) => conceptsIn(name).includes(concept)),
      );
      const direct = alone && !acted && !between && at(maker, clause) > own;
      const led = manner(card, clause) || (made && made.at > own && (made.pointed || before || direct)) || (before && !acted);
      const back = clause.outcome || clause.part.back;
      if (clause.whole && input && !clause.outcome) score = score > 0 ? score : -1;
      else if (made && made.at !== own && led) score = Math.max(score, 1);
      else if (back && !clause.whole && !input && !namesOther(clause, card, maker) && antecedent(card, clause, clause.outcome) === maker)
        score = Math.max(score, 1);
      else if (elliptic(card, clause) && !clause.whole && !input && antecedent(card, clause, true) === maker) score = Math.max(score, 0.6);
      else if (inputs.length > 0 && (input || clause.whole)) score = score > 0 ? score : -1;
      else if (clause.part.back && clause.part.by === "link" && before && !othersField(clause, card)) score = Math.max(score, 0.6);
    }
    if (score > 0 && isOther(place, source, brief, edges)) return hardly * score;
    return score >= 0 && singledOut(place, source) ? score + single : score;
  };
}

/** The words that a member has alone, of those that are not for what is given. */
function aloneIn(members: readonly Card[], terms: TermsOf, given: ReadonlySet<string>): (card: Card) => ReadonlySet<string> {
  const shares = memo((concept: string) => members.filter((card) => terms(card).all.has(concept)).length);
  return memo((card: Card) => new Set([...terms(card).all].filter((one) => shares(one) === 1 && !given.has(one))));
}
