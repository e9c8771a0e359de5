import type { Brief, Card } from "../brief.js";
import type { Acting } from "./acting.js";
import { type Clause, isNegated } from "./clauses.js";
import { conceptsOf } from "./concepts.js";
import type { Edges, Place, Source } from "./edges.js";
import { memo } from "./memo.js";
import { memoOfTwo } from "./memo-of-two.js";
import type { Terms } from "./terms.js";
import { alike } from "./words.js";

/** From -1 to 1: whether the clauses of a request say that a place is filled from a member's field, or from something else. */
export function chainsOf(
  brief: Brief,
  edges: Edges,
  clauses: readonly Clause[],
  cards: ReadonlyMap<Card, Terms>,
  { acts: actsIn, leads, at, optionIn }: Acting,
): (place: Place, source: Source) => number {
  const conceptsIn = memo(conceptsOf);
  const likeIn = memoOfTwo(alike);
  const inputWords = new Set(Object.values(brief.given).flatMap(({ name }) => conceptsIn(name)));
  /** How many members have a word. */
  const shares = memo((concept: string) => [...cards.values()].filter(({ all }) => all.has(concept)).length);

  /** Where what a member makes stands in a clause, by its name, or, where the member is at work `before`, by a word of its alone. */
  function product({ card, slot }: Source, { said }: Clause, before: boolean): { at: number; pointed: boolean } | undefined {
    if (!card) return undefined;
    const { name, does, all } = cards.get(card)!;
    const own = new Set([...conceptsIn(slot.name), ...name, ...does.slice(0, 1)]);
    let found = -1;
    for (const [i, { concept, manner }] of said.entries())
      if (
        (own.has(concept) && !manner && (before || !inputWords.has(concept))) ||
        (before && all.has(concept) && shares(concept) === 1 && !inputWords.has(concept))
      )
        found = i;
    return found < 0 ? undefined : { at: found, pointed: said[found]!.pointed };
  }

  /** What a clause's `it` or `the result` stands for: what the clauses before it last named or made; undefined where that is an input. */
  function antecedent(clause: Clause, past: readonly Clause[], place: Place): Card | undefined {
    for (const one of [...past].reverse()) {
      const leading = brief.members.filter((card) => card !== place.card && leads(card, one));
      // What comes out is of who acts there first, not of who is spoken of: `make the rhymed version singable`.
      const fresh = clause.outcome ? leading.filter((card) => !actedBefore(card, one)) : [];
      const makers = fresh.length > 0 ? fresh : leading;
      // Who asks something of `it` makes nothing that the next `it` could be.
      if (!clause.outcome && one.part.question && one.part.back && !one.outcome) continue;
      for (const { concept, from } of [...one.said].reverse()) {
        if (!clause.outcome && inputWords.has(concept) && !from) return undefined;
        const maker = makers.find((card) => cards.get(card)!.fields.some((field) => field.includes(concept)));
        if (maker) return maker;
      }
      // The head of what is made stands first: `a warning of the hazard`.
      const rank = (card: Card) => actsIn(card, one) - 0.001 * at(card, one);
      if (clause.outcome && makers.length > 0) return makers.reduce((a, b) => (rank(b) > rank(a) ? b : a));
    }
    return undefined;
  }

  /** Whether a clause names what another member has made before it: then `it` or `the one` is that. */
  const namesOther = (clause: Clause, { card }: Place, maker: Card, past: readonly Clause[]): boolean =>
    brief.members.some(
      (one) =>
        one !== card &&
        one !== maker &&
        past.some((before) => leads(one, before)) &&
        clause.said.some(({ concept }) => cards.get(one)!.name.includes(concept) && !cards.get(card!)!.name.includes(concept)),
    );

  /** Whether a clause names what one of the others makes. */
  const namesField = memoOfTwo(({ said }: Clause, but: Card): boolean => {
    const concepts = new Set(said.map(({ concept }) => concept));
    return [...cards].some(
      ([card, { fields }]) => card !== but && fields.some((field) => field.length > 0 && field.every((one) => concepts.has(one))),
    );
  });

  /** What is not denied before a clause. */
  const pastOf = memo((clause: Clause) => clauses.slice(0, clauses.indexOf(clause)).filter((one) => !one.part.negated));
  /** Whether a member acted before a clause. */
  const actedBefore = memoOfTwo((card: Card, clause: Clause): boolean => pastOf(clause).some((one) => leads(card, one)));

  /** Whether a clause says nothing but what is done, and as what: `and broadcast at level orange`. */
  const isElliptic = memoOfTwo((card: Card, clause: Clause): boolean => {
    const { part, said, bare } = clause;
    if (!bare) return false;
    const { name, does, fields, labels } = cards.get(card)!;
    const own = new Set([...name, ...does, ...fields.flat(), ...labels]);
    return (
      part.by === "link" &&
      pastOf(clause).length > 0 &&
      said.some(({ concept, manner }) => manner || labels.includes(concept) || /^\d/.test(concept)) &&
      said.every(({ concept, manner }, i) => manner || own.has(concept) || said[i - 1]?.manner || /^\d/.test(concept))
    );
  });

  /** Whether a clause says as what a member, likelier than none to act in it, does something: `in Danish`, `at level orange`. */
  const inManner = memoOfTwo((card: Card, clause: Clause): boolean => {
    const { labels } = cards.get(card)!;
    const { said } = clause;
    return (
      actsIn(card, clause) >= Math.max(...brief.members.map((one) => actsIn(one, clause))) &&
      (said[at(card, clause)]?.manner || said.some(({ concept }) => labels.includes(concept)) || optionIn(card, clause))
    );
  });

  function edge(place: Place, source: Source): number {
    const { card } = place;
    const maker = source.card;
    if (!card || !maker) return 0;
    const beside = Object.values(card.takes).filter((slot) => slot !== place.slot);
    // What is named for a place beside it is meant for that one.
    if (likeIn(place.slot.name, source.slot.name) < 1 && beside.some(({ name }) => likeIn(name, source.slot.name) === 1)) return 0;
    const alone = beside.every((slot) => !edges.edge({ card, slot }, source));
    // What an input could fill is what the request can keep for it.
    const inputs = Object.values(brief.given).filter((slot) => {
      const here = edges.edge(place, { slot });
      const there = beside.map((one) => edges.edge({ card, slot: one }, { slot })?.score ?? Number.NEGATIVE_INFINITY);
      return (
        here &&
        here.features.argumentNamed! >= (edges.edge(place, source)?.features.argumentNamed ?? 0) &&
        there.every((score) => score <= here.score)
      );
    });
    let score = 0;
    for (const clause of clauses) {
      const own = at(card, clause);
      if (!leads(card, clause) || isNegated(clause, own)) continue;
      const past = pastOf(clause);
      const before = actedBefore(maker, clause);
      const acted = actedBefore(card, clause);
      const made = product(source, clause, before);
      const input = inputs.some(({ name }) => conceptsIn(name).some((one) => clause.said.some(({ concept }) => concept === one)));
      // Who acted before is spoken of where another acts now.
      const between = clause.said.some(
        ({ concept }, j) => j > own && j < (made?.at ?? 0) && inputs.some(({ name }) => conceptsIn(name).includes(concept)),
      );
      const direct = alone && !acted && !between && at(maker, clause) > own;
      const led = inManner(card, clause) || (made && made.at > own && (made.pointed || before || direct)) || (before && !acted);
      const back = clause.outcome || clause.part.back;
      if (clause.whole && input && !clause.outcome) score = score > 0 ? score : -1;
      else if (made && made.at !== own && led) score = Math.max(score, 1);
      else if (back && !clause.whole && !input && !namesOther(clause, place, maker, past) && antecedent(clause, past, place) === maker)
        score = Math.max(score, 1);
      else if (isElliptic(card, clause) && !clause.whole && !input && antecedent({ ...clause, outcome: true }, past, place) === maker)
        score = Math.max(score, 0.6);
      else if (inputs.length > 0 && (input || clause.whole)) score = score > 0 ? score : -1;
      else if (clause.part.back && clause.part.by === "link" && before && !namesField(clause, card)) score = Math.max(score, 0.6);
    }
    return score;
  }

  return edge;
}
