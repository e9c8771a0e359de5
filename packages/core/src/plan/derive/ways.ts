import type { Brief, Card } from "../brief.js";
import type { Decided } from "../decide/decide-open.js";
import { itemOf, type Slot } from "../slot.js";
import { bareName } from "./class-of.js";
import { type Edge, type Edges, isOption, type Place, placeName, type Source, sourceName } from "./edges.js";
import type { Evidence } from "./evidence.js";
import { fromInput, fromList, fromLiteral, fromWork, type Made, type Work, workOf } from "./made.js";
import { literalFits, publicFor } from "./marked.js";
import { least, weights } from "./weights.js";
import { alike, mentions } from "./words.js";

/** How far the search goes: rounds, elements of which all subsets are tried, and how much worse than the best a way may be. */
const bounds = { rounds: 7, subsets: 4, window: 5 };

export interface Ways {
  /** Ways to fill a wanted output, best first. */
  to(place: Place): readonly Made[];
  /** Tasks of a member, best first. */
  tasksOf(card: Card): readonly Work[];
  /** What the edge into a place is worth by itself. */
  edgeOf(place: Place, made: Made): number;
  readonly notes: readonly string[];
}

/**
 * All that can be made from what is given, forward and round by round: in each, members take what earlier rounds made. A chain never
 * asks one member twice. Kept are the best at each place; where more were found, it is noted.
 */
