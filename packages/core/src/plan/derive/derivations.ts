import type { Json } from "../../schema/json.js";
import type { Brief, Card } from "../brief.js";
import type { Decided } from "../decide/decide-open.js";
import type { Edges, Place } from "./edges.js";
import { endsOf } from "./ends-of.js";
import type { Evidence } from "./evidence.js";
import { type Made, type Work, worthOf } from "./made.js";
import { amount } from "./missed.js";
import { waysOf } from "./ways.js";
import { least, weights } from "./weights.js";

/** A whole derivation: what makes each wanted output, and what it is worth. */
export interface Derivation {
  readonly outputs: Readonly<Record<string, Made>>;
  readonly works: ReadonlyMap<string, Work>;
  readonly score: number;
}

/** How many whole derivations are kept while outputs are put together. */
const width = 192;

/** What was found for a brief, the best first, and what nobody gives. */
export interface Derivations {
  readonly all: readonly Derivation[];
  readonly lost: readonly string[];
  /** What the search left out, a line each. */
  readonly notes: readonly string[];
}

/** The best whole derivations of what is wanted from what is given, by what their signs are worth together. */
export function derivationsOf(brief: Brief, edges: Edges, evidence: Evidence, decided: Decided): Derivations {
  const ways = waysOf(brief, edges, evidence, decided);
  const missing: string[] = [];
  let beam: readonly Draft[] = [{ outputs: {}, works: new Map(), score: 0, worth: 0 }];
  const extend = (found: readonly Way[]): void => {
    const pairs = beam.flatMap((draft) => found.map((way) => ({ draft, way, about: draft.score + way.worth + way.made.total })));
    beam = pairs
      .sort((a, b) => b.about - a.about)
      .slice(0, 4 * width)
      .map(({ draft, way }) => withWay(draft, way, brief, evidence))
      .sort((a, b) => b.score - a.score)
      .slice(0, width);
  };
  for (const slot of Object.values(brief.wanted).sort((a, b) => Number(b.required) - Number(a.required))) {
    const place: Place = { slot };
    const found = ways.to(place).map((made) => ({ output: slot.name, made, worth: made.score - made.total }));
    if (found.length === 0) {
      if (slot.required) missing.push(slot.name);
      continue;
    }
    if (!slot.required && !found.some(({ made: { from } }) => "work" in from && from.field.name === slot.name)) continue;
    extend(found);
  }
  const named = Object.keys(brief.wanted).length > 0;
  // Beside named outputs, whoever composes may be asked for anything.
  const free = !named || brief.composed !== undefined;
  const goals = evidence.goals(free).flatMap((card): Goal[] => {
    const several = evidence.several(card);
    return several ? several.values.map((value) => ({ card, argument: several.argument, value })) : [{ card }];
  });
  for (const goal of goals) {
    const found = ways
      .tasksOf(goal.card)
      .filter((work) => serves(work, goal))
      .map((made) => ({ made, worth: 0 }));
    if (found.length === 0) missing.push(goal.card.name);
    const isDone = ({ works }: Draft) => [...works.values()].some((work) => serves(work, goal));
    const done = beam.filter(isDone);
    // Where no output is named, who is at work for another may do better by itself.
    beam = done.length > 0 && !free ? done : beam.filter((draft) => !isDone(draft));
    if (beam.length > 0 && found.length > 0 && (free || done.length === 0)) extend(found);
    if (free && done.length > 0) beam = [...(found.length > 0 ? beam : []), ...done].sort((a, b) => b.score - a.score).slice(0, width);
  }
  /** Who is not named may still be meant, where somebody is to take something. */
  const offer = (cards: readonly Card[], isTaken: (works: Iterable<Work>) => boolean): void => {
    const before = beam;
    const found = cards
      .filter((card) => !card.effects || evidence.asks(card) >= least.goal)
      .flatMap((card) => ways.tasksOf(card))
      .filter((work) => isTaken([work]))
      .map((made) => ({ made, worth: 0 }));
    beam = beam.filter(({ works }) => !isTaken(works.values()));
    if (found.length > 0) extend(found);
    beam = [...before, ...(found.length > 0 ? beam : [])].sort((a, b) => b.score - a.score).slice(0, width);
  };
  if (free) {
    for (const value of evidence.unsaid([])) offer(value.by, (works) => !evidence.unsaid(works).includes(value));
    for (const input of Object.keys(brief.given).filter((name) => !brief.spare.includes(name)))
      offer(brief.members, (works) => [...works].some(({ inputs }) => inputs.has(input)));
  }
  const all = !named ? beam.map((one) => ({ ...one, outputs: endsOf(one.works) })) : beam;
  const lost = [
    ...evidence.beyond,
    ...missing,
    ...(!named && beam.every(({ works }) => works.size === 0) ? ["what the request asks for"] : []),
  ];
  return { all, lost, notes: ways.notes };
}

/** A member that the request asks for, with one of several values that it says for an argument. */
interface Goal {
  readonly card: Card;
  readonly argument?: string;
  readonly value?: Json;
}

const serves = ({ card, args }: Work, { card: asked, argument, value }: Goal): boolean =>
  card === asked && (argument === undefined || args[argument]?.key === JSON.stringify(value));

/** What makes an output, or a task for its own sake; `worth` is what it is worth at the output, without its tasks. */
type Way =
  | { readonly output: string; readonly made: Made; readonly worth: number }
  | { readonly output?: undefined; readonly made: Work; readonly worth: number };

interface Draft extends Derivation {
  /** What its outputs are worth, without tasks. */
  readonly worth: number;
}

/** A draft with one more output, or with one more task. */
function withWay(draft: Draft, { output, made, worth }: Way, brief: Brief, evidence: Evidence): Draft {
  const before = Object.values(draft.outputs);
  const outputs = output === undefined ? draft.outputs : { ...draft.outputs, [output]: made };
  const works = new Map([...draft.works, ...made.works]);
  const ordered = output !== undefined && inOrder(before, made) ? weights.order : 0;
  const twice = before.some(({ key }) => key === made.key) ? weights.shared : 0;
  const sum = draft.worth + worth + twice + ordered;
  const inputs = new Set([...Object.values(outputs), ...works.values()].flatMap((one) => [...one.inputs]));
  const cards = new Set<Card>();
  for (const { card } of works.values()) cards.add(card);
  const idle = Object.keys(brief.given).filter((one) => !inputs.has(one) && !brief.spare.includes(one));
  const left =
    weights.unused * idle.length +
    weights.unasked * amount(evidence.undone(cards)) +
    weights.unserved * amount(evidence.unserved(cards)) +
    weights.unsaid * amount(evidence.unsaid(works.values()));
  const score = sum + worthOf(works) + left;
  return { outputs, works, worth: sum, score };
}

/** Whether an output is a later field of the task that one before it comes from. */
function inOrder(before: readonly Made[], { from }: Made): boolean {
  if (!("work" in from)) return false;
  const names = Object.keys(from.work.card.gives);
  return before.some(
    (one) =>
      "work" in one.from && one.from.work.key === from.work.key && names.indexOf(one.from.field.name) < names.indexOf(from.field.name),
  );
}
