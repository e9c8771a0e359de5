import type { Brief, Card } from "../brief.js";
import { lazily } from "../lazily.js";
import { groundedFor } from "../words/literals/grounded.js";
import { areCodes, labelsIn } from "../words/literals/labels-in.js";
import { type Clause, isNegated, isTheirs } from "./clauses.js";
import { conceptsOf } from "./concepts.js";
import { type Edges, isOption } from "./edges.js";
import { memo } from "./memo.js";
import { memoOfTwo } from "./memo-of-two.js";
import type { Missed } from "./missed.js";
import { rarityOf, type Terms } from "./terms.js";
import { least } from "./weights.js";

/** Who does something where a request says so. */
export interface Acting {
  /** How surely a member does something in a clause, from 0 to 1. */
  acts(card: Card, clause: Clause): number;
  /** Whether it is the one who does: none is much likelier, or those who are did something before. */
  leads(card: Card, clause: Clause): boolean;
  /** Its first word in a clause; -1 where none is there. */
  at(card: Card, clause: Clause): number;
  /** Whether a clause names a language, a country or the like that a member takes. */
  optionIn(card: Card, clause: Clause): boolean;
  asks(card: Card): number;
  goals(all: boolean): readonly Card[];
  undone(cards: ReadonlySet<Card>): readonly Missed[];
  /** Whether some clause may tell a member to act on the world, and no other such member rather; so may no request at all. */
  told(card: Card): boolean;
  /** The clauses, of several, that none of these members answers. */
  unanswered(cards: ReadonlySet<Card>): readonly Missed[];
}

/** These bound something, and forbid nobody: `no longer than a page`. */
const bound =
  /(?<![\p{L}\d])(?:no|not|nicht|keine?|no) (?:more|longer|later|less|fewer|over|mehr|länger|später|weniger|über|más|menos)(?![\p{L}\d])/iu;
const removing = lazily(() => conceptsOf("remove redact duplicates"));

