import type { Brief, Card } from "../brief.js";
import type { Decided } from "../decide/decide-open.js";
import { itemOf, type Slot } from "../slot.js";
import { besideOf } from "./beside.js";
import type { TextClass } from "./class-of.js";
import { type EdgeWorth, edgeWorth } from "./edge-worth.js";
import { type Edges, isOption, type Place } from "./edges.js";
import type { Evidence } from "./evidence.js";
import { firstOf } from "./first-of.js";
import { gathered } from "./gathered.js";
import { fromInput, fromList, fromLiteral, fromWork, type Made, sourceOf, type Work, workOf } from "./made.js";
import { literalFits, publicFor } from "./marked.js";
import { nameWords, sideOf } from "./opposites.js";
import { outputWorth } from "./output-worth.js";
import { least, weights } from "./weights.js";

/** How far the search goes: rounds, and how much worse than the best a way may be. */
const bounds = { rounds: 7, window: 5 };

export interface Ways {
  /** Ways to fill a wanted output, best first. */
  to(place: Place): readonly Made[];
  /** Tasks of a member, best first. */
  tasksOf(card: Card): readonly Work[];
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

  const { between, of: edgeOf } = edgeWorth(brief, edges, evidence, decided);
  const beside = besideOf(brief, edges, evidence);
  const atOutput = outputWorth(brief, edges, evidence);

  const to = (place: Place): readonly Made[] => {
    const singly = singles(place, false, brief, made, between);
    const found = place.card
      ? [...singly]
      : singly.map((one) => ({ ...one, score: atOutput(place.slot, one, edgeOf(place, one)) + one.total }));
    if (place.card && found.length > 0 && !nearest.has(place.slot)) nearest.set(place.slot, Math.min(...found.map(({ depth }) => depth)));
    if (place.card && !edges.isFixed(place) && !inputs.some((slot) => edges.edge(place, { slot })?.features.argumentNamed === 1))
      for (const one of evidence.literals(place).filter(({ score }) => score >= least.literal || !isMade(place, members, edges)))
        if (literalFits(place, one.value, brief)) found.push(fromLiteral(one, weights.argument + weights.literal * one.score));
    if (place.card && itemOf(place.slot.schema) && !isMade(place, members, edges))
      for (const list of gathered(place, singles(place, true, brief, made, between), brief, edges, evidence))
        found.push(fromList(list, edgeOf(place, fromList(list, 0))));
    return few(found);
  };

  /** What is kept of all that was found. */
  const few = <T extends Rated>(all: readonly T[]): readonly T[] => {
    const near = nearBest(all);
    if (near.length <= most) return near;
    dropped = true;
    return someOf(near, most);
  };

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
  return { to, tasksOf: (card) => made.get(card) ?? [], notes: dropped ? ["Not every way was tried: the team is large"] : [] };

  function worksOf(card: Card): readonly Work[] {
    const task = weights.task + weights.spoken * evidence.asks(card);
    let sets: readonly Arguments[] = [{ args: {}, own: task, score: task, origin: "", inputs: new Set() }];
    for (const slot of Object.values(card.takes)) {
      const place = { card, slot };
      const some = to(place);
      const bare = !slot.required && !(edges.isFixed(place) && some.length > 0);
      if (slot.required && some.length === 0) return [];
      sets = few(
        sets.flatMap((set) => [
          ...(bare ? [set] : []),
          ...some.map((one) => {
            const edge = edgeOf(place, one) + far(place, one, edges, nearest.get(place.slot)) + beside(card, slot, one, set.args);
            const args = { ...set.args, [slot.name]: one };
            const inputs = new Set([...set.inputs, ...one.inputs]);
            return { args, own: set.own + edge, score: set.score + edge + one.total, origin: `${set.origin},${one.origin}`, inputs };
          }),
        ]),
      );
    }
    return sets
      .filter(({ args }) => !strays(card, args, edges) && !repeats(card, args, edges))
      .map(({ args, own }) => workOf(card, args, own));
  }
}

/** What is kept by its score, and by the inputs that it comes from. */
interface Rated {
  readonly score: number;
  readonly origin: string;
  readonly inputs: ReadonlySet<string>;
}

/** Arguments of a member in the making. */
interface Arguments extends Rated {
  readonly args: Readonly<Record<string, Made>>;
  readonly own: number;
}

const keysOf = (made: ReadonlyMap<Card, readonly Work[]>): string =>
  [...made.values()].flatMap((works) => works.map(({ key }) => key)).join("\n");

