import type { Brief, Card } from "../brief.js";
import { besideName } from "../words/literals/beside-name.js";
import { groundedFor } from "../words/literals/grounded.js";
import { areCodes, labelsIn } from "../words/literals/labels-in.js";
import type { Clause } from "./clauses.js";
import { conceptsOf } from "./concepts.js";
import { type Edges, isOption } from "./edges.js";
import { memo } from "./memo.js";
import { memoOfTwo } from "./memo-of-two.js";
import { rarityOf, type TermsOf } from "./terms.js";
import { least } from "./weights.js";

/** Who does something where a request says so. */
export interface Acting {
  /** How surely a member does something in a clause, from 0 to 1. */
  acts(card: Card, clause: Clause): number;
  /** Whether it is the one who does: none is much likelier, or those who are did something before. */
  leads(card: Card, clause: Clause): boolean;
  /** Where it stands in a clause as the one who acts: its first word there; -1 where none is. */
  at(card: Card, clause: Clause): number;
  /** Whether a clause names a language, a country or the like that a member takes. */
  optionIn(card: Card, clause: Clause): boolean;
}

/** What only says in which language something is, asks nobody to put it into that: `the brochure is in Polish`. */
const states =
  /^(?:the|our|my|this|these|his|her|their|die|der|das|unsere?|meine?|dieser?|el|la|los|las|mi|nuestr[oa])(?: [\p{L}-]+){1,3} (?:is|are|was|were|comes?|ist|sind|war|kommt|está|están) (?:already |only |schon |nur |ya )?(?:in|auf|en) \p{L}+$/iu;

export function actingOf(brief: Brief, edges: Edges, clauses: readonly Clause[], terms: TermsOf): Acting {
  const rarity = rarityOf(brief);
  const optionIn = memoOfTwo(
    (card: Card, { part }: Clause): boolean =>
      !states.test(part.text) &&
      Object.values(card.takes).some((slot) =>
        slot.schema.enum === undefined
          ? isOption(slot, edges.classOf({ card, slot })) && groundedFor(slot, part.text).some(({ score }) => score >= least.literal)
          : areCodes(slot.schema.enum) && labelsIn(part.text, slot.schema.enum).length > 0,
      ),
  );

  /** Whether a clause says a member's whole name. */
  const isNamed = memoOfTwo((card: Card, { said }: Clause): boolean => {
    const { name } = terms(card);
    return name.length > 0 && name.every((one) => said.some(({ concept }) => concept === one));
  });

  const given = new Set(Object.values(brief.given).map(({ name }) => conceptsOf(name).join()));
  const inputWords = new Set(Object.values(brief.given).flatMap(({ name }) => conceptsOf(name)));
  /** What a member gives and does not only change: that a photo was given asks nobody to crop it. */
  const madeAnew = memo((card: Card): readonly (readonly string[])[] =>
    Object.keys(card.gives)
      .filter((name) => !(Object.hasOwn(card.takes, name) && given.has(conceptsOf(name).join())))
      .map((name) => conceptsOf(name)),
  );

  /** What the request itself says is not asked for: `under the slug winter-fair`. */
  const slots = brief.members.flatMap(({ takes }) => Object.values(takes));
  const told = new Set(slots.filter((slot) => besideName(slot, brief.request)).flatMap(({ name }) => conceptsOf(name)));
  const takes = memo((card: Card): ReadonlySet<string> => new Set(Object.keys(card.takes).flatMap((name) => conceptsOf(name))));

  /** By its name or a field's, by a value for an option, or by what it does. */
  const acts = memoOfTwo((card: Card, clause: Clause): number => {
    const { said } = clause;
    const { name, labels, does } = terms(card);
    const fields = madeAnew(card);
    const concepts = new Set(said.map(({ concept }) => concept).filter((one) => !told.has(one) || takes(card).has(one)));
    if (isNamed(card, clause)) return 1;
    if (labels.some((one) => concepts.has(one))) return 1;
    // Who is named there is who takes it, of several that could: `a summary in German`.
    if (optionIn(card, clause) && !brief.members.some((one) => isNamed(one, clause) && optionIn(one, clause))) return 0.9;
    if (fields.some((field) => field.length && field.every((one) => concepts.has(one)))) return 0.9;
    // A word of its name that is no other's stands for it; one for what is given asks for nobody: `mail the broker`, of a `brokerEmail`.
    if (
      name.some(
        (one) =>
          concepts.has(one) && !inputWords.has(one) && brief.members.every((other) => other === card || !terms(other).name.includes(one)),
      )
    )
      return 0.7;
    const sum = (some: readonly string[]) => some.reduce((all, one) => all + rarity(one), 0);
    const all = [...new Set([...name, ...does])];
    // Such a word is said for its own sake too, and counts half.
    const found = all.filter((one) => concepts.has(one));
    return 0.8 * Math.min(1, (2 * sum(found) - sum(found.filter((one) => inputWords.has(one)))) / (sum(all) || 1));
  });

  /** Who does something in a clause; who did before is spoken of where another acts now. */
  const leading = memo((clause: Clause): ReadonlySet<Card> => {
    const past = clauses.slice(0, clauses.indexOf(clause));
    const of = (some: readonly Card[]) => {
      const most = Math.max(...some.map((one) => acts(one, clause)));
      return some.filter((one) => acts(one, clause) >= Math.max(0.4, 0.75 * most));
    };
    const fresh = brief.members.filter((one) => !past.some((before) => leads(one, before)));
    return new Set([...of(brief.members), ...(fresh.length ? of(fresh) : [])]);
  });
  const leads = (card: Card, clause: Clause): boolean => leading(clause).has(card);

  const at = memoOfTwo((card: Card, { said }: Clause): number => {
    const { name, fields, does } = terms(card);
    const own = new Set([...name, ...fields.flat(), ...does]);
    return said.findIndex(({ concept }) => own.has(concept));
  });

  return { acts, leads, at, optionIn };
}