export function actingOf(brief: Brief, edges: Edges, clauses: readonly Clause[], cards: ReadonlyMap<Card, Terms>): Acting {
  const rarity = rarityOf(brief);
  const asked = (card: Card): number => {
    const found = clauses.map(
      (clause) =>
        actsIn(card, clause) * (card.effects && (isTheirs(clause, at(card, clause)) || isNegated(clause, at(card, clause))) ? -1 : 1),
    );
    return Math.min(...found, 0) < -0.5 || isForbidden(card) ? -1 : Math.max(0, ...found);
  };

  /** Whether a member that changes nothing in the world is only spoken of as what is not to be done: `no loot yet`. */
  const isForbidden = (card: Card): boolean => {
    const own = cards.get(card)!.name.filter((one) => [...cards].every(([other, { name }]) => other === card || !name.includes(one)));
    const spoken = clauses.filter(({ said }) => said.some(({ concept }) => own.includes(concept)));
    // Of several the one that is spoken of first: `don't translate the summary`.
    const denied = (clause: Clause): boolean =>
      isNegated(clause, at(card, clause)) &&
      !bound.test(clause.part.text) &&
      brief.members.every((one) => one === card || actsIn(one, clause) < least.goal || at(one, clause) > at(card, clause));
    return spoken.length > 0 && spoken.every(denied) && !takesAway(card) && !isLone(card);
  };
  /** Who takes something away is asked for by what denies it: `without names`. */
  const takesAway = (card: Card): boolean => removing().some((one) => cards.get(card)!.all.has(one));
  /** Whether a member alone gives what is wanted by its name. */
  const isLone = (card: Card): boolean =>
    Object.keys(brief.wanted).some(
      (name) => Object.hasOwn(card.gives, name) && !brief.members.some((one) => one !== card && Object.hasOwn(one.gives, name)),
    );

  /** How surely a member does something in a clause: by its name or a field's, by a value for an option, or by what it does. */
  const actsIn = memoOfTwo(weigh);

  /** Whether a clause names a language, a country or the like that a member takes. */
  const optionIn = memoOfTwo((card: Card, { part }: Clause): boolean =>
    Object.values(card.takes).some((slot) =>
      slot.schema.enum === undefined
        ? isOption(slot, edges.classOf({ card, slot })) && groundedFor(slot, part.text).some(({ score }) => score >= least.literal)
        : areCodes(slot.schema.enum) && labelsIn(part.text, slot.schema.enum).length > 0,
    ),
  );

  /** Whether a clause says a member's whole name. */
  const isNamed = memoOfTwo((card: Card, { said }: Clause): boolean => {
    const { name } = cards.get(card)!;
    return name.length > 0 && name.every((one) => said.some(({ concept }) => concept === one));
  });

  function weigh(card: Card, clause: Clause): number {
    const { said } = clause;
    const { name, fields, labels, does } = cards.get(card)!;
    const concepts = new Set(said.map(({ concept }) => concept));
    if (isNamed(card, clause)) return 1;
    if (labels.some((one) => concepts.has(one))) return 1;
    // Who is named there is who takes it, of several that could: `a summary in German`.
    if (optionIn(card, clause) && !brief.members.some((one) => isNamed(one, clause) && optionIn(one, clause))) return 0.9;
    if (fields.some((field) => field.length && field.every((one) => concepts.has(one)))) return 0.9;
    // A word of its name that is no other's stands for it.
    if (name.some((one) => concepts.has(one) && [...cards].every(([other, terms]) => other === card || !terms.name.includes(one))))
      return 0.7;
    const sum = (some: readonly string[]) => some.reduce((all, one) => all + rarity(one), 0);
    const all = [...new Set([...name, ...does])];
    return 0.8 * Math.min(1, (2 * sum(all.filter((one) => concepts.has(one)))) / (sum(all) || 1));
  }
  /** Who does something in a clause; who did before is spoken of where another acts now. */
  const leading = memo((clause: Clause): ReadonlySet<Card> => {
    const past = clauses.slice(0, clauses.indexOf(clause));
    const of = (some: readonly Card[]) => {
      const most = Math.max(...some.map((one) => actsIn(one, clause)));
      return some.filter((one) => actsIn(one, clause) >= Math.max(0.4, 0.75 * most));
    };
    const fresh = brief.members.filter((one) => !past.some((before) => leads(one, before)));
    return new Set([...of(brief.members), ...(fresh.length ? of(fresh) : [])]);
  });
  const leads = (card: Card, clause: Clause): boolean => leading(clause).has(card);

  /** Where a member stands in a clause as the one who acts: at its first word. */
  const at = memoOfTwo((card: Card, { said }: Clause): number => {
    const { name, fields, does } = cards.get(card)!;
    const own = new Set([...name, ...fields.flat(), ...does]);
    return said.findIndex(({ concept }) => own.has(concept));
  });

  /** Whether a clause begins with a word of a member: it is told to act. */
  const isOrdered = (card: Card, { opens, wonders }: Clause): boolean => {
    const { name, does } = cards.get(card)!;
    return !wonders && [...name, ...does].includes(opens);
  };

  /** Whether a clause only speaks of what a member has done before: `of the corrected text`. */
  const isSpokenOf = (card: Card, clause: Clause): boolean =>
    (clause.said[at(card, clause)]?.pointed ?? false) && clauses.slice(0, clauses.indexOf(clause)).some((one) => actsIn(card, one) >= 0.8);
  const asking = clauses
    .filter(({ part }) => !part.negated)
    .map((clause) => ({
      said: clause.part.text,
      acts: new Map(brief.members.map((card) => [card, actsIn(card, clause) * (isSpokenOf(card, clause) ? 0.3 : 1)])),
    }));
  /** What each member does best: elsewhere it does little, being at work there. */
  const best = memo((card: Card) => Math.max(0, ...asking.map(({ acts }) => acts.get(card)!)));
  const undone = (used: ReadonlySet<Card>): readonly Missed[] =>
    asking.flatMap(({ said, acts }) => {
      const most = Math.max(0, ...acts.values());
      if (most < 0.8) return [];
      const done = [...used].map((card) => acts.get(card)! * (acts.get(card)! < 0.9 * best(card) ? 0.5 : 1));
      const worth = most - Math.max(0, ...done);
      return worth > 0 ? [{ said, by: brief.members.filter((card) => acts.get(card) === most), worth }] : [];
    });

  const inputWords = new Set(Object.values(brief.given).flatMap(({ name }) => conceptsOf(name)));
  /** Whether a clause says more of a member than what is given. */
  const speaksOf = (card: Card, clause: Clause): boolean => {
    const { all, labels } = cards.get(card)!;
    return (
      isOrdered(card, clause) ||
      optionIn(card, clause) ||
      clause.said.some(({ concept }) => !inputWords.has(concept) && (all.has(concept) || labels.includes(concept)))
    );
  };

  /** The likeliest member of each clause; one that acts on the world beside named outputs only where its name begins the clause. */
  const goals = (all: boolean): readonly Card[] => {
    const asked = new Set<Card>();
    for (const clause of clauses) {
      if (clause.part.negated) continue;
      const found = brief.members
        .map((card) => ({ card, acts: speaksOf(card, clause) ? actsIn(card, clause) : 0 }))
        // Of two that are named the one that was not asked for yet: `translate the digest`.
        .sort((a, b) => b.acts - a.acts || Number(asked.has(a.card)) - Number(asked.has(b.card)));
      const [best] = found;
      const ordered = found.filter(
        ({ card, acts }) => card.effects && acts >= least.goal && isOrdered(card, clause) && !isTheirs(clause, at(card, clause)),
      );
      for (const { card } of ordered.length || !all || best!.acts < least.goal ? ordered.slice(0, 1) : [best!]) asked.add(card);
    }
    return [...asked];
  };

  const told = (card: Card): boolean =>
    clauses.length === 0 ||
    clauses.some(
      (clause) =>
        !clause.wonders &&
        !isNegated(clause, at(card, clause)) &&
        !isTheirs(clause, at(card, clause)) &&
        brief.members.every((one) => !one.effects || actsIn(one, clause) <= actsIn(card, clause)),
    );

  const unanswered = (used: ReadonlySet<Card>): readonly Missed[] =>
    asking.length > 1
      ? asking.filter(({ acts }) => [...used].every((card) => acts.get(card) === 0)).map(({ said }) => ({ said, by: [], worth: 1 }))
      : [];

  return { told, unanswered, acts: actsIn, leads, at, optionIn, asks: memo(asked), goals, undone };
}