export function waysOf(brief: Brief, edges: Edges, evidence: Evidence, decided: Decided): Ways {
  const inputs = Object.values(brief.given);
  const members = brief.members.filter((card) => evidence.asks(card) >= 0);
  /** How many ways are kept at a place, and how many tasks of a member: many in small teams, few in large ones. */
  const most = Math.max(8, Math.min(48, Math.round(400 / brief.members.length)));
  let made = new Map<Card, readonly Work[]>();
  let dropped = false;
  const originOfCard = new Map<Card, readonly string[]>();
  /** How far the nearest source of an argument is from the inputs. */
  const nearest = new Map<Slot, number>();

  const between = new Map<Slot, Map<Slot, readonly (number | undefined)[]>>();
  const edgeBetween = (place: Place, source: Source, item = false): number | undefined => {
    let row = between.get(place.slot);
    if (!row) between.set(place.slot, (row = new Map()));
    let both = row.get(source.slot);
    if (!both) {
      const said = weights.asked * (evidence.edge(place, source) - mostAsked(place)) + weights.decided * oddsOf(place, source);
      both = [false, true].map((one) => {
        const edge = edges.edge(place, source, one);
        if (!edge || !isUnlike(place, source, edge)) return edge && edge.score + said;
        // One number says nothing of another.
        return isNumber(place.slot) ? undefined : edge.score + said + weights.unlike;
      });
      row.set(source.slot, both);
    }
    return both[item ? 1 : 0];
  };
  /** Whether a source is little like a place, while another member makes what the place is named after. */
  const isUnlike = (place: Place, source: Source, { features, affinity, fixed }: Edge): boolean =>
    !fixed &&
    place.card !== undefined &&
    features.argumentNamed !== 1 &&
    affinity < least.atom &&
    (source.card !== undefined || edges.classOf(place) !== "whole") &&
    !bareName.test(place.slot.name) &&
    members.some(
      (card) =>
        card !== place.card &&
        Object.values(card.gives).some(
          ({ name, schema }) =>
            alike(name, place.slot.name) === 1 && !Object.hasOwn(card.takes, name) && edges.fits(schema, place.slot.schema),
        ),
    );
  const asked = new Map<Slot, number>();
  /** What the request says for the likeliest source of a place: others are worth so much less there, so that no detour pays for itself. */
  const mostAsked = (place: Place): number => {
    let most = asked.get(place.slot);
    if (most === undefined) {
      const sources = place.card
        ? members.flatMap((card) => (card === place.card ? [] : Object.values(card.gives).map((slot) => ({ card, slot }))))
        : [];
      asked.set(
        place.slot,
        (most = Math.max(0, ...sources.filter((one) => edges.edge(place, one)).map((one) => evidence.edge(place, one)))),
      );
    }
    return most;
  };
  /** The log of a decided source's odds against an even choice; the least and the most are bounded. */
  const oddsOf = (place: Place, source: Source): number => {
    const all = decided.get(placeName(place));
    if (!all) return 0;
    const odds = all.get(sourceName(source)) ?? 0;
    return Math.log(Math.max(odds, 0.01) * (all.size + 1));
  };
  const edgeOf = (place: Place, one: Made, item = false): number => {
    const { from } = one;
    if ("literal" in from) return weights.argument + weights.literal * from.sure;
    if ("list" in from)
      return weights.gathered + from.list.reduce((sum, part) => sum + edgeOf(place, part, true) / from.list.length + weights.element, 0);
    const source = "input" in from ? { slot: brief.given[from.input]! } : { card: from.work.card, slot: from.work.card.gives[from.field]! };
    return edgeBetween(place, source, item) ?? 0;
  };

  /** Ways from inputs and fields, each with its score at this place. */
  const single = (place: Place, item: boolean): readonly Made[] => {
    const found: Made[] = [];
    for (const slot of inputs) {
      const edge = edgeBetween(place, { slot }, item);
      if (edge !== undefined) found.push(fromInput(slot.name, edge, brief.labels?.[slot.name]?.private !== undefined));
    }
    for (const [card, works] of made) {
      if (place.card && card.effects) continue;
      for (const slot of Object.values(card.gives)) {
        if (!slot.required) continue;
        const edge = edgeBetween(place, { card, slot }, item);
        if (edge === undefined) continue;
        for (const work of works)
          if (!place.card || (card !== place.card && !asks(work, place.card))) found.push(fromWork(work, slot.name, edge));
      }
    }
    return found.filter((made) => publicFor(place, made));
  };

  const to = (place: Place): readonly Made[] => {
    const found = [...single(place, false)];
    if (place.card && found.length > 0 && !nearest.has(place.slot)) nearest.set(place.slot, Math.min(...found.map(({ depth }) => depth)));
    if (place.card && !edges.isFixed(place) && !inputs.some((slot) => edges.edge(place, { slot })?.features.argumentNamed === 1))
      for (const { value, score } of evidence.literals(place).filter(({ score }) => score >= least.literal || !isMade(place)))
        if (literalFits(place, value, brief)) found.push(fromLiteral(value, score, weights.argument + weights.literal * score));
    if (itemOf(place.slot.schema) && !(itemOf(place.slot.schema) && isMade(place))) found.push(...gathered(place));
    return few(found);
  };

  /** The best, and the best for each set of inputs. */
  const few = <T extends { readonly score: number; readonly origin: string }>(all: readonly T[]): readonly T[] => {
    const sorted = [...all].sort((a, b) => b.score - a.score);
    const firsts = new Set(firstOf(sorted, ({ origin }) => origin));
    const kept = sorted.filter((one) => firsts.has(one) || one.score >= sorted[0]!.score - bounds.window);
    if (kept.length <= most) return kept;
    dropped = true;
    const some = new Set([...firsts].slice(0, most >> 1));
    for (const one of kept) if (some.size < most) some.add(one);
    return kept.filter((one) => some.has(one));
  };

  /** Whether a member makes the very thing that is taken. */
  const isMade = (place: Place): boolean =>
    members.some(
      (card) =>
        card !== place.card && Object.values(card.gives).some((slot) => edges.edge(place, { card, slot })?.features.argumentNamed === 1),
    );

  /** Lists out of single things: all that are named like the place, or for each input what is nearest made of it. */
  const gathered = (place: Place): Made[] => {
    const each = [...single(place, true)].sort((a, b) => b.score - a.score);
    if (!place.card) return [];
    const lists: Made[][] = [];
    const named = each.filter(
      ({ from }) => "work" in from && edges.edge(place, sourceOf(from.work, from.field), true)?.features.argumentNamed === 1,
    );
    const ofField = firstOf(named, ({ from }) => ("work" in from ? `${from.work.card.name}.${from.field}` : ""));
    lists.push(ofField.sort((a, b) => rankOf(a) - rankOf(b)));
    const ofEach = firstOf(
      named.filter(({ inputs }) => inputs.size === 1),
      ({ origin }) => origin,
    );
    if (ofEach.length > 1) lists.push(inGivenOrder(ofEach));
    const wanted = each.some(({ inputs }) => [...inputs].some((name) => !brief.spare.includes(name)));
    const alone = each.filter(({ inputs }) => inputs.size === 1 && !(wanted && brief.spare.includes([...inputs][0]!)));
    const ofInput = firstOf(
      alone.sort((a, b) => a.works.size - b.works.size || b.score - a.score),
      ({ origin }) => origin,
    );
    lists.push(...subsets(inGivenOrder(ofInput)));
    return lists.filter(({ length }) => length > 0).map((list) => fromList(list, edgeOf(place, fromList(list, 0))));
  };

  const order = inputs.map(({ name }) => name);
  const inGivenOrder = (all: Made[]): Made[] => all.sort((a, b) => order.indexOf(a.origin) - order.indexOf(b.origin));
  const rankOf = ({ from }: Made): number => ("work" in from ? brief.members.indexOf(from.work.card) : -1);

  for (let round = 0; round < bounds.rounds; round++) {
    const next = new Map<Card, readonly Work[]>();
    for (const card of members) {
      const works = worksOf(card);
      if (works.length) next.set(card, works);
    }
    const before = keysOf(made);
    made = next;
    if (keysOf(next) === before) break;
  }
  return { to, edgeOf, tasksOf: (card) => made.get(card) ?? [], notes: dropped ? ["Not every way was tried: the team is large"] : [] };

  function worksOf(card: Card): readonly Work[] {
    const task = weights.task + weights.spoken * evidence.asks(card);
    let sets: readonly Arguments[] = [{ args: {}, own: task, score: task, origin: "" }];
    for (const slot of Object.values(card.takes)) {
      const place = { card, slot };
      const some = slot.required || edges.isFixed(place) ? to(place) : optional(place);
      const bare = !slot.required && !(edges.isFixed(place) && some.length > 0);
      if (slot.required && some.length === 0) return [];
      sets = few(
        sets.flatMap((set) => [
          ...(bare ? [set] : []),
          ...some.map((one) => {
            const edge =
              edgeOf(place, one) + far(place, one) + fromNamed(card, one) + fromDescribed(slot, one) + besides(one, slot, set.args, card);
            const args = { ...set.args, [slot.name]: one };
            return { args, own: set.own + edge, score: set.score + edge + one.total, origin: `${set.origin},${one.origin}` };
          }),
        ]),
      );
    }
    return sets.filter(({ args }) => !strays(card, args)).map(({ args, own }) => workOf(card, args, own));
  }

  /** Whether an option comes from a task that nothing beside it comes from: a language found is no language asked for. */
  function strays(card: Card, args: Readonly<Record<string, Made>>): boolean {
    return Object.entries(args).some(([name, { from }]) => {
      if (!("work" in from) || !isOption(card.takes[name]!, edges.classOf({ card, slot: card.takes[name]! }))) return false;
      const beside = Object.entries(args).some(([other, made]) => other !== name && "work" in made.from && made.from.work === from.work);
      return !beside && edges.classOf({ card, slot: card.takes[name]! }) !== undefined;
    });
  }

  /** Arguments that need not be given are, where an input is named so or the request gives them. */
  function optional(place: Place): readonly Made[] {
    return to(place).filter(
      ({ from }) =>
        "literal" in from || ("input" in from && edges.edge(place, { slot: brief.given[from.input]! })?.features.argumentNamed === 1),
    );
  }

  /** What a source costs that is farther off than it need be, and is not named for the place. */
  function far(place: Place, one: Made): number {
    const named = "work" in one.from && edges.edge(place, sourceOf(one.from.work, one.from.field))?.features.argumentNamed === 1;
    const more = one.depth - (nearest.get(place.slot) ?? one.depth);
    return named || more <= 0 ? 0 : weights.detour * more;
  }

  /** Words of a member that name an input bind where its arguments come from. */
  function fromNamed(card: Card, one: Made): number {
    if (!originOfCard.has(card))
      originOfCard.set(
        card,
        inputs.filter((input) => evidence.about(card, input)).map(({ name }) => name),
      );
    const named = originOfCard.get(card)!;
    if (named.length === 0 || one.inputs.size === 0) return 0;
    return named.some((name) => one.inputs.has(name)) ? weights.about : 0;
  }

  /** An input whose description says what an argument is called binds where it comes from. */
  function fromDescribed(slot: Slot, one: Made): number {
    if (bareName.test(slot.name) || !("work" in one.from)) return 0;
    const said = inputs.filter(({ description }) => mentions(description, slot.name));
    return said.length > 0 && said.length < inputs.length && said.some(({ name }) => one.inputs.has(name)) ? weights.about : 0;
  }

  /** What a source is worth beside those of its sibling places. */
  function besides(one: Made, slot: Slot, args: Readonly<Record<string, Made>>, card: Card): number {
    let score = 0;
    for (const [name, other] of Object.entries(args)) {
      if (other.key === one.key) score += weights.twice;
      else if ("list" in one.from && one.from.list.some(({ key }) => key === other.key)) score += weights.twice;
      else if ("list" in other.from && other.from.list.some(({ key }) => key === one.key)) score += weights.twice;
      else if ("work" in one.from && "work" in other.from && one.from.work.key === other.from.work.key) score += weights.sibling;
      if (inputs.length > 1 && [...one.inputs].some((input) => other.inputs.has(input))) score += weights.overlap;
      if (bareName.test(slot.name) && bareName.test(name) && "input" in one.from !== "input" in other.from) score += weights.mixed;
      if (edges.fits(slot.schema, card.takes[name]!.schema) && inOrder(other, one)) score += weights.order;
    }
    return score;
  }

  /** Whether two sources stand in the order in which they are declared. */
  function inOrder(a: Made, b: Made): boolean {
    if ("input" in a.from && "input" in b.from) {
      const names = inputs.map(({ name }) => name);
      return names.indexOf(a.from.input) < names.indexOf(b.from.input);
    }
    if (!("work" in a.from && "work" in b.from)) return false;
    if (a.from.work.key === b.from.work.key) {
      const names = Object.keys(a.from.work.card.gives);
      return names.indexOf(a.from.field) < names.indexOf(b.from.field);
    }
    const at = (one: Made) => Math.min(...[...one.inputs].map((name) => inputs.findIndex((slot) => slot.name === name)));
    return at(a) < at(b);
  }
}

