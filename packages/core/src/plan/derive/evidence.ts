import type { Json } from "../../graph/json.js";
import { valuesOf } from "../../graph/resolve.js";
import type { Brief, Card } from "../brief.js";
import { holdsMedia, type Slot } from "../slot.js";
import { groundedFor } from "../words/literals/grounded.js";
import { labelsIn } from "../words/literals/labels-in.js";
import { literalsIn } from "../words/literals/literals-in.js";
import { type Clause, clausesIn, isNegated } from "./clauses.js";
import { conceptOf, conceptsOf } from "./concepts.js";
import { type Edges, isOption, type Place, type Source } from "./edges.js";
import { isOrder, literalFor } from "./literal.js";
import type { Work } from "./made.js";
import { least } from "./weights.js";
import { alike, mentions, spoken } from "./words.js";

/** What the words of the request and of the wanted outputs say for a derivation. */
export interface Evidence {
  /** Whether the request asks for what a member does: from 0 to 1, -1 where it forbids it. */
  asks(card: Card): number;
  /** Members that the request asks for beside what is wanted; where no output is named, all that it asks for. */
  goals(all: boolean): readonly Card[];
  /** How much of what the request asks for these members leave undone, from 0 a part to 1. */
  undone(cards: ReadonlySet<Card>): number;
  /** From -1 to 1: whether the request says that a place is filled from a source, or from another. */
  edge(place: Place, source: Source): number;
  /** Values that the request gives for an argument. */
  literals(place: Place): readonly Given[];
  /** How much the words of an output name an input, from 0 to 1. */
  origin(output: Slot, input: Slot): number;
  /** Whether the words of a member name an input. */
  about(card: Card, input: Slot): boolean;
  /** Whether the words of an output name the label that a task takes, 1, or another of its labels, -1: `the minutes in Spanish`. */
  labelled(output: Slot, work: Work): number;
  /** How many values that the request gives no task takes, of those that one could. */
  unsaid(works: Iterable<Work>): number;
  /** Whether the words of an output name a field on the way to it. */
  said(output: Slot, source: Source): number;
}

/** A value that words give, and how surely: from 0 to 1. */
export interface Given {
  readonly value: Json;
  readonly score: number;
}

