import type { Json } from "../../schema/json.js";
import { misfits } from "../../schema/misfits.js";
import { valuesOf } from "../../schema/resolve.js";
import type { Brief, Card } from "../brief.js";
import { holdsMedia, itemOf, type Slot } from "../slot.js";
import { groundedFor, leads } from "../words/literals/grounded.js";
import { labelsIn } from "../words/literals/labels-in.js";
import { literalsIn } from "../words/literals/literals-in.js";
import { namedCodesIn } from "../words/literals/named-codes.js";
import type { Acting } from "./acting.js";
import type { Clause } from "./clauses.js";
import { type Edges, isOption, type Place } from "./edges.js";
import { isOrder, literalFor } from "./literal.js";
import type { Work } from "./made.js";
import { memo } from "./memo.js";
import { memoOfTwo } from "./memo-of-two.js";
import type { Missed } from "./missed.js";
import type { Values } from "./several.js";
import { least } from "./weights.js";
import { alike, mentions, spoken } from "./words.js";

/** A value that words give, and how surely: from 0 to 1. */
export interface Given {
  readonly value: Json;
  readonly score: number;
  /** Where the request says it. */
  readonly at?: number;
}

/** What a request gives outright: values for arguments, and what is left of them where tasks take some. */
export interface Givens {
  literals(place: Place): readonly Given[];
  unsaid(works: Iterable<Work>): readonly Missed[];
  labelled(output: Slot, work: Work): number;
}

/** Names that say how many, and not of what. */
const count = /^(?:n|k|count|number|num|limit|max|amount|anzahl|cantidad)$/i;