/** Whether a chain that ends in a task asks this member already. */
function asks(work: Work, card: Card): boolean {
  for (const one of work.works.values()) if (one.card === card) return true;
  return false;
}

/** Ways from inputs and fields, each with its score at this place. */
function singles(
  place: Place,
  item: boolean,
  brief: Brief,
  made: ReadonlyMap<Card, readonly Work[]>,
  between: EdgeWorth["between"],
): readonly Made[] {
  const found: Made[] = [];
  for (const slot of Object.values(brief.given)) {
    const edge = between(place, { slot }, item);
    if (edge !== undefined) found.push(fromInput(slot, edge, brief.labels?.[slot.name]?.private !== undefined));
  }
  for (const [card, works] of made) {
    if (place.card && card.effects) continue;
    for (const slot of Object.values(card.gives)) {
      if (!slot.required) continue;
      const edge = between(place, { card, slot }, item);
      if (edge === undefined) continue;
      for (const work of works) if (!place.card || (card !== place.card && !asks(work, place.card))) found.push(fromWork(work, slot, edge));
    }
  }
  return found.filter((made) => publicFor(place, made));
}

/** Whether a member makes the very thing that is taken. */
const isMade = (place: Place, members: readonly Card[], edges: Edges): boolean =>
  members.some(
    (card) =>
      card !== place.card && Object.values(card.gives).some((slot) => edges.edge(place, { card, slot })?.features.argumentNamed === 1),
  );

/** The best, best first, and the best for each set of inputs. */
function nearBest<T extends Rated>(all: readonly T[]): readonly T[] {
  const sorted = [...all].sort((a, b) => b.score - a.score);
  const [best] = sorted;
  if (!best) return [];
  const firsts = new Set(firstOf(sorted, ({ origin }) => origin));
  return sorted.filter((one) => firsts.has(one) || one.score >= best.score - bounds.window);
}

/**
 * So many of them, best first: half at most for being the best of a set of inputs, a part of these since they leave few inputs unused, the
 * others for being the best of all.
 */
function someOf<T extends Rated>(sorted: readonly T[], most: number): readonly T[] {
  const firsts = firstOf(sorted, ({ origin }) => origin);
  const promising = ({ score, inputs }: T) => score - weights.unused * inputs.size;
  const using = [...firsts].sort((a, b) => promising(b) - promising(a));
  const some = new Set([...firsts.slice(0, most >> 2), ...using.slice(0, most >> 2)]);
  for (const one of sorted) if (some.size < most) some.add(one);
  return sorted.filter((one) => some.has(one));
}

/** What a source costs that is farther off than the nearest, and is not named for the place. */
function far(place: Place, one: Made, edges: Edges, nearest = one.depth): number {
  const more = one.depth - nearest;
  const source = sourceOf(one);
  const named = source?.card && edges.edge(place, source)?.features.argumentNamed === 1;
  return named || more <= 0 ? 0 : weights.detour * more;
}

/** Whether an option comes from a task that nothing beside it comes from: a language found is no language asked for. */
function strays(card: Card, args: Arguments["args"], edges: Edges): boolean {
  return Object.entries(args).some(([name, { from }]) => {
    const slot = card.takes[name];
    if (!slot || !("work" in from)) return false;
    const sort = edges.classOf({ card, slot });
    if (sort === undefined || !isOption(slot, sort) || isFound(slot, sort)) return false;
    if (edges.edge({ card, slot }, { card: from.work.card, slot: from.field })?.features.echoed) return false;
    const beside = Object.entries(args).some(([other, made]) => other !== name && "work" in made.from && made.from.work === from.work);
    return !beside;
  });
}

/** Whether an option is found rather than asked for: the country of an address, the currency that an amount is in. */
const isFound = ({ name }: Slot, sort: TextClass): boolean =>
  sort === "country" || (sort === "currency" && sideOf(nameWords(name), "way") < 0);

/** Whether what stands at the argument of its own name stands at another as well: where one thing is known, it is not two. */
function repeats(card: Card, args: Arguments["args"], edges: Edges): boolean {
  const namedFor = (name: string, made: Made): number => {
    const [slot, source] = [card.takes[name], sourceOf(made)];
    return (slot && source && edges.edge({ card, slot }, source)?.features.argumentNamed) ?? 0;
  };
  const all = Object.entries(args);
  const own = new Set(all.flatMap(([name, made]) => (namedFor(name, made) === 1 ? [made.key] : [])));
  return all.some(([name, made]) => own.has(made.key) && namedFor(name, made) < 1);
}
