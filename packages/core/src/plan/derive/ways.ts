import type { Brief, Card } from "../brief.js";
import type { Decided } from "../decide/decide-open.js";
import { itemOf, type Slot } from "../slot.js";
import { besideOf } from "./beside.js";
import { edgeWorth } from "./edge-worth.js";
import { type Edges, isOption, type Place, type Source } from "./edges.js";
import type { Evidence } from "./evidence.js";
import { fromInput, fromList, fromLiteral, fromWork, type Made, type Work, workOf } from "./made.js";
import { literalFits, publicFor } from "./marked.js";
import { least, weights } from "./weights.js";

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
  /** How far the nearest source of an argument is from the inputs. */
  const nearest = new Map<Slot, number>();

  const { between: edgeBetween, of: edgeOf } = edgeWorth(brief, edges, evidence, decided);
  const beside = besideOf(brief, edges, evidence);

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
      for (const one of evidence.literals(place).filter(({ score }) => score >= least.literal || !isMade(place)))
        if (literalFits(place, one.value, brief)) found.push(fromLiteral(one, weights.argument + weights.literal * one.score));
    if (itemOf(place.slot.schema) && !isMade(place)) found.push(...gathered(place));
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
    const asked = each.filter(({ from }) => "work" in from && evidence.asks(from.work.card) >= least.goal);
    const ofAsked = firstOf(asked, ({ from }) => ("work" in from ? from.work.card.name : ""));
    if (ofAsked.length > 1) lists.push(ofAsked.sort((a, b) => rankOf(a) - rankOf(b)));
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
      const some = to(place);
      const bare = !slot.required && !(edges.isFixed(place) && some.length > 0);
      if (slot.required && some.length === 0) return [];
      sets = few(
        sets.flatMap((set) => [
          ...(bare ? [set] : []),
          ...some.map((one) => {
            const edge = edgeOf(place, one) + far(place, one) + beside(card, slot, one, set.args);
            const args = { ...set.args, [slot.name]: one };
            return { args, own: set.own + edge, score: set.score + edge + one.total, origin: `${set.origin},${one.origin}` };
          }),
        ]),
      );
    }
    return sets.filter(({ args }) => !strays(card, args) && !repeats(card, args)).map(({ args, own }) => workOf(card, args, own));
  }

  /** Whether an option comes from a task that nothing beside it comes from: a language found is no language asked for. */
  function strays(card: Card, args: Readonly<Record<string, Made>>): boolean {
    return Object.entries(args).some(([name, { from }]) => {
      const slot = card.takes[name]!;
      const sort = edges.classOf({ card, slot });
      if (!("work" in from) || sort === undefined || !isOption(slot, sort)) return false;
      const beside = Object.entries(args).some(([other, made]) => other !== name && "work" in made.from && made.from.work === from.work);
      return !beside;
    });
  }

  /** Whether an input stands at the argument of its own name and at another as well: where one thing is known, it is not two. */
  function repeats(card: Card, args: Readonly<Record<string, Made>>): boolean {
    const own = new Set(
      Object.entries(args).flatMap(([name, { from }]) =>
        "input" in from && edges.edge({ card, slot: card.takes[name]! }, { slot: brief.given[from.input]! })?.features.argumentNamed === 1
          ? [from.input]
          : [],
      ),
    );
    return Object.entries(args).some(
      ([name, { from }]) =>
        "input" in from &&
        own.has(from.input) &&
        edges.edge({ card, slot: card.takes[name]! }, { slot: brief.given[from.input]! })!.features.argumentNamed! < 1,
    );
  }

  /** What a source costs that is farther off than it need be, and is not named for the place. */
  function far(place: Place, one: Made): number {
    const named = "work" in one.from && edges.edge(place, sourceOf(one.from.work, one.from.field))?.features.argumentNamed === 1;
    const more = one.depth - (nearest.get(place.slot) ?? one.depth);
    return named || more <= 0 ? 0 : weights.detour * more;
  }
}

/** Arguments of a member in the making. */
interface Arguments {
  readonly args: Readonly<Record<string, Made>>;
  readonly own: number;
  readonly score: number;
  readonly origin: string;
}

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
