import { compatible } from "../../schema/compatible.js";
import type { JsonSchema } from "../../schema/json.js";
import type { Brief, Card } from "../brief.js";
import { itemOf, type Slot, tells } from "../slot.js";
import { differ, measureOf } from "../words/literals/measures.js";
import { bareName, classOf, type TextClass } from "./class-of.js";
import { conceptsOf } from "./concepts.js";
import { facingOf } from "./facing.js";
import type { Likeness } from "./likeness.js";
import { trustedFor } from "./marked.js";
import { memo } from "./memo.js";
import { memoOfTwo } from "./memo-of-two.js";
import { type Features, least, worth } from "./weights.js";
import { alike, mentions, spoken } from "./words.js";

/** Where a value can stand: an argument of a member, or a wanted output. */
export interface Place {
  readonly card?: Card;
  readonly slot: Slot;
}

/** Where a value can come from: a given input, or a field of a member. */
export interface Source {
  readonly card?: Card;
  readonly slot: Slot;
}

export const placeName = ({ card, slot }: Place): string => `${card?.name ?? "output"}.${slot.name}`;
export const sourceName = ({ card, slot }: Source): string => `${card?.name ?? "input"}.${slot.name}`;

/** An edge of a derivation by names, types and meaning alone. */
export interface Edge {
  readonly features: Features;
  readonly score: number;
  /** The most that name or meaning says for it, from 0 to 1. */
  readonly affinity: number;
  /** It was settled for good. */
  readonly fixed?: true;
}

export interface Edges {
  fits(from: JsonSchema, to: JsonSchema): boolean;
  /** What a source is worth at a place, undefined where it may not stand there; `item` where it is to be an element of the place's list. */
  edge(place: Place, source: Source, item?: boolean): Edge | undefined;
  classOf(place: Place | Source): TextClass | undefined;
  /** From -1 to 1: whether a source stands on the side of its place, where that faces another. */
  facing(place: Place, source: Source): number;
  isFixed(place: Place): boolean;
}

export const textOf = (slot: Slot): string => `${spoken(slot.name)} ${slot.description}`.trim();
/** A field together with what its member does. */
const textOfField = (card: Card, slot: Slot): string => `${textOf(slot)}: ${card.does}`;
const textOfCard = (card: Card): string => `${spoken(card.name)}: ${card.does}`;

/** Every text whose likeness to another counts. */
export function textsOf(brief: Brief): string[] {
  const slots = [brief.given, brief.wanted, ...brief.members.flatMap(({ takes, gives }) => [takes, gives])];
  const fields = brief.members.flatMap((card) => Object.values(card.gives).map((slot) => textOfField(card, slot)));
  return [...brief.members.map(textOfCard), ...fields, ...slots.flatMap((one) => Object.values(one).map(textOf))];
}

const isNumber = ({ type }: JsonSchema): boolean => type === "number" || type === "integer";

