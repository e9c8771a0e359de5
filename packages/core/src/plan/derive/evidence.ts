import type { Json } from "../../graph/json.js";
import { valuesOf } from "../../graph/resolve.js";
import type { Brief, Card } from "../brief.js";
import { holdsMedia, type Slot } from "../slot.js";
import { groundedFor } from "../words/literals/grounded.js";
import { literalsIn } from "../words/literals/literals-in.js";
import { type Part, partsOf } from "../words/parts.js";
import { negations } from "../words/phrases.js";
import { conceptOf, conceptsOf } from "./concepts.js";
import { type Edges, isOption, type Place, type Source } from "./edges.js";
import { literalFor } from "./literal.js";
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
  /** Whether the words of an output name a label that a member takes: `the minutes in Spanish`. */
  labelled(output: Slot, card: Card): number;
  /** Whether the words of an output name a field on the way to it. */
  said(output: Slot, source: Source): number;
}

/** A value that words give, and how surely: from 0 to 1. */
export interface Given {
  readonly value: Json;
  readonly score: number;
}

/** A word of a part: what it says, and how it is led in. */
interface Said {
  readonly concept: string;
  /** Something before it says that it comes from there: `from`, `that`, `the corrected`. */
  readonly pointed: boolean;
}

interface Clause {
  readonly part: Part;
  readonly said: readonly Said[];
  /** It speaks of the whole, or of what was there at first. */
  readonly whole: boolean;
  /** How many of its words stand before it begins to deny. */
  readonly denies: number;
}

const isNegated = ({ part, denies }: Clause, at: number): boolean => part.negated && at >= denies;

const pointing = new Set(
  "from of that this those these resulting aus von vom dieser diese dieses diesen jene daraus del de esa ese esta este dicha dicho".split(
    " ",
  ),
);
const whole = new Set(
  "whole full complete entire original originally itself untouched unchanged handed stands stand written raw ganze ganzen ganzes vollständige vollständigen unverändert dastehen steht wörtlich original completo completa entero entera íntegro íntegra tal".split(
    " ",
  ),
);

/** What speaks for sources at places: clause by clause, who does something there, and to what. */
export function evidenceOf(brief: Brief, edges: Edges): Evidence {
  const clauses = brief.request ? partsOf(brief.request).map(clauseOf) : [];
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
  const leads = (card: Card, clause: Clause) => {
    const own = actsIn(card, clause);
    return own >= 0.4 && own >= 0.75 * Math.max(...brief.members.map((one) => actsIn(one, clause)));
  };

  /** Where a member stands in a clause as the one who acts: at its first word. */
  function at(card: Card, { said }: Clause): number {
    const { name, fields, does } = cards.get(card)!;
    const own = new Set([...name, ...fields.flat(), ...does]);
    return said.findIndex(({ concept }) => own.has(concept));
  }

  /** Where what a member makes stands in a clause, and whether it is pointed at. */
  function product({ card, slot }: Source, { said }: Clause): { at: number; pointed: boolean } | undefined {
    if (!card) return undefined;
    const { name, does } = cards.get(card)!;
    const field = conceptsOf(slot.name);
    const own = new Set([...field, ...name, ...does.slice(0, 1)]);
    let found = -1;
    for (const [i, { concept }] of said.entries()) if (own.has(concept)) found = i;
    return found < 0 ? undefined : { at: found, pointed: said[found]!.pointed };
  }

  function edge(place: Place, source: Source): number {
    if (!place.card || !source.card) return 0;
    // What an input could fill is what the request can keep for it.
    const others = Object.keys(place.card.takes).filter((name) => name !== place.slot.name);
    const inputs = Object.values(brief.given).filter(
      (slot) => edges.edge(place, { slot }) && !others.some((name) => alike(name, slot.name) === 1),
    );
    let score = 0;
    for (const [i, clause] of clauses.entries()) {
      const own = at(place.card, clause);
      if (!leads(place.card, clause) || isNegated(clause, own)) continue;
      const label = cards.get(place.card)!.labels.some((one) => clause.said.some(({ concept }) => concept === one));
      const made = product(source, clause);
      const input = inputs.some(({ name }) => conceptsOf(name).some((one) => clause.said.some(({ concept }) => concept === one)));
      const past = clauses.slice(0, i).filter((one) => !one.part.negated);
      const before = past.some((one) => leads(source.card!, one));
      const led = label || (made && made.at > own && (made.pointed || before)) || (before && !past.some((one) => leads(place.card!, one)));
      if (made && made.at !== own && led) score = Math.max(score, 1);
      else if (inputs.length > 0 && (input || clause.whole)) score = score > 0 ? score : -1;
      else if (clause.part.back && clause.part.by === "link" && before) score = Math.max(score, 0.6);
    }
    return score;
  }

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
    const found = clauses.flatMap((clause) => {
      if (clause.part.negated) return [];
      const [best] = brief.members.map((card) => ({ card, acts: actsIn(card, clause) })).sort((a, b) => b.acts - a.acts);
      if (!best || best.acts < least.goal) return [];
      return all || (best.card.effects && at(best.card, clause) === 0) ? [best.card] : [];
    });
    return [...new Set(found)];
  };

  const names = (text: string, { name, description }: Slot): number => {
    const said = new Set(conceptsOf(text));
    const own = conceptsOf(name);
    if (own.length && own.every((one) => said.has(one))) return 1;
    const all = [...own, ...conceptsOf(description).filter((one) => !generic.has(one))];
    return all.length ? all.filter((one) => said.has(one)).length / all.length : 0;
  };

  return {
    asks: memo(asked),
    goals,
    undone,
    edge,
    literals: (place) => {
      const { slot } = place;
      const only = literalFor(slot, brief, wantedWords);
      if (only !== undefined) return [{ value: only, score: 1 }];
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
    about: (card, input) => mentions(`${card.name} ${card.does}`, input.name),
    labelled: (output, card) => {
      const said = new Set(conceptsOf(`${output.name} ${output.description}`));
      return cards.get(card)!.labels.some((one) => said.has(one)) ? 1 : 0;
    },
    said: (output, { slot }) => (mentions(output.description, slot.name) ? 1 : 0),
  };
}

const denying = new Set(negations.flatMap((one) => one.split(/[^\p{L}]+/u)).filter((one) => one.length > 1));
const generic = new Set(["content", "list"]);

function clauseOf(part: Part): Clause {
  const words = spoken(part.text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const said: Said[] = [];
  let denies = Number.POSITIVE_INFINITY;
  for (const [i, word] of words.entries()) {
    if (denying.has(word)) denies = Math.min(denies, said.length);
    if (conceptsOf(word).length === 0) continue;
    const before = words.slice(Math.max(0, i - 3), i);
    said.push({ concept: conceptOf(word), pointed: before.some((one) => pointing.has(one)) });
  }
  return {
    part,
    said,
    whole: words.some((word) => whole.has(word)),
    denies: part.negated && denies === Number.POSITIVE_INFINITY ? 0 : denies,
  };
}

function termsOf(card: Card) {
  const labels = Object.values(card.takes).flatMap(({ schema }) => (valuesOf(schema) ?? []).filter((one) => typeof one === "string"));
  return {
    name: conceptsOf(card.name),
    fields: Object.values(card.gives).map(({ name }) => conceptsOf(name)),
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
