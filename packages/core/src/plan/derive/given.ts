import type { Json } from "../../schema/json.js";
import { misfits } from "../../schema/misfits.js";
import { valuesOf } from "../../schema/resolve.js";
import type { Brief, Card } from "../brief.js";
import { holdsMedia, itemOf, type Slot } from "../slot.js";
import { besideName } from "../words/literals/beside-name.js";
import { groundedFor, leads } from "../words/literals/grounded.js";
import { labelsFor, labelsIn } from "../words/literals/labels-in.js";
import type { Literal } from "../words/literals/literal.js";
import { literalsIn } from "../words/literals/literals-in.js";
import { type Edges, isOption, type Place } from "./edges.js";
import { isOrder, literalFor } from "./literal.js";
import { memo } from "./memo.js";
import { memoOfTwo } from "./memo-of-two.js";
import type { Values } from "./several.js";
import { least } from "./weights.js";
import { alike, mentions, spoken, wordsOf } from "./words.js";

/** A value that words give, and how surely: from 0 to 1. */
export interface Given {
  readonly value: Json;
  readonly score: number;
  /** Where the request says it. */
  readonly at?: number;
}

/** Names that say how many, and not of what. */
const count = /^(?:n|k|count|number|num|limit|max|amount|anzahl|cantidad)$/i;

/** A name however it is written: `WhatsApp`, `whatsapp`. */
const lettersOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\d]/gu, "");

/** `PDF`, `CO2`. */
const abbreviated = /^\p{Lu}[\p{Lu}\d]+$/u;
/** A number's kind suits, and the words of an argument's name stand right beside it. */
const besideEnough = 1.4;

/** What the words of a request and of the wanted outputs give outright for an argument. */
export function givenOf(brief: Brief, edges: Edges, { isFor, saidFor }: Values): (place: Place) => readonly Given[] {
  const literals = literalsIn(brief.request);
  const speaksOf = ({ name, does }: Card, said: string): boolean => mentions(`${name} ${does}`, said);
  /** What another member speaks of, and this one does not, is no value for it: `the claims in the PDF`. */
  const isOfOther = (card: Card | undefined, text: string): boolean =>
    card !== undefined && !speaksOf(card, text) && brief.members.some((one) => one !== card && speaksOf(one, text));
  /** What a member is called after is what it works on: `the GC content`, of one that counts it in a `dna`. */
  const isOwn = (card: Card | undefined, slot: Slot, text: string): boolean =>
    card !== undefined && mentions(spoken(card.name), text) && !mentions(`${spoken(slot.name)} ${slot.description}`, text);
  /** What an input is said to be is that input: `since the old MRI`, of an "MRI of 2024". */
  const isOfGiven = (text: string): boolean =>
    Object.values(brief.given).some(({ name, description }) => mentions(`${spoken(name)} ${description}`, text));
  const tongues = new Set(literals.filter(({ kind }) => kind === "language").map(({ text }) => text));
  /** A number that words right beside it give to an argument of another name is none of this one's: `a map, zoom 15`. */
  const namedFor = memo((start: number) => namesBeside(start, brief, literals));
  /** Nor is one that stands by the name of a text: `booking 48213`, of a fee. */
  const namedTexts = namedTextsIn(brief);
  const isOfText = ({ name }: Slot, start: number): boolean => {
    const named = namedTexts.get(start);
    return named !== undefined && !wordsOf(name).some((one) => named.includes(one));
  };
  const wantedWords = Object.values(brief.wanted)
    .map(({ description }) => description)
    .filter(Boolean)
    .join(". ");

  /** What the request gives for an argument, asked for in each round of a search. */
  const given = memoOfTwo((card: Card | undefined, slot: Slot): readonly Given[] => {
    const place = { ...(card ? { card } : {}), slot };
    const only = literalFor(slot, brief, wantedWords);
    if (only !== undefined && !(isOrder(slot) && isElsewhere(place, brief))) return [{ value: only, score: 1 }];
    const labels = labelsFor(slot, `${brief.request} ${wantedWords} ${Object.keys(brief.wanted).join(" ")}`, valuesOf(slot.schema) ?? []);
    if (card && valuesOf(itemOf(slot.schema) ?? {})) {
      const all = [...new Set(saidFor(place).flatMap(({ start, value }) => (isFor(card, start) ? [value] : [])))];
      return all.length > 0 && misfits(slot.schema, all).length === 0 ? [{ value: all, score: 1 }] : [];
    }
    if (labels.length > 1) {
      const elsewhere = saidFor(place).filter(({ start }) => place.card && !isFor(place.card, start));
      const own = labels.filter((label) => elsewhere.every(({ value }) => value !== label));
      const meant = ledTo(place, own, brief.request, saidFor);
      if (meant.length > 0) return meant.map((value) => ({ value, score: meant.length === 1 ? 1 : 0.8 }));
    }
    const sort = edges.classOf(place);
    if (holdsMedia(slot.schema)) return [];
    // What names a label of another argument is meant for that one.
    const others = Object.values(place.card?.takes ?? {}).flatMap((one) => (one === slot ? [] : [valuesOf(one.schema) ?? []]));
    // A whole text is said only where it is quoted, or called what it is for; a mail may be an address.
    const apt = sort === "whole" ? literals.filter(({ kind }) => kind === "quoted" || kind === "email") : literals;
    const grounded = groundedFor(counting(place), brief.request, apt);
    const found = grounded.length || !isOption(slot, sort) ? grounded : groundedFor(slot, wantedWords);
    return found
      .filter(
        ({ value, start, end }) =>
          Array.isArray(value) || !others.some((said) => labelsIn(brief.request.slice(start, end), said).length > 0),
      )
      .filter(({ start, end }) => {
        const text = brief.request.slice(start, end);
        if (brief.members.some((one) => one !== card && lettersOf(one.name) === lettersOf(text))) return false;
        if (abbreviated.test(text) && (isOwn(card, slot, text) || isOfGiven(text))) return false;
        return !((abbreviated.test(text) || (tongues.has(text) && sort !== "language")) && isOfOther(card, text));
      })
      .filter(({ value, start, score }) => {
        if (typeof value !== "number") return true;
        if (isOfText(slot, start)) return false;
        if (score >= besideEnough) return true;
        const names = namedFor(start);
        return names.size === 0 || names.has(slot.name);
      })
      .filter(({ score }) => score >= (sort === undefined || isOption(slot, sort) ? least.literal : least.atomLiteral))
      .slice(0, 3)
      .map(({ value, score, start }) => ({ value, score: Math.max(0, Math.min(1, score - least.literal)), at: start }));
  });

  return ({ card, slot }) => given(card, slot);
}