/** What speaks for sources at places: clause by clause, who does something there, and to what. */
export function evidenceOf(brief: Brief, edges: Edges): Evidence {
  const clauses = brief.request ? clausesIn(brief.request) : [];
  const cards = new Map(brief.members.map((card) => [card, termsOf(card)]));
  const rarity = rarityOf(brief);
  const literals = literalsIn(brief.request);
  const wantedWords = Object.values(brief.wanted)
    .map(({ description }) => description)
    .join(". ");
  const asked = (card: Card): number => {
    const found = clauses.map((clause) => actsIn(card, clause) * (card.effects && isNegated(clause, at(card, clause)) ? -1 : 1));
    return Math.min(...found, 0) < -0.5 ? -1 : Math.max(0, ...found);
  };

  const acting = new Map<Clause, Map<Card, number>>();
  /** How surely a member does something in a clause: by its name or a field's, by a value for an option, or by what it does. */
  function actsIn(card: Card, clause: Clause): number {
    let row = acting.get(clause);
    if (!row) acting.set(clause, (row = new Map()));
    let acts = row.get(card);
    if (acts === undefined) row.set(card, (acts = weigh(card, clause)));
    return acts;
  }

  /** Whether a clause names a language, a country or the like that a member takes. */
  const optionIn = (card: Card, { part }: Clause): boolean =>
    Object.values(card.takes).some(
      (slot) =>
        slot.schema.enum === undefined &&
        isOption(slot, edges.classOf({ card, slot })) &&
        groundedFor(slot, part.text).some(({ score }) => score >= least.literal),
    );

  function weigh(card: Card, clause: Clause): number {
    const { said } = clause;
    const { name, fields, labels, does } = cards.get(card)!;
    const concepts = new Set(said.map(({ concept }) => concept));
    if (name.length && name.every((one) => concepts.has(one))) return 1;
    if (labels.some((one) => concepts.has(one))) return 1;
    if (optionIn(card, clause)) return 0.9;
    if (fields.some((field) => field.length && field.every((one) => concepts.has(one)))) return 0.9;
    // A word of its name that is no other's stands for it.
    if (name.some((one) => concepts.has(one) && [...cards].every(([other, terms]) => other === card || !terms.name.includes(one))))
      return 0.7;
    const sum = (some: readonly string[]) => some.reduce((all, one) => all + rarity(one), 0);
    const all = [...new Set([...name, ...does])];
    return 0.8 * Math.min(1, (2 * sum(all.filter((one) => concepts.has(one)))) / (sum(all) || 1));
  }
  const leading = new Map<Clause, ReadonlySet<Card>>();
  /** Who does something in a clause; who did before is spoken of where another acts now. */
  const leads = (card: Card, clause: Clause): boolean => {
    let cards = leading.get(clause);
    if (!cards) {
      const past = clauses.slice(0, clauses.indexOf(clause));
      const of = (some: readonly Card[]) => {
        const most = Math.max(...some.map((one) => actsIn(one, clause)));
        return some.filter((one) => actsIn(one, clause) >= Math.max(0.4, 0.75 * most));
      };
      const fresh = brief.members.filter((one) => !past.some((before) => leads(one, before)));
      leading.set(clause, (cards = new Set([...of(brief.members), ...(fresh.length ? of(fresh) : [])])));
    }
    return cards.has(card);
  };

  /** Where a member stands in a clause as the one who acts: at its first word. */
  function at(card: Card, { said }: Clause): number {
    const { name, fields, does } = cards.get(card)!;
    const own = new Set([...name, ...fields.flat(), ...does]);
    return said.findIndex(({ concept }) => own.has(concept));
  }

  /** Whether a clause begins with the name of a member: it is told to act. */
  const isOrdered = (card: Card, { said }: Clause): boolean => {
    const { name, does } = cards.get(card)!;
    return said[0] !== undefined && [...name, ...does].includes(said[0].concept);
  };

  const inputWords = new Set(Object.values(brief.given).flatMap(({ name }) => conceptsOf(name)));
  /** How many members have a word. */
  const shares = memo((concept: string) => [...cards.values()].filter(({ all }) => all.has(concept)).length);

  /** Where what a member makes stands in a clause, by its name, or, where the member is at work `before`, by a word of its alone. */
  function product({ card, slot }: Source, { said }: Clause, before: boolean): { at: number; pointed: boolean } | undefined {
    if (!card) return undefined;
    const { name, does, all } = cards.get(card)!;
    const own = new Set([...conceptsOf(slot.name), ...name, ...does.slice(0, 1)]);
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
      const makers = brief.members.filter((card) => card !== place.card && leads(card, one));
      for (const { concept } of [...one.said].reverse()) {
        if (!clause.outcome && inputWords.has(concept)) return undefined;
        const maker = makers.find((card) => cards.get(card)!.fields.some((field) => field.includes(concept)));
        if (maker) return maker;
      }
      // The head of what is made stands first: `a warning of the hazard`.
      const rank = (card: Card) => actsIn(card, one) - 0.001 * at(card, one);
      if (clause.outcome && makers.length > 0) return makers.reduce((a, b) => (rank(b) > rank(a) ? b : a));
    }
    return undefined;
  }

  /** Whether a clause names what one of the others makes. */
  const namesField = ({ said }: Clause, but: Card): boolean =>
    [...cards].some(([card, { fields }]) => {
      const concepts = new Set(said.map(({ concept }) => concept));
      return card !== but && fields.some((field) => field.length > 0 && field.every((one) => concepts.has(one)));
    });

  /** Whether a clause says nothing but what is done, and as what: `and broadcast at level orange`. */
  const isElliptic = (card: Card, { part, said, bare }: Clause, past: readonly Clause[]): boolean => {
    if (!bare) return false;
    const { name, does, fields, labels } = cards.get(card)!;
    const own = new Set([...name, ...does, ...fields.flat(), ...labels]);
    return (
      part.by === "link" &&
      past.length > 0 &&
      said.every(({ concept, manner }, i) => manner || own.has(concept) || said[i - 1]?.manner || /^\d/.test(concept))
    );
  };

  function edge(place: Place, source: Source): number {
    const { card } = place;
    const maker = source.card;
    if (!card || !maker) return 0;
    const beside = Object.values(card.takes).filter((slot) => slot !== place.slot);
    // What is named for a place beside it is meant for that one.
    if (alike(place.slot.name, source.slot.name) < 1 && beside.some(({ name }) => alike(name, source.slot.name) === 1)) return 0;
    const alone = beside.every((slot) => !edges.edge({ card, slot }, source));
    // What an input could fill is what the request can keep for it.
    const inputs = Object.values(brief.given).filter((slot) => {
      const here = edges.edge(place, { slot });
      const there = beside.map((one) => edges.edge({ card, slot: one }, { slot })?.score ?? Number.NEGATIVE_INFINITY);
      return here && there.every((score) => score <= here.score);
    });
    let score = 0;
    for (const [i, clause] of clauses.entries()) {
      const own = at(card, clause);
      if (!leads(card, clause) || isNegated(clause, own)) continue;
      const { labels } = cards.get(card)!;
      const manner =
        actsIn(card, clause) >= Math.max(...brief.members.map((one) => actsIn(one, clause))) &&
        (clause.said[own]?.manner || clause.said.some(({ concept }) => labels.includes(concept)) || optionIn(card, clause));
      const past = clauses.slice(0, i).filter((one) => !one.part.negated);
      const before = past.some((one) => leads(maker, one));
      const acted = past.some((one) => leads(card!, one));
      const made = product(source, clause, before);
      const input = inputs.some(({ name }) => conceptsOf(name).some((one) => clause.said.some(({ concept }) => concept === one)));
      // Who acted before is spoken of where another acts now.
      const between = clause.said.some(
        ({ concept }, j) => j > own && j < (made?.at ?? 0) && inputs.some(({ name }) => conceptsOf(name).includes(concept)),
      );
      const direct = alone && !acted && !between && at(maker, clause) > own;
      // What is said before the one who acts, and again after, is what is acted on.
      const twice = made && !acted && at(maker, clause) >= 0 && at(maker, clause) < own && own < made.at;
      const led = manner || twice || (made && made.at > own && (made.pointed || before || direct)) || (before && !acted);
      const back = clause.outcome || clause.part.back;
      if (made && made.at !== own && led) score = Math.max(score, 1);
      else if (back && !clause.whole && !input && antecedent(clause, past, place) === maker) score = Math.max(score, 1);
      else if (isElliptic(card, clause, past) && !clause.whole && !input && antecedent({ ...clause, outcome: true }, past, place) === maker)
        score = Math.max(score, 0.6);
      else if (inputs.length > 0 && (input || clause.whole)) score = score > 0 ? score : -1;
      else if (clause.part.back && clause.part.by === "link" && before && !namesField(clause, card)) score = Math.max(score, 0.6);
    }
    return score;
  }

  /** Whether a member makes what an argument is named after, or its words name an input. */
  const elsewhere = ({ card, slot }: Place): boolean =>
    brief.members.some((one) => one !== card && Object.values(one.gives).some(({ name }) => alike(name, slot.name) === 1)) ||
    Object.values(brief.given).some(({ name }) => mentions(slot.description, name));

  const asking = clauses
    .filter(({ part }) => !part.negated)
    .map((clause) => new Map(brief.members.map((card) => [card, actsIn(card, clause)])));
  const undone = (used: ReadonlySet<Card>): number =>
    asking.reduce((sum, acts) => {
      const most = Math.max(0, ...acts.values());
      return most < 0.8 ? sum : sum + most - Math.max(0, ...[...used].map((card) => acts.get(card)!));
    }, 0);

  /** The likeliest member of each clause; one that acts on the world beside named outputs only where its name begins the clause. */
  const goals = (all: boolean): readonly Card[] => {
    const asked = clauses.flatMap((clause) => {
      if (clause.part.negated) return [];
      const found = brief.members.map((card) => ({ card, acts: actsIn(card, clause) })).sort((a, b) => b.acts - a.acts);
      const [best] = found;
      if (all && best && best.acts >= least.goal) return [best.card];
      return found
        .filter(({ card, acts }) => card.effects && acts >= least.goal && isOrdered(card, clause))
        .slice(0, 1)
        .map(({ card }) => card);
    });
    return [...new Set(asked)];
  };

  /** What the request gives and some argument can take: for each such value the places that can, with it. */
  const sayable = literals
    .filter(({ kind }) => kind === "number" || kind === "day")
    .map(({ start, end }) => {
      const inside = clauses.find(({ part }) => part.start <= start && end <= part.end);
      const before = inside && clauses[clauses.indexOf(inside) - 1];
      const near = (card: Card) => [inside, before].some((clause) => clause && actsIn(card, clause) > 0);
      return !inside || inside.part.negated
        ? []
        : brief.members.flatMap((card) =>
            Object.values(card.takes).flatMap((slot) =>
              groundedFor(slot, brief.request, literals)
                .filter((one) => one.start === start && one.end === end && one.score >= least.sayable && near(card))
                .map(({ value }) => `${card.name}.${slot.name}=${JSON.stringify(value)}`),
            ),
          );
    })
    .filter(({ length }) => length > 0);

  const names = (text: string, input: Slot): number => {
    const { name, description } = input;
    const said = new Set(conceptsOf(text));
    const own = conceptsOf(name);
    const others = new Set(
      Object.values(brief.given).flatMap((one) => (one === input ? [] : conceptsOf(`${one.name} ${one.description}`))),
    );
    const telling = own.filter((one) => !others.has(one));
    if (others.size > 0 && telling.length > 0 && telling.every((one) => said.has(one))) return 1;
    if (own.length && own.every((one) => said.has(one))) return 1;
    const all = [...own, ...conceptsOf(description).filter((one) => !generic.has(one))];
    return all.length ? all.filter((one) => said.has(one)).length / all.length : 0;
  };

  /** Whether a member acts in a clause that names this input, of several, and no other. */
  const speaksOf = (clause: Clause, card: Card, input: Slot): boolean => {
    if (clause.part.negated || !leads(card, clause)) return false;
    const said = new Set(clause.said.map(({ concept }) => concept));
    const named = Object.values(brief.given).filter(({ name }) => conceptsOf(name).every((one) => said.has(one)));
    return named.length === 1 && named[0] === input;
  };

  return {
    asks: memo(asked),
    goals,
    undone,
    edge,
    literals: (place) => {
      const { slot } = place;
      const only = literalFor(slot, brief, wantedWords);
      if (only !== undefined && !(isOrder(slot) && elsewhere(place))) return [{ value: only, score: 1 }];
      const labels = labelsIn(`${brief.request} ${wantedWords} ${Object.keys(brief.wanted).join(" ")}`, valuesOf(slot.schema) ?? []);
      if (labels.length > 1) return labels.map((value) => ({ value, score: 0.8 }));
      const sort = edges.classOf(place);
      if (holdsMedia(slot.schema) || sort === "whole") return [];
      const grounded = groundedFor(slot, brief.request, literals);
      const found = grounded.length || !isOption(slot, sort) ? grounded : groundedFor(slot, wantedWords);
      return found
        .filter(({ score }) => score >= (sort === undefined || isOption(slot, sort) ? least.literal : least.atomLiteral))
        .slice(0, 3)
        .map(({ value, score }) => ({ value, score: Math.max(0, Math.min(1, score - least.literal)) }));
    },
    origin: (output, input) => names(`${output.name} ${output.description}`, input),
    about: (card, input) => mentions(`${card.name} ${card.does}`, input.name) || clauses.some((one) => speaksOf(one, card, input)),
    labelled: (output, { card, args }) => {
      const text = `${spoken(output.name)} ${output.description}`;
      const found = Object.values(card.takes).map((slot): number => {
        const values = valuesOf(slot.schema) ?? [];
        const said = labelsIn(text, values).concat(values.includes(output.name) ? [output.name] : []);
        const from = args[slot.name]?.from;
        return said.length === 0 || !from || !("literal" in from) ? 0 : said.includes(String(from.literal)) ? 1 : -1;
      });
      if (
        found.every((one) => one === 0) &&
        brief.members.some((one) => Object.values(one.takes).some(({ schema }) => labelsIn(text, valuesOf(schema) ?? []).length > 0))
      )
        return -1;
      return found.includes(-1) ? -1 : Math.max(0, ...found);
    },
    unsaid: (works) => {
      if (sayable.length === 0) return 0;
      const taken = new Set<string>();
      for (const { card, args } of works)
        for (const [name, { from }] of Object.entries(args))
          if ("literal" in from) taken.add(`${card.name}.${name}=${JSON.stringify(from.literal)}`);
      return sayable.filter((places) => !places.some((one) => taken.has(one))).length;
    },
    said: (output, { slot }) => (mentions(output.description, slot.name) ? 1 : 0),
  };
}

const generic = new Set(["content", "list"]);

function termsOf(card: Card) {
  const fields = Object.values(card.gives).map(({ name }) => conceptsOf(name));
  const labels = Object.values(card.takes).flatMap(({ schema }) => (valuesOf(schema) ?? []).filter((one) => typeof one === "string"));
  return {
    name: conceptsOf(card.name),
    fields,
    all: new Set([...conceptsOf(`${card.name} ${card.does}`), ...fields.flat()]),
    labels: labels.map((label) => conceptOf(label)),
    does: conceptsOf(
      `${card.does} ${Object.values(card.takes)
        .filter(({ schema }) => schema.type !== "string")
        .map(({ description }) => description)
        .join(" ")}`,
    ),
  };
}

/** How much a word tells in a team: less the more members have it. */
function rarityOf({ members }: Brief): (concept: string) => number {
  const found = new Map<string, number>();
  for (const card of members) for (const one of new Set(conceptsOf(`${card.name} ${card.does}`))) found.set(one, (found.get(one) ?? 0) + 1);
  return (concept) => Math.log(1 + members.length / (found.get(concept) ?? 1));
}

function memo<K, V>(of: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    if (!known.has(key)) known.set(key, of(key));
    return known.get(key)!;
  };
}
