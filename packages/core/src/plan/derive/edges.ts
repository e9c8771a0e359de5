import { compatible } from "../../schema/compatible.js";
import type { JsonSchema } from "../../schema/json.js";
import type { Brief, Card } from "../brief.js";
import { holdsText, itemOf, type Slot, tells } from "../slot.js";
import { differ, measureOf } from "../words/literals/measures.js";
import { bareName, classOf, sortsIn, type TextClass } from "./class-of.js";
import { conceptsOf, isTakingAway } from "./concepts.js";
import { contraryOf } from "./contrary.js";
import { facingOf } from "./facing.js";
import { foreignOf } from "./foreign.js";
import type { Likeness } from "./likeness.js";
import { trustedFor } from "./marked.js";
import { memo } from "./memo.js";
import { memoOfTwo } from "./memo-of-two.js";
import { namedAlike } from "./named-alike.js";
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
interface Edge {
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

const textOf = (slot: Slot): string => `${spoken(slot.name)} ${slot.description}`.trim();
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

type ConceptsIn = (text: string) => readonly string[];
type LikeIn = (a: string, b: string) => number;

/** Whether one description holds the other: `one pair of terms a line`. */
function echoes(place: Place, source: Source, conceptsIn: ConceptsIn): boolean {
  const [to, from] = [conceptsIn(place.slot.description), conceptsIn(source.slot.description)];
  return to.length > 1 && to.every((one) => from.includes(one));
}

/** Whether a place and a source take and give texts of two sorts, and neither name nor description says that they are one. */
function clash(place: Place, source: Source, sortOf: Edges["classOf"], likeIn: LikeIn, conceptsIn: ConceptsIn): boolean {
  const [to, from] = [sortOf(place), sortOf(source)];
  if (to === undefined || from === undefined || to === from) return false;
  return likeIn(place.slot.name, source.slot.name) < 1 && !echoes(place, source, conceptsIn);
}

/** How near what a place is about comes to a source, and to what the member does that gives it. */
function meaningAlike({ card, slot }: Place, source: Source, like: Likeness): { near: number; does: number } {
  const about = bareName.test(slot.name) && card && !slot.description ? textOfCard(card) : textOf(slot);
  return {
    near: like(about, textOf(source.slot)),
    does: source.card ? Math.max(like(about, textOfCard(source.card)), like(about, textOfField(source.card, source.slot))) : 0,
  };
}

/** Whether a source's member takes the text that an argument is called after, and gives what it finds there: both read one log. */
const isFellow = ({ card, slot }: Place, { card: giver, slot: given }: Source, conceptsIn: ConceptsIn): boolean =>
  card !== undefined &&
  giver !== undefined &&
  !bareName.test(slot.name) &&
  holdsText(slot.schema) &&
  sameThing(slot.name, Object.keys(giver.takes), conceptsIn) &&
  !sameThing(slot.name, [given.name], conceptsIn) &&
  !isChanged(given, giver, conceptsIn);

/** Whether a field is what is left of what its member takes, or is called after what that does to it: `cropped`, of one that crops. */
const isChanged = ({ name }: Slot, giver: Card, conceptsIn: ConceptsIn): boolean =>
  /(?:ed|kept|left)$/u.test(spoken(name)) ||
  isTakingAway(new Set(conceptsIn(`${giver.name} ${giver.does}`))) ||
  [giver.name, giver.does].flatMap((said) => conceptsIn(said).slice(0, 1)).some((one) => conceptsIn(name).includes(one));

const sameThing = (name: string, others: readonly string[], conceptsIn: ConceptsIn): boolean =>
  others.some((other) => conceptsIn(other).join() === conceptsIn(name).join());

/** How much a member's words say what an argument is called: `billed` comes of an invoice that is read. */
function makerOf({ card, slot }: Place, source: Source, conceptsIn: ConceptsIn): number {
  const said = conceptsIn(slot.name);
  if (!card || !source.card || bareName.test(slot.name) || said.length === 0 || isFellow({ card, slot }, source, conceptsIn)) return 0;
  const [name, does] = [conceptsIn(source.card.name), conceptsIn(source.card.does)];
  return said.every((one) => name.includes(one)) ? 1 : said.every((one) => does.includes(one)) ? 0.6 : 0;
}

/** Whether one field alone, of all that members give, has this type. */
const isLone = (schema: JsonSchema, { members }: Brief, fits: Edges["fits"]): boolean =>
  members.flatMap(({ gives }) => Object.values(gives)).filter((slot) => fits(slot.schema, schema)).length === 1;

/** Whether one member alone gives atoms of a sort. */
const isLoneGiver = (card: Card, sort: TextClass, { members }: Brief, sortOf: Edges["classOf"]): boolean =>
  members.every((one) => one === card || Object.values(one.gives).every((slot) => sortOf({ card: one, slot }) !== sort));

/** Whether a member makes, under the very name of an argument, what it takes. */
const isMade = ({ card, slot }: Place, { members }: Brief, likeIn: LikeIn, fits: Edges["fits"]): boolean =>
  !bareName.test(slot.name) &&
  members.some(
    (one) =>
      one !== card &&
      Object.values(one.gives).some(
        ({ name, schema }) =>
          likeIn(name, slot.name) === 1 &&
          !Object.hasOwn(one.takes, name) &&
          [slot.schema, itemOf(slot.schema)].some((one) => one && fits(schema, one)),
      ),
  );

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
  const edge = measuredOnce(measure);
  const facing = facingOf(brief, (a, b) => fits(a.schema, b.schema));
  const formats = new Set<unknown>(Object.values(brief.given).flatMap(({ schema: { format } }) => (format === undefined ? [] : [format])));
  const measureIn = memo((slot: Slot) => measureOf(slot));
  const foreign = foreignOf();
  const contrary = contraryOf();
  const spokenOf = memo(({ does }: Card) => sortsIn(does));
  const thingOf = memo((name: string) => conceptsIn(name).join());

