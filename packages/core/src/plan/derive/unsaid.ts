import type { Json } from "../../schema/json.js";
import type { Brief, Card } from "../brief.js";
import type { Slot } from "../slot.js";
import { besideName } from "../words/literals/beside-name.js";
import { groundedFor } from "../words/literals/grounded.js";
import { literalsIn } from "../words/literals/literals-in.js";
import { namedCodesIn } from "../words/literals/named-codes.js";
import { suits } from "../words/literals/suits.js";
import { unreadDaysIn } from "../words/literals/unread-days.js";
import type { Span } from "../words/quoted.js";
import type { Acting } from "./acting.js";
import type { Clause } from "./clauses.js";
import type { Work } from "./made.js";
import { memo } from "./memo.js";
import type { Missed } from "./missed.js";
import { least } from "./weights.js";
import { spoken } from "./words.js";

/** The values that a request gives and no task takes, of those that some argument could. */
export function unsaidOf(
  { request, members }: Brief,
  clauses: readonly Clause[],
  { acts }: Acting,
): (works: Iterable<Work>) => readonly Missed[] {
  const literals = literalsIn(request);
  const tongues = tonguesOf(members);
  /** What the request surely says for an argument, by where it says it. */
  const surely = memo((slot: Slot) => {
    const found = new Map<string, Json[]>();
    for (const { value, score, start, end } of groundedFor(slot, request, literals)) {
      const at = `${start} ${end}`;
      if (score >= least.sayable) found.set(at, [...(found.get(at) ?? []), value]);
    }
    return found;
  });
  const clauseOf = ({ start, end }: Span) => clauses.find(({ part }) => part.start <= start && end <= part.end);
  const nearTo = (inside: Clause) => {
    const before = clauses[clauses.indexOf(inside) - 1];
    return members.filter((card) => [inside, before].some((clause) => clause && acts(card, clause) > 0));
  };
  /** For each value that some argument can take the places that can, with it. */
  const sayable = literals
    .filter(({ kind, value }) => kind === "number" || kind === "day" || (kind === "language" && !tongues.has(value)))
    .map(({ start, end }) => {
      const said = request.slice(start, end);
      const inside = clauseOf({ start, end });
      const takers =
        !inside || inside.part.negated
          ? []
          : nearTo(inside).flatMap((card) =>
              Object.values(card.takes).flatMap((slot) =>
                (surely(slot).get(`${start} ${end}`) ?? []).map((value) => ({ card, place: placeWith(card, slot.name, value) })),
              ),
            );
      return { said, by: takers.map(({ card }) => card), places: takers.map(({ place }) => place), worth: 1 };
    })
    .filter(({ places }) => places.length > 0)
    .concat(besideNames(members, request));
  /** For each day that no date can be read of the members that could take one: whatever they take for it, it is taken. */
  const unread = unreadDaysIn(request).flatMap(({ start, end }) => {
    const inside = clauseOf({ start, end });
    const takers = !inside || inside.part.negated ? [] : nearTo(inside).filter((card) => daysOf(card).length > 0);
    return takers.length > 0 ? [{ said: request.slice(start, end), by: takers, worth: 1 }] : [];
  });

  return (all) => {
    if (sayable.length === 0 && unread.length === 0) return [];
    const works = [...all];
    const taken = new Set<string>();
    for (const { card, args } of works)
      for (const [name, { from }] of Object.entries(args)) if ("literal" in from) taken.add(placeWith(card, name, from.literal));
    const dated = works.filter(({ card, args }) => daysOf(card).some((name) => Object.hasOwn(args, name))).map(({ card }) => card);
    return [
      ...sayable.filter(({ places }) => !places.some((one) => taken.has(one))),
      ...unread.filter(({ by }) => !by.some((card) => dated.includes(card))),
    ];
  };
}

/** What the request says beside the very name of an argument, each value with all that could take it. */
function besideNames(members: readonly Card[], request: string) {
  const found = new Map<number, { said: string; by: Card[]; places: string[]; worth: number }>();
  for (const card of members)
    for (const slot of Object.values(card.takes)) {
      const beside = besideName(slot, request);
      if (!beside) continue;
      const one = found.get(beside.start) ?? { said: beside.value, by: [], places: [], worth: 1 };
      one.by.push(card);
      one.places.push(placeWith(card, slot.name, beside.value));
      found.set(beside.start, one);
    }
  return [...found.values()];
}

/** The arguments of a member that take a day. */
const daysOf = ({ takes }: Card): readonly string[] =>
  Object.values(takes)
    .filter((slot) => suits(slot, "day") === 1)
    .map(({ name }) => name);

/** An argument together with a value for it, as one text. */
const placeWith = (card: Card, argument: string, value: Json): string => `${card.name}.${argument}=${JSON.stringify(value)}`;

/** Languages that members speak of: who has them needs not be told. */
function tonguesOf(members: readonly Card[]): ReadonlySet<Json> {
  const texts = members.flatMap(({ name, does, gives }) => [spoken(name), does, ...Object.keys(gives).map(spoken)]);
  return new Set(namedCodesIn(texts.join(". ")).map(({ value }) => value));
}