/** `meant`: likeness knows what words mean, not only which are the same. */
export function edgesOf(brief: Brief, like: Likeness, meant: boolean, settle: Readonly<Record<string, string>> = {}): Edges {
  const fits = memoOfTwo((from: JsonSchema, to: JsonSchema): boolean => compatible(from, to) === undefined);
  // Each text is held against those of every other member.
  const conceptsIn = memo(conceptsOf);
  const likeIn = memoOfTwo(alike);
  const classes = new Map<Slot, TextClass | undefined>();
  const sortOf = ({ card, slot }: Place): TextClass | undefined => {
    if (!classes.has(slot)) classes.set(slot, classOf(slot, card?.does));
    return classes.get(slot);
  };
  const edges = new Map<Slot, Map<Slot, readonly [Edge | undefined, Edge | undefined]>>();
  const edge = (place: Place, source: Source, item = false): Edge | undefined => {
    let row = edges.get(place.slot);
    if (!row) edges.set(place.slot, (row = new Map()));
    let both = row.get(source.slot);
    if (!both) row.set(source.slot, (both = [measure(place, source, false), measure(place, source, true)]));
    return both[item ? 1 : 0];
  };
  const facing = facingOf(brief, (a, b) => fits(a.schema, b.schema));
  /** Whether one description holds the other: `one pair of terms a line`. */
  const echoes = (place: Place, source: Source): boolean => {
    const [to, from] = [conceptsIn(place.slot.description), conceptsIn(source.slot.description)];
    return to.length > 1 && to.every((one) => from.includes(one));
  };
  const clash = (place: Place, source: Source): boolean => {
    const [to, from] = [sortOf(place), sortOf(source)];
    return to !== undefined && from !== undefined && to !== from && likeIn(place.slot.name, source.slot.name) < 1 && !echoes(place, source);
  };
  /** How much a member's words say what an argument is called: `billed` comes of an invoice that is read. */
  const makerOf = ({ card, slot }: Place, source: Source): number => {
    const said = conceptsIn(slot.name);
    if (!card || !source.card || bareName.test(slot.name) || said.length === 0) return 0;
    const [name, does] = [conceptsIn(source.card.name), conceptsIn(source.card.does)];
    return said.every((one) => name.includes(one)) ? 1 : said.every((one) => does.includes(one)) ? 0.6 : 0;
  };

  const measureIn = memo((slot: Slot) => measureOf(slot));
  const thingOf = memo((name: string) => conceptsIn(name).join());
  /** Whether two names say one thing in other words or another language: `photo` and `foto`. */
  const sameThing = (a: string, b: string): boolean => thingOf(a) !== "" && thingOf(a) === thingOf(b);

  /** Whether one field alone, of all that members give, has this type. */
  const lone = (schema: JsonSchema): boolean =>
    brief.members.flatMap(({ gives }) => Object.values(gives)).filter((slot) => fits(slot.schema, schema)).length === 1;

  /** Whether one member alone gives atoms of a sort. */
  const loneGiver = (card: Card, sort: TextClass): boolean =>
    brief.members.every((one) => one === card || Object.values(one.gives).every((slot) => sortOf({ card: one, slot }) !== sort));

  /** Whether a member makes, under the very name of an argument, what it takes. */
  const makes = ({ card, slot }: Place): boolean =>
    !bareName.test(slot.name) &&
    brief.members.some(
      (one) =>
        one !== card &&
        Object.values(one.gives).some(
          ({ name, schema }) => likeIn(name, slot.name) === 1 && !Object.hasOwn(one.takes, name) && fits(schema, slot.schema),
        ),
    );

  function measure(place: Place, source: Source, item: boolean): Edge | undefined {
    const fixed = settle[placeName(place)];
    if (fixed !== undefined && fixed !== sourceName(source)) return undefined;
    const schema = item ? itemOf(place.slot.schema) : place.slot.schema;
    if (fixed !== undefined)
      return schema && fits(source.slot.schema, schema) ? { features: {}, score: 0, affinity: 1, fixed: true } : undefined;
    if (!trustedFor(place, source, brief)) return undefined;
    if (!schema || !fits(source.slot.schema, schema) || clash(place, source)) return undefined;
    if (isNumber(schema) && differ(measureIn(place.slot), measureIn(source.slot))) return undefined;
    // Labels are no days, addresses or the like, and no texts to read.
    const isLabel = source.slot.schema.enum !== undefined;
    if (isLabel && (schema.format !== undefined || (place.card && sortOf(place) === "whole"))) return undefined;
    const told = tells(schema) && tells(source.slot.schema);
    const bare = bareName.test(place.slot.name);
    const lists = itemOf(schema) !== undefined && itemOf(source.slot.schema) !== undefined;
    const same = likeIn(place.slot.name, source.slot.name);
    const ofMember = source.card ? likeIn(place.slot.name, source.card.name) : 0;
    const kin = same < 1 && sameThing(place.slot.name, source.slot.name) ? 0.8 : 0;
    // Who gives what it takes under one name has changed it: the name is no reason to go through it.
    const changed = place.card !== undefined && source.card !== undefined && Object.hasOwn(source.card.takes, source.slot.name);
    const named =
      (bare && source.card && place.card && !item && !lists) || changed
        ? 0
        : same === 1
          ? 1
          : Math.max(kin, 0.5 * same, ofMember === 1 ? 0.6 : 0);
    const about = bare && place.card && !place.slot.description ? textOfCard(place.card) : textOf(place.slot);
    const near = like(about, textOf(source.slot));
    const does = source.card ? Math.max(like(about, textOfCard(source.card)), like(about, textOfField(source.card, source.slot))) : 0;
    const [to, from] = [sortOf(place), sortOf(source)];
    const echoed = place.card !== undefined && echoes(place, source);
    const atom = to !== undefined && to !== "whole" && (to === from || (echoed && from !== "whole"));
    const affinity = Math.max(named, near, does);
    const sole =
      (told && lone(schema) && (!meant || schema["x-media"] === undefined)) ||
      (atom && to !== "day" && source.card !== undefined && loneGiver(source.card, to!));
    const doubt = !place.card && affinity < least.output && !sole ? 1 : 0;
    if (!place.card && !source.card && place.slot.name !== source.slot.name) return undefined;
    if (place.card && isOption(place.slot, to) && named < 1 && !atom && !told) return undefined;
    // What is given may be an atom without saying so.
    const silent = !source.card && from === undefined && !isOption(place.slot, to);
    if (place.card && to !== undefined && to !== "whole" && !atom && affinity < least.atom && !silent) return undefined;
    // An atom stands at no place that is not known to take one, unless something speaks for it.
    if (place.card && to === undefined && from !== undefined && from !== "whole" && affinity < least.atom && !bare) return undefined;
    const vague =
      place.card && ((source.card && to === undefined && from === "whole" && !told) || (silent && to !== undefined && to !== "whole"))
        ? 1
        : 0;
    const wanted = !place.card && same === 1 ? 1 : 0;
    const described = mentions(place.slot.description, source.slot.name) ? 1 : 0;
    const meaning: Features = place.card
      ? { argumentNamed: named, argumentAlike: near, argumentDoes: does }
      : { named, wanted, alike: near, does };
    const features: Features = {
      ...meaning,
      doubt,
      vague,
      described,
      told: told ? 1 : 0,
      atom: atom ? 1 : 0,
      argument: place.card ? 1 : 0,
      echoed: echoed ? 1 : 0,
      facing: facing(place, source),
      maker: named < 1 ? makerOf(place, source) : 0,
      passed: place.card && !source.card && named < 0.5 && !atom && schema["x-media"] === undefined && makes(place) ? 1 : 0,
    };
    return { features, score: worth(features), affinity };
  }

  return { fits, edge, classOf: sortOf, facing, isFixed: (place) => settle[placeName(place)] !== undefined };
}

const options: readonly (TextClass | undefined)[] = ["language", "currency", "country"];

/** Options come from the request, never from a detour nobody asked for: labels, languages, currencies, countries. */
export function isOption(slot: Slot, sort: TextClass | undefined): boolean {
  return options.includes(sort) || slot.schema.enum !== undefined || slot.schema.type === "boolean";
}
