import type { JsonSchema } from "../../graph/json.js";
import type { Brief, Card } from "../brief.js";
import { itemOf, type Slot, tells } from "../slot.js";
import type { Likeness } from "./likeness.js";
import { literalFor } from "./literal.js";
import { fromInput, fromList, fromLiteral, fromWork, type Made } from "./made.js";
import type { Reach } from "./reach.js";
import { mentions, textOf, textOfCard } from "./texts.js";
import { alike } from "./words.js";

/** A place to fill: the slot, the texts that say what it is about, and the members already at work on the way to it. */
export interface Goal {
  readonly slot: Slot;
  readonly about: readonly string[];
  /** What the wanted field at the end of the way says of itself. */
  readonly focus: string;
  readonly path: readonly Card[];
}

/** How many options are kept at a place, and members tried, by how far it is from the output. */
const kept = 6;
const tried = [8, 4, 3, 2];
const gatheredFrom = [24, 12, 4];
/** Names of arguments that say no more than their type. */
const bare = /^(?:text|content|string|data|input|value|item|result|image|picture|audio|file|page)s?$/i;
/** What a task costs against likeness, so that a detour must be worth it. */
export const taskCost = 0.12;

/**
 * Ways to fill a place, best first, by backward chaining: inputs and members' outputs of a fitting type, weighed by names and
 * descriptions, and by whether what they are made from is what the place is about. A list takes all producers of its element type.
 */
