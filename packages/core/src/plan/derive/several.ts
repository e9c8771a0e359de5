import type { Json } from "../../schema/json.js";
import { valuesOf } from "../../schema/resolve.js";
import type { Brief, Card } from "../brief.js";
import { itemOf, type Slot } from "../slot.js";
import { groundedFor } from "../words/literals/grounded.js";
import { labelSpansFor } from "../words/literals/labels-in.js";
import { literalsIn } from "../words/literals/literals-in.js";
import type { Span } from "../words/quoted.js";
import type { Acting } from "./acting.js";
import type { Clause } from "./clauses.js";
import type { Edges, Place } from "./edges.js";
import { memo } from "./memo.js";
import { memoOfTwo } from "./memo-of-two.js";
import { least } from "./weights.js";
import { alike, spoken } from "./words.js";

/** A value that a request says, and where. */
interface SaidValue extends Span {
  readonly value: Json;
}

/** Several values that a request says for one argument: its member is wanted once for each. */
export interface Several {
  readonly argument: string;
  readonly values: readonly Json[];
}

export interface Values {
  several(card: Card): Several | undefined;
  /** Whether a value that the request says at a place may be meant for a member: it does most of all that could take it in that clause, and the clause denies nothing. */
  isFor(card: Card, at: number): boolean;
  /** Where the request says values for an argument. */
  saidFor(place: Place): readonly SaidValue[];
}

/** Values that are of one sort with others of their kind: names and quotations may say anything. */
const sorts = new Set<string | undefined>(["language", "currency", "country", "day"]);
const joining = /,|;|(?<![\p{L}\d])(?:and|und|y|e|sowie|as well as|plus)(?![\p{L}\d])/iu;
/** What stands between values that are said for one argument, beside the words of that argument: `into English and then into French`. */
const between = new Set(
  "and und y e sowie as well plus in into to for of on at with the a an ins im auf zu zum zur für mit bei den die das dem der eine einen einem ein al a en para por con de el la los las un una once then also again einmal noch auch dann nochmals vez otra otro luego también s".split(
    " ",
  ),
);

export function valuesOfRequest(brief: Brief, edges: Edges, clauses: readonly Clause[], { acts }: Acting): Values {
  const literals = literalsIn(brief.request);
  const sorted = new Set(literals.filter(({ kind }) => kind === "number" || sorts.has(kind)).map(({ start }) => start));
  const words = (text: string) => spoken(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  const takers = brief.members.flatMap((card) => Object.values(card.takes).map((slot) => ({ card, slot })));
  const isSorted = (place: Place) => !["string", undefined].includes(place.slot.schema.type as string) || sorts.has(edges.classOf(place));
  const saidBy = memoOfTwo((card: Card, slot: Slot): readonly SaidValue[] => {
    const labels = valuesOf(itemOf(slot.schema) ?? slot.schema);
    if (!labels && !isSorted({ card, slot })) return [];
    const found: readonly SaidValue[] = labels
      ? labelSpansFor(slot, brief.request, labels)
      : groundedFor(slot, brief.request, literals).filter(({ start, score }) => sorted.has(start) && score >= least.sayable);
    return [...found].sort((a, b) => a.start - b.start);
  });
  const clauseAt = (at: number): Clause | undefined => clauses.find(({ part }) => part.start <= at && at < part.end);

  const isFor = (card: Card, at: number): boolean => {
    const clause = clauseAt(at);
    if (!clause) return true;
    const others = takers.filter((one) => one.card !== card && saidBy(one.card, one.slot).some(({ start }) => start === at));
    return !clause.part.negated && others.every((one) => acts(one.card, clause) <= acts(card, clause));
  };

  /** Whether two values, one after the other, are said in one breath. */
  const isJoined = (slot: Slot, a: Span, b: Span): boolean => {
    const text = brief.request.slice(a.end, b.start);
    const own = new Set([...words(slot.name), ...words(brief.request.slice(b.end)).slice(0, 2)]);
    return joining.test(text) && words(text).every((word) => between.has(word) || own.has(word));
  };

  const several = memo((card: Card): Several | undefined => {
    for (const slot of Object.values(card.takes)) {
      const place = { card, slot };
      const isGiven = Object.values(brief.given).some(({ name }) => alike(name, slot.name) === 1);
      if (edges.isFixed(place) || isGiven || itemOf(slot.schema)) continue;
      const said = saidBy(card, slot).filter(({ start }) => isFor(card, start));
      const groups: SaidValue[][] = [];
      for (const one of said) {
        const last = groups.at(-1);
        const before = last?.at(-1);
        if (last && before && isJoined(slot, before, one)) last.push(one);
        else groups.push([one]);
      }
      const [group, ...more] = groups.filter(({ length }) => length > 1);
      const isShared = Object.values(card.takes).some(
        (other) => other !== slot && saidBy(card, other).some(({ start }) => group?.some((one) => one.start === start)),
      );
      const values = [...new Set(group?.map(({ value }) => value))];
      if (group && more.length === 0 && !isShared && values.length > 1) return { argument: slot.name, values };
    }
    return undefined;
  });

  return { several, isFor, saidFor: ({ card, slot }) => (card ? saidBy(card, slot) : []) };
}