/** The names of the arguments that the words right beside a number give it to. */
function namesBeside(start: number, { members, request }: Brief, literals: readonly Literal[]): ReadonlySet<string> {
  const slots = members.flatMap(({ takes }) => Object.values(takes));
  const said = slots.flatMap((slot) => {
    const found = groundedFor(slot, request, literals).find((one) => one.start === start && typeof one.value === "number");
    return found ? [{ name: slot.name, near: found.score }] : [];
  });
  return new Set(said.filter(({ near }) => near >= besideEnough).map(({ name }) => name));
}

/** The names of texts that stand beside their values in the request, by where these begin. */
function namedTextsIn({ members, request }: Brief): ReadonlyMap<number, readonly string[]> {
  const slots = members.flatMap(({ takes }) => Object.values(takes));
  return new Map(
    slots.flatMap((slot) => {
      const beside = besideName(slot, request);
      return beside ? [[beside.start, wordsOf(slot.name)] as const] : [];
    }),
  );
}

/** Of labels that arguments of one member share those that words lead to this one, and not to another: `from Italian into French`. */
function ledTo(place: Place, labels: readonly string[], request: string, saidFor: Values["saidFor"]): readonly string[] {
  const { card, slot } = place;
  if (!card) return labels;
  const said = new Map(saidFor(place).map((one) => [one.value, one.start]));
  const starts = new Set(said.values());
  const others = Object.values(card.takes).filter(
    (one) => one !== slot && saidFor({ card, slot: one }).some(({ start }) => starts.has(start)),
  );
  if (others.length === 0) return labels;
  const isLed = (one: Slot, label: string) => leads(spoken(one.name), request.slice(0, said.get(label) ?? 0));
  const led = labels.filter((label) => isLed(slot, label));
  const free = labels.filter((label) => !others.some((one) => isLed(one, label)));
  return led.length > 0 ? led : free.length > 0 ? free : labels;
}

/** A slot that only says how many, told as how many of what. */
const counting = ({ card, slot }: Place): Slot =>
  card && count.test(slot.name)
    ? { ...slot, description: `${spoken(card.name)} ${Object.keys(card.gives).map(spoken).join(" ")} ${slot.description}` }
    : slot;

/** Whether a member makes what an argument is named after, or its words name an input. */
const isElsewhere = ({ card, slot }: Place, { members, given }: Brief): boolean =>
  members.some((one) => one !== card && Object.values(one.gives).some(({ name }) => alike(name, slot.name) === 1)) ||
  Object.values(given).some(({ name }) => mentions(slot.description, name));
