import type { Brief, Card } from "../brief.js";
import type { Slot } from "../slot.js";
import { conceptsOf } from "./concepts.js";
import type { Place, Source } from "./edges.js";
import { memo } from "./memo.js";
import { memoOfTwo } from "./memo-of-two.js";
import { type Axis, axes, nameWords, sentenceWords, sideOf } from "./opposites.js";
import { spoken } from "./words.js";

/** On which side of an axis an argument stands, by its name, or else by its description. */
const placeSide = (slot: Slot, axis: Axis): number => sideOf(nameWords(slot.name), axis) || sideOf(sentenceWords(slot.description), axis);

const present =
  /(?<![\p{L}\d])(?:current(?:ly)?|now|today|present|existing|aktuell\p{L}*|jetzig\p{L}*|heutig\p{L}*|actual(?:es)?|vigente)(?![\p{L}\d])/iu;
const proposed =
  /(?<![\p{L}\d])(?:new|propos\p{L}*|planned|draft|future|next|upcoming|revised|neue?[nrs]?|vorschlag|vorgeschlagen\p{L}*|entwurf|künftig\p{L}*|nuev\p{L}*|propuest\p{L}*|borrador|futur\p{L}*)(?![\p{L}\d])/iu;

/**
 * From -1 to 1: whether a source stands on the side of its place, where a member takes two that face one another: `before` and `after`,
 * `expected` and `answer`, `from` and `to`.
 */
export function facingOf(brief: Brief, fits: (a: Slot, b: Slot) => boolean): (place: Place, source: Source) => number {
  const inputs = Object.values(brief.given);
  /** On which side of which axes an argument stands over against another of its member. */
  const faces = memoOfTwo((card: Card, slot: Slot): readonly (readonly [Axis, number])[] =>
    axes.flatMap((axis) => {
      const side = placeSide(slot, axis);
      const across = Object.values(card.takes).some((one) => one !== slot && fits(one, slot) && placeSide(one, axis) === -side);
      return side !== 0 && across ? [[axis, side] as const] : [];
    }),
  );

  /** The words of a name that no other input of its type has. */
  const own = memo((slot: Slot): readonly string[] => {
    const others = new Set(inputs.filter((one) => one !== slot && fits(one, slot)).flatMap(({ name }) => nameWords(name)));
    return nameWords(slot.name).filter((word) => !others.has(word));
  });

  /** Of inputs whose names differ in a number the side by that: `list2022` is before `list2025`. */
  const numbered = (slot: Slot): number => {
    const bare = (name: string) => name.replace(/\d+/g, "#");
    const number = (name: string) => Number(/\d+/.exec(name)?.[0]);
    const [twin, ...others] = inputs.filter((one) => one !== slot && fits(one, slot) && bare(one.name) === bare(slot.name));
    return twin && others.length === 0 ? Math.sign(number(slot.name) - number(twin.name)) : 0;
  };

  /** What is there now is before what is proposed: beside what was, it would be after. */
  const coming = (slot: Slot): number => {
    const says = (one: Slot, words: RegExp) => words.test(`${spoken(one.name)} ${one.description}`);
    const side = (one: Slot) => Number(says(one, proposed)) - Number(says(one, present));
    return inputs.some((one) => one !== slot && fits(one, slot) && side(one) === -side(slot)) ? side(slot) : 0;
  };

  /** What is wanted names where a way ends, what is given where it starts: `in the customer's currency`. */
  const spokenOf = (slot: Slot): number => {
    const telling = own(slot).flatMap(conceptsOf);
    const names = ({ description }: Slot): boolean => {
      const said = new Set(conceptsOf(description));
      return telling.length > 0 && telling.every((one) => said.has(one));
    };
    const [end, start] = [Object.values(brief.wanted).some(names), inputs.some((one) => one !== slot && names(one))];
    return Number(end) - Number(start);
  };

  const sourceSide = ({ card, slot }: Source, axis: Axis): number => {
    if (card) return sideOf(nameWords(`${card.name} ${slot.name}`), axis) || sideOf(sentenceWords(card.does), axis);
    const told = axis === "time" ? numbered(slot) || coming(slot) : axis === "way" ? spokenOf(slot) : 0;
    return told || sideOf(own(slot), axis) || sideOf(sentenceWords(slot.description), axis);
  };

  return ({ card, slot }, source) => {
    const all = card ? faces(card, slot).map(([axis, side]) => side * sourceSide(source, axis)) : [];
    return all.find((one) => one !== 0) ?? 0;
  };
}