export function optionsFor(brief: Brief, { rank, fits }: Reach, like: Likeness): (goal: Goal) => readonly Made[] {
  const inputs = Object.values(brief.given);
  // A bound on the whole search: past it only shortest ways are followed.
  let budget = 4000;

  /** Whether the request, or what the wanted field says of itself, asks for what a member does. */
  const wished = (card: Card, focus: string): number =>
    Math.max(...[brief.request, focus].map((said) => 0.5 * like(said, textOfCard(card)) + (mentions(said, card.name) ? 0.4 : 0)));

  const names = brief.members.map(({ takes, gives }) => [Object.keys(takes), Object.keys(gives)] as const);
  /** A name that many have, such as `text`, says little; 1 for one that one has. */
  const commonness = (name: string): number =>
    Math.sqrt(
      Math.max(1, names.filter(([takes]) => takes.includes(name)).length, names.filter(([, gives]) => gives.includes(name)).length),
    );

  const nearness = (goal: Goal, name: string, text: string, whose?: string): number => {
    const meant = Math.max(...goal.about.map((one) => Math.max(like(one, text), whose === undefined ? 0 : 0.8 * like(one, whose))));
    const named = alike(goal.slot.name, name) / commonness(name);
    return (goal.path.length > 0 && bare.test(goal.slot.name) ? 0.15 : 0.5) * named + 0.4 * meant;
  };

  /** Whether what a value is made from is what the place is about: the receipt's text for the receipt's reader. */
  const origin = (goal: Goal, names: Iterable<string>): number => {
    const about = [...goal.about, goal.focus];
    const found = [...names].map((name) =>
      Math.max(...about.map((one) => Math.max(like(one, textOf(brief.given[name]!)), mentions(one, name) ? 1 : 0))),
    );
    return found.length ? Math.max(...found) : 0;
  };

  const known = new Map<string, readonly Made[]>();
  const options = (goal: Goal): readonly Made[] => {
    const key = [goal.slot.name, goal.focus, ...goal.path.map(({ name }) => name)].join("\0");
    let ways = known.get(key);
    if (!ways) known.set(key, (ways = search(goal)));
    return ways;
  };

  const search = (goal: Goal): readonly Made[] => {
    const { slot, path } = goal;
    const found: Made[] = [];
    for (const input of inputs) {
      if (!fits(input.schema, slot.schema)) continue;
      // An input is an answer by itself only where it is asked for by name.
      if (path.length === 0 && alike(input.name, slot.name) < 1) continue;
      const own = !bare.test(slot.name) && alike(input.name, slot.name) === 1 ? 0.5 : 0;
      const kind = input.schema["x-media"] !== undefined && input.schema["x-media"] === slot.schema["x-media"] ? 0.5 : 0;
      found.push(fromInput(input.name, nearness(goal, input.name, textOf(input)) + 0.5 * origin(goal, [input.name]) + kind + own));
    }
    for (const { card, field, score } of producers(goal)) found.push(...madeBy(card, field, score, goal));
    const item = itemOf(slot.schema);
    const all = item && gathered(goal, item);
    if (all) {
      // Where a list may stand, all of them come before any one of them.
      const parts = found.filter(({ inputs: some }) => [...some].every((name) => all.inputs.has(name)));
      found.push({ ...all, score: Math.max(all.score, ...parts.map(({ score }) => score + 0.05)) });
    }
    if (found.length === 0 || literalFirst(found)) {
      const literal = path.length ? literalFor(slot, brief, goal.focus) : undefined;
      if (literal !== undefined) found.push(fromLiteral(literal, 0.35));
    }
    return best(found);
  };

  const literalFirst = (found: readonly Made[]) => found.every(({ score }) => score < 0.5);

  const best = (found: readonly Made[]): readonly Made[] => {
    const seen = new Set<string>();
    const sorted = [...found].sort((a, b) => b.score - a.score);
    return sorted.filter(({ key }) => !seen.has(key) && seen.add(key)).slice(0, kept);
  };

  /** The members' fields that fit, the likeliest of them and the soonest to reach. */
  const producers = (goal: Goal): { card: Card; field: Slot; score: number }[] => {
    const all = brief.members.flatMap((card) => {
      if (!rank.has(card.name) || goal.path.includes(card)) return [];
      return Object.values(card.gives).flatMap((field) => {
        if (!field.required || !fits(field.schema, goal.slot.schema)) return [];
        const wish = wished(card, goal.focus);
        const score = nearness(goal, field.name, textOf(field), textOfCard(card)) + wish - (card.effects ? 0.3 : 0);
        return [{ card, field, score }];
      });
    });
    const sorted = all.sort((a, b) => b.score - taskCost * rank.get(b.card.name)! - (a.score - taskCost * rank.get(a.card.name)!));
    const chosen = sorted.slice(0, budget > 0 ? (tried[goal.path.length] ?? 0) : 0);
    // Followed down, ranks lead to the inputs; where an input is enough there is nothing to follow.
    const there = goal.path.length > 0 && inputs.some((input) => fits(input.schema, goal.slot.schema));
    const soonest = there ? undefined : [...sorted].sort((a, b) => rank.get(a.card.name)! - rank.get(b.card.name)!)[0];
    return soonest && !chosen.some(({ card }) => rank.get(card.name) === rank.get(soonest.card.name)) ? [...chosen, soonest] : chosen;
  };

  /** A member's answer, once for each of the best ways to feed it. */
  const madeBy = (card: Card, field: Slot, score: number, goal: Goal): Made[] => {
    budget--;
    return feedings(card, goal).map(({ args, score: fed }) => {
      const made = fromWork(card, args, field.name, 0);
      return { ...made, score: score + 0.5 * origin(goal, made.inputs) + 0.25 * fed - taskCost };
    });
  };

  const feedings = (card: Card, goal: Goal): { args: Record<string, Made>; score: number }[] => {
    let beam: { args: Record<string, Made>; score: number }[] = [{ args: {}, score: 0 }];
    const slots = Object.values(card.takes);
    const needed = slots.filter(({ required }) => required);
    const path = [...goal.path, card];
    // Lists last, so that they leave out what has a place of its own.
    for (const slot of [...needed].sort((a, b) => Number(isList(a)) - Number(isList(b)))) {
      const ways = options({ slot, about: [...(slot.description ? [textOf(slot)] : []), textOfCard(card)], focus: goal.focus, path });
      const wider = beam.flatMap(({ args, score }) => {
        // One text in two places says nothing twice; with a type of its own it may be meant.
        const taken = new Set(tells(itemOf(slot.schema) ?? slot.schema) ? [] : Object.values(args).map(({ key }) => key));
        return ways
          .map((way) => ("list" in way.from ? without(way, way.from.list, taken) : way))
          .filter(({ key, from }) => "literal" in from || !taken.has(key))
          .map((way) => ({ args: { ...args, [slot.name]: way }, score: score + way.score }));
      });
      beam = wider.sort((a, b) => b.score - a.score).slice(0, kept);
    }
    return beam.map(({ args, score }) => ({
      args: { ...args, ...named(slots, args) },
      score: needed.length ? score / needed.length : 0.5,
    }));
  };

  /** Optional arguments whose very name an input has. */
  const named = (slots: readonly Slot[], args: Readonly<Record<string, Made>>): Record<string, Made> =>
    Object.fromEntries(
      slots
        .filter(({ required, name }) => !required && !(name in args))
        .flatMap((slot) =>
          inputs
            .filter((input) => alike(input.name, slot.name) === 1 && fits(input.schema, slot.schema))
            .map((input) => [slot.name, fromInput(input.name, 1)]),
        ),
    );

  /** All that can stand in a list: each input brought to the type of its elements, by the members that give it under the list's name. */
  const gathered = (goal: Goal, item: JsonSchema): Made | undefined => {
    const slot: Slot = { ...goal.slot, schema: item };
    const inner: Goal = { ...goal, slot };
    const elements: Made[] = [];
    const covered = new Set<string>();
    const add = (made: Made) => {
      if (elements.some(({ key }) => key === made.key)) return;
      elements.push(made);
      for (const name of made.inputs) covered.add(name);
    };
    const sources = producersOf(inner, item);
    for (const { card, field, score } of sources.filter(({ field }) => alike(field.name, slot.name) === 1)) {
      // What turns one element into another is no producer of elements.
      if (Object.values(card.takes).some((arg) => arg.required && alike(arg.name, slot.name) === 1 && fits(item, arg.schema))) continue;
      const mine = new Set<string>();
      for (const made of madeBy(card, field, score, inner)) {
        if ([...made.inputs].every((name) => mine.has(name)) && mine.size > 0) continue;
        for (const name of made.inputs) mine.add(name);
        add(made);
      }
    }
    for (const input of inputs) {
      if (covered.has(input.name) || brief.spare.includes(input.name)) continue;
      if (fits(input.schema, item)) add(fromInput(input.name, nearness(inner, input.name, textOf(input))));
      else {
        const ways = sources.flatMap(({ card, field, score }) => (takesDirectly(card, input) ? madeBy(card, field, score, inner) : []));
        const way = ways.filter(({ inputs: from }) => from.has(input.name)).sort((a, b) => b.score - a.score)[0];
        if (way) add(way);
      }
    }
    for (const input of inputs) {
      if (elements.length === 0 && fits(input.schema, item)) add(fromInput(input.name, nearness(inner, input.name, textOf(input))));
    }
    if (elements.length === 0)
      for (const { card, field, score } of sources) for (const made of madeBy(card, field, score, inner).slice(0, 1)) add(made);
    // What is made of other elements adds nothing to them. Where the field that is wanted names some of the inputs, the list is of those.
    const first = elements.filter((made) => !elements.some((other) => isMadeFrom(made, other)));
    const meant = first.filter((made) => [...made.inputs].some((name) => mentions(goal.focus, name)));
    const taken = meant.length ? meant : first;
    if (taken.length === 0) return undefined;
    const mean = taken.reduce((sum, { score }) => sum + score, 0) / taken.length;
    return fromList(taken, mean + 0.15 * Math.min(4, taken.length));
  };

  const takesDirectly = (card: Card, input: Slot) =>
    Object.values(card.takes).some((arg) => arg.required && tells(arg.schema) && fits(input.schema, arg.schema));

  /** As `producers`, all of them. */
  const producersOf = (goal: Goal, item: JsonSchema) => {
    const most = gatheredFrom[goal.path.length] ?? 0;
    if (budget <= 0 || most === 0) return producers(goal);
    return brief.members
      .filter((card) => rank.has(card.name) && !goal.path.includes(card))
      .flatMap((card) =>
        Object.values(card.gives)
          .filter((field) => field.required && fits(field.schema, item))
          .map((field) => ({ card, field, score: nearness(goal, field.name, textOf(field), textOfCard(card)) })),
      )
      .sort((a, b) => b.score - a.score)
      .slice(0, most);
  };

  return options;
}

const isList = (slot: Slot) => itemOf(slot.schema) !== undefined;

/** A list without what is taken already, unless that is all there is. */
function without(made: Made, list: readonly Made[], taken: ReadonlySet<string>): Made {
  const left = list.filter(({ key }) => !taken.has(key));
  return left.length === 0 || left.length === list.length ? made : fromList(left, made.score);
}

/** Whether a value is made from what another's own task gives. */
const isMadeFrom = (made: Made, other: Made) =>
  "work" in other.from && other.works.size < made.works.size && made.works.has(other.from.work.key);