/** Arguments of a member in the making. */
interface Arguments {
  readonly args: Readonly<Record<string, Made>>;
  readonly own: number;
  readonly score: number;
  readonly origin: string;
}

const isNumber = ({ schema }: Slot): boolean => schema.type === "number" || schema.type === "integer";
const sourceOf = ({ card }: Work, field: string): Source => ({ card, slot: card.gives[field]! });
const keysOf = (made: ReadonlyMap<Card, readonly Work[]>): string =>
  [...made.values()].flatMap((works) => works.map(({ key }) => key)).join("\n");

/** Whether a chain that ends in a task asks this member already. */
function asks(work: Work, card: Card): boolean {
  for (const one of work.works.values()) if (one.card === card) return true;
  return false;
}

function firstOf<T>(all: readonly T[], by: (one: T) => string): T[] {
  const found = new Map<string, T>();
  for (const one of all) if (!found.has(by(one))) found.set(by(one), one);
  return [...found.values()];
}

/** All sets of a few, the whole first; of many the whole and each alone. */
function subsets(all: readonly Made[]): Made[][] {
  if (all.length > bounds.subsets) return [[...all], ...all.map((one) => [one])];
  return Array.from({ length: 2 ** all.length - 1 }, (_, i) => all.filter((_, j) => ((i + 1) >> j) & 1));
}
