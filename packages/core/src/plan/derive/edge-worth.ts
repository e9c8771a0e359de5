import type { Brief, Card } from "../brief.js";
import type { Decided } from "../decide/decide-open.js";
import type { Slot } from "../slot.js";
import { type Edges, type Place, placeName, type Source, sourceName } from "./edges.js";
import type { Evidence } from "./evidence.js";
import { type Made, sourceOf } from "./made.js";
import { memoOfTwo } from "./memo-of-two.js";
import { least, weights } from "./weights.js";

export interface EdgeWorth {
  /** What a source is worth at a place, undefined where it may not stand there; `item` as for `Edges.edge`. */
  between(place: Place, source: Source, item?: boolean): number | undefined;
  /** The same of a value in the making. */
  of(place: Place, made: Made): number;
}

/** What edges are worth by names, types and meaning, by what the request says, and by what was decided, all together. */
export function edgeWorth(brief: Brief, edges: Edges, evidence: Evidence, decided: Decided): EdgeWorth {
  const members = brief.members.filter((card) => evidence.asks(card) >= 0);
  const between = new Map<Slot, Map<Slot, readonly (number | undefined)[]>>();
  const edgeBetween = (place: Place, source: Source, item = false): number | undefined => {
    let row = between.get(place.slot);
    if (!row) between.set(place.slot, (row = new Map()));
    let both = row.get(source.slot);
    if (!both) {
      const more = evidence.edge(place, source) - (place.card ? mostAsked(place.card, place.slot) : 0);
      const said =
        (weights.asked + (place.card && isGiven(place.card, place.slot) ? weights.overruled : 0)) * more +
        weights.decided * oddsOf(place, source);
      both = [false, true].map((one) => {
        const edge = edges.edge(place, source, one);
        return edge && edge.score + said;
      });
      row.set(source.slot, both);
    }
    return both[item ? 1 : 0];
  };
  /** Whether something given has the name of an argument. */
  const isGiven = memoOfTwo((card: Card, slot: Slot): boolean =>
    Object.values(brief.given).some((one) => edges.edge({ card, slot }, { slot: one })?.features.argumentNamed === 1),
  );
  /** What the request says for the likeliest source of an argument: others are worth so much less there, so that no detour pays for itself. */
  const mostAsked = memoOfTwo((card: Card, slot: Slot): number => {
    const place = { card, slot };
    const sources = members.flatMap((one) => (one === card ? [] : Object.values(one.gives).map((slot) => ({ card: one, slot }))));
    return Math.max(0, ...sources.filter((one) => edges.edge(place, one)).map((one) => evidence.edge(place, one)));
  });
  /** The log of a decided source's odds against an even choice; the least and the most are bounded. */
  const oddsOf = (place: Place, source: Source): number => {
    const all = decided.get(placeName(place))?.odds;
    if (!all) return 0;
    const odds = all.get(sourceName(source)) ?? 0;
    return Math.log(Math.max(odds, 0.01) * (all.size + 1));
  };
  /** Whether such a list as a place takes is given, or a member makes it. */
  const isAtHand = (place: Place): boolean =>
    Object.values(brief.given).some((slot) => edges.edge(place, { slot })) ||
    members.some((one) => one !== place.card && Object.values(one.gives).some((slot) => edges.edge(place, { card: one, slot })));
  /** Whether what is gathered is what one member gives for each of several things, and nobody makes such a list of that. */
  const isMapped = (place: Place, list: readonly Made[]): boolean => {
    const [first, ...rest] = list.map(sourceOf);
    if (!first?.card || rest.length === 0 || rest.some((one) => one?.slot !== first.slot)) return false;
    return !members.some(
      (one) =>
        one !== place.card &&
        Object.values(one.gives).some((slot) => edges.edge(place, { card: one, slot })) &&
        Object.values(one.takes).some((slot) => edges.edge({ card: one, slot }, first)),
    );
  };
  /** Whether nothing says that a thing is one of such as a place takes. */
  const isUnlike = (place: Place, { from }: Made): boolean =>
    "input" in from && (edges.edge(place, { slot: from.input }, true)?.affinity ?? 0) < least.affinity;
  const edgeOf = (place: Place, one: Made, item = false): number => {
    const { from } = one;
    if ("literal" in from) return weights.argument + weights.literal * from.sure;
    if ("list" in from) {
      const [first, ...others] = from.list;
      const alone = others.length === 0 ? first : undefined;
      return (
        weights.gathered +
        (isMapped(place, from.list) ? weights.mapped : 0) +
        (alone ? (isAtHand(place) ? weights.single : isUnlike(place, alone) ? weights.lone : 0) : 0) +
        from.list.reduce((sum, part) => sum + edgeOf(place, part, true) / from.list.length + weights.element, 0)
      );
    }
    const source = "input" in from ? { slot: from.input } : { card: from.work.card, slot: from.field };
    return edgeBetween(place, source, item) ?? 0;
  };

  return { between: edgeBetween, of: edgeOf };
}