  function measure(place: Place, source: Source, item: boolean): Edge | undefined {
    const schema = item ? itemOf(place.slot.schema) : place.slot.schema;
    if (!schema || !fits(source.slot.schema, schema)) return undefined;
    const fixed = settle[placeName(place)];
    if (fixed !== undefined) return fixed === sourceName(source) ? { features: {}, score: 0, affinity: 1, fixed: true } : undefined;
    if (!trustedFor(place, source, brief) || clash(place, source, sortOf, likeIn, conceptsIn) || contrary(place, source)) return undefined;
    if (isNumber(schema) && differ(measureIn(place.slot), measureIn(source.slot))) return undefined;
    // Labels are no days, addresses or the like, and no texts to read.
    const isLabel = source.slot.schema.enum !== undefined;
    if (isLabel && (schema.format !== undefined || (place.card && sortOf(place) === "whole"))) return undefined;
    const told = tells(schema) && tells(source.slot.schema);
    const bare = bareName.test(place.slot.name);
    const lists = itemOf(schema) !== undefined && itemOf(source.slot.schema) !== undefined;
    const named = namedAlike(place, source, item || lists, likeIn, thingOf);
    const { near, does } = meaningAlike(place, source, like);
    const [to, from] = [sortOf(place), sortOf(source)];
    const echoed = place.card !== undefined && echoes(place, source, conceptsIn);
    const atom = to !== undefined && to !== "whole" && (to === from || (echoed && from !== "whole"));
    const affinity = Math.max(named, near, does);
    const sole =
      (told && isLone(schema, brief, fits) && (!meant || schema["x-media"] === undefined)) ||
      (atom && to && to !== "day" && source.card !== undefined && isLoneGiver(source.card, to, brief, sortOf));
    const doubt = !place.card && affinity < least.output && !sole ? 1 : 0;
    if (!place.card && !source.card && place.slot.name !== source.slot.name) return undefined;
    const said = echoed || mentions(source.slot.description, place.slot.name) || mentions(place.slot.description, source.slot.name);
    if (place.card && isOption(place.slot, to) && named < 1 && !atom && !told && !said) return undefined;
    // What is given may be an atom without saying so, unless others that are given say so.
    const silent = !source.card && from === undefined && !isOption(place.slot, to) && !formats.has(schema.format);
    if (place.card && to !== undefined && to !== "whole" && !atom && affinity < least.atom && !silent) return undefined;
    // Nor are they texts of another name.
    if (isLabel && place.card && !source.card && schema.enum === undefined && affinity < least.atom && !bare) return undefined;
    // An atom stands at no place that is not known to take one, unless something speaks for it, or its member speaks of such atoms.
    const strange = place.card && to === undefined && from !== undefined && from !== "whole" && !spokenOf(place.card).has(from);
    if (strange && affinity < least.atom && !bare) return undefined;
    const vague = (source.card && to === undefined && from === "whole" && !told) || (silent && to !== undefined && to !== "whole");
    const wanted = likeIn(place.slot.name, source.slot.name) === 1 ? 1 : 0;
    const meaning: Features = place.card
      ? { argumentNamed: named, argumentAlike: named === 1 ? 0 : near, argumentDoes: named === 1 ? 0 : does }
      : { named, wanted, alike: near, does };
    const features: Features = {
      ...meaning,
      doubt,
      vague: place.card && vague ? 1 : 0,
      described: mentions(place.slot.description, source.slot.name) ? 1 : 0,
      told: told ? 1 : 0,
      atom: atom ? 1 : 0,
      argument: place.card ? 1 : 0,
      echoed: echoed ? 1 : 0,
      facing: facing(place, source),
      fellow: isFellow(place, source, conceptsIn) ? 1 : 0,
      maker: named < 1 ? makerOf(place, source, conceptsIn) : 0,
      foreign: holdsText(schema) && holdsText(source.slot.schema) && foreign(place, source) ? 1 : 0,
      passed:
        place.card && !source.card && named < 0.5 && !atom && schema["x-media"] === undefined && isMade(place, brief, likeIn, fits) ? 1 : 0,
    };
    return { features, score: worth(features), affinity };
  }

  return { fits, edge, classOf: sortOf, facing, isFixed: (place) => settle[placeName(place)] !== undefined };
}

/** An edge for each place and source, as a whole and as an item. */
function measuredOnce(measure: (place: Place, source: Source, item: boolean) => Edge | undefined): Edges["edge"] {
  const edges = new Map<Slot, Map<Slot, readonly [Edge | undefined, Edge | undefined]>>();
  return (place, source, item = false) => {
    let row = edges.get(place.slot);
    if (!row) edges.set(place.slot, (row = new Map()));
    let both = row.get(source.slot);
    if (!both) row.set(source.slot, (both = [measure(place, source, false), measure(place, source, true)]));
    return both[item ? 1 : 0];
  };
}

const options: readonly (TextClass | undefined)[] = ["language", "currency", "country"];

/** Options come from the request, never from a detour nobody asked for: labels, languages, currencies, countries. */
export function isOption(slot: Slot, sort: TextClass | undefined): boolean {
  return options.includes(sort) || slot.schema.enum !== undefined || slot.schema.type === "boolean";
}