export function givensOf(
  brief: Brief,
  edges: Edges,
  clauses: readonly Clause[],
  { acts: actsIn }: Acting,
  { isFor, saidFor }: Values,
): Givens {
  const literals = literalsIn(brief.request);
  const wantedWords = Object.values(brief.wanted)
    .map(({ description }) => description)
    .join(". ");

  /** Of labels that arguments of one member share those that words lead to this one, and not to another: `from Italian into French`. */
  const ledTo = ({ card, slot }: Place, labels: readonly string[]): readonly string[] => {
    const said = new Map(saidFor({ ...(card ? { card } : {}), slot }).map((one) => [one.value, one.start]));
    const starts = new Set(said.values());
    const others = Object.values(card?.takes ?? {}).filter(
      (one) => one !== slot && saidFor({ card: card!, slot: one }).some(({ start }) => starts.has(start)),
    );
    if (others.length === 0) return labels;
    const isLed = (one: Slot, label: string) => leads(spoken(one.name), brief.request.slice(0, said.get(label) ?? 0));
    const led = labels.filter((label) => isLed(slot, label));
    return led.length > 0 ? led : labels.filter((label) => !others.some((one) => isLed(one, label)));
  };

  /** A slot that only says how many, told as how many of what. */
  const named = ({ card, slot }: Place): Slot =>
    card && count.test(slot.name)
      ? { ...slot, description: `${spoken(card.name)} ${Object.keys(card.gives).map(spoken).join(" ")} ${slot.description}` }
      : slot;

  /** Whether a member makes what an argument is named after, or its words name an input. */
  const elsewhere = ({ card, slot }: Place): boolean =>
    brief.members.some((one) => one !== card && Object.values(one.gives).some(({ name }) => alike(name, slot.name) === 1)) ||
    Object.values(brief.given).some(({ name }) => mentions(slot.description, name));

  /** Languages that members speak of: who has them needs not be told. */
  const tongues = new Set(
    namedCodesIn(brief.members.flatMap(({ name, does, gives }) => [spoken(name), does, ...Object.keys(gives).map(spoken)]).join(". ")).map(
      ({ value }) => value,
    ),
  );
  /** What the request surely says for an argument, by where it says it. */
  const surely = memo((slot: Slot) => {
    const found = new Map<string, Json[]>();
    for (const { value, score, start, end } of groundedFor(slot, brief.request, literals)) {
      const at = `${start} ${end}`;
      if (score >= least.sayable) found.set(at, [...(found.get(at) ?? []), value]);
    }
    return found;
  });
  /** What the request gives and some argument can take: for each such value the places that can, with it. */
  const sayable = literals
    .filter(({ kind, value }) => kind === "number" || kind === "day" || (kind === "language" && !tongues.has(value)))
    .map(({ start, end }) => {
      const said = brief.request.slice(start, end);
      const inside = clauses.find(({ part }) => part.start <= start && end <= part.end);
      const before = inside && clauses[clauses.indexOf(inside) - 1];
      const near = (card: Card) => [inside, before].some((clause) => clause && actsIn(card, clause) > 0);
      const takers =
        !inside || inside.part.negated
          ? []
          : brief.members.filter(near).flatMap((card) =>
              Object.values(card.takes).flatMap((slot) =>
                (surely(slot).get(`${start} ${end}`) ?? []).map((value) => ({
                  card,
                  place: `${card.name}.${slot.name}=${JSON.stringify(value)}`,
                })),
              ),
            );
      return { said, by: takers.map(({ card }) => card), places: takers.map(({ place }) => place), worth: 1 };
    })
    .filter(({ places }) => places.length > 0);

  /** Whether a text says a label that some member takes. */
  const saysLabel = memo((text: string): boolean =>
    brief.members.some((one) => Object.values(one.takes).some(({ schema }) => labelsIn(text, valuesOf(schema) ?? []).length > 0)),
  );

  /** What the request gives for an argument, asked for in each round of a search. */
  const given = memoOfTwo((card: Card | undefined, slot: Slot): readonly Given[] => {
    const place = { ...(card ? { card } : {}), slot };
    const only = literalFor(slot, brief, wantedWords);
    if (only !== undefined && !(isOrder(slot) && elsewhere(place))) return [{ value: only, score: 1 }];
    const labels = labelsIn(`${brief.request} ${wantedWords} ${Object.keys(brief.wanted).join(" ")}`, valuesOf(slot.schema) ?? []);
    if (place.card && valuesOf(itemOf(slot.schema) ?? {})) {
      const all = [...new Set(saidFor(place).flatMap(({ start, value }) => (isFor(place.card!, start) ? [value] : [])))];
      return all.length > 0 && misfits(slot.schema, all).length === 0 ? [{ value: all, score: 1 }] : [];
    }
    if (labels.length > 1) {
      const elsewhere = saidFor(place).filter(({ start }) => place.card && !isFor(place.card, start));
      const meant = ledTo(
        place,
        labels.filter((label) => elsewhere.every(({ value }) => value !== label)),
      );
      if (meant.length > 0) return meant.map((value) => ({ value, score: meant.length === 1 ? 1 : 0.8 }));
    }
    const sort = edges.classOf(place);
    if (holdsMedia(slot.schema)) return [];
    // What names a label of another argument is meant for that one.
    const others = Object.values(place.card?.takes ?? {}).flatMap((one) => (one === slot ? [] : [valuesOf(one.schema) ?? []]));
    // A whole text is said only where it is quoted, or called what it is for; a mail may be an address.
    const apt = sort === "whole" ? literals.filter(({ kind }) => kind === "quoted" || kind === "email") : literals;
    const grounded = groundedFor(named(place), brief.request, apt);
    const found = grounded.length || !isOption(slot, sort) ? grounded : groundedFor(slot, wantedWords);
    return found
      .filter(({ start, end }) => !others.some((said) => labelsIn(brief.request.slice(start, end), said).length > 0))
      .filter(({ score }) => score >= (sort === undefined || isOption(slot, sort) ? least.literal : least.atomLiteral))
      .slice(0, 3)
      .map(({ value, score, start }) => ({ value, score: Math.max(0, Math.min(1, score - least.literal)), at: start }));
  });

  return {
    literals: ({ card, slot }) => given(card, slot),
    labelled: (output, { card, args }) => {
      const text = `${spoken(output.name)} ${output.description}`;
      const found = Object.values(card.takes).map((slot): number => {
        const values = valuesOf(slot.schema) ?? [];
        const said = labelsIn(text, values).concat(values.includes(output.name) ? [output.name] : []);
        const from = args[slot.name]?.from;
        return said.length === 0 || !from || !("literal" in from) ? 0 : said.includes(String(from.literal)) ? 1 : -1;
      });
      if (found.every((one) => one === 0) && saysLabel(text)) return -1;
      return found.includes(-1) ? -1 : Math.max(0, ...found);
    },
    unsaid: (works) => {
      if (sayable.length === 0) return [];
      const taken = new Set<string>();
      for (const { card, args } of works)
        for (const [name, { from }] of Object.entries(args))
          if ("literal" in from) taken.add(`${card.name}.${name}=${JSON.stringify(from.literal)}`);
      return sayable.filter(({ places }) => !places.some((one) => taken.has(one)));
    },
  };
}
