import type { Brief } from "../brief.js";
import type { Edges } from "./edges.js";
import type { Evidence } from "./evidence.js";
import type { Work } from "./made.js";
import { amount } from "./missed.js";
import { turnsIn } from "./turns.js";
import type { Weighed } from "./weighed.js";

/**
 * What tells plans that are right from those that are not, though nothing in them is open: what the request says and the plan leaves
 * out, and places for whose source little speaks. That weights a little different derive the same plan tells nothing: those that read a
 * request wrongly do so under any weights.
 */
export interface Signs {
  /** How surely the request asks for a member that is not at work, from 0 to 1. */
  readonly idle: number;
  /** Words of the request that speak only of such members, to 1. */
  readonly unserved: number;
  /** The share of what the request says that nothing in the plan speaks of. */
  readonly unexplained: number;
  /** Words of an order or of something before, `then`, `what is left`, to 2. */
  readonly turns: number;
  /** An argument, or an output, that little but its type speaks for. */
  readonly argument: number;
  readonly output: number;
}

/** How likely a derived plan is not what is meant. */
export interface Doubt {
  readonly chance: number;
  readonly signs: Signs;
  /** The places that may have another source, none where the plan is sure enough; those that are settled for good are not among them. */
  readonly places: readonly string[];
  /** What speaks against it, a line each, and the member or the place that it is about. */
  readonly why: readonly { readonly said: string; readonly of?: string }[];
}

/**
 * The log of the odds for each sign, fitted by `bench/plans/doubt.mjs` (logistic regression, 27 November 2026) to the looked-at half of
 * all teams of the bench, by hash of id; `never` to the teams that were written last, of which 11 plans of 41 were wrong before any
 * mending, since of teams that were read while the derivation was made more are right than of others.
 */
const odds: Readonly<Record<keyof Signs | "never", number>> = {
  never: -2.37,
  idle: 0.76,
  unserved: 2.59,
  unexplained: 0.6,
  turns: 0.21,
  argument: 0.94,
  output: 1.61,
};

/** From this chance on a plan is a guess: of those below it at most one in ten is wrong, also in the half that was only counted. */
const risk = 0.2;
/** What name or meaning must say for a source that neither words nor names settled; less is little. */
const little = 0.3;
/** From which on a request asks for a member. */
const asked = 0.5;

export function doubtOf(works: readonly Work[], settled: readonly Weighed[], brief: Brief, edges: Edges, evidence: Evidence): Doubt {
  const cards = new Set(works.map(({ card }) => card));
  const idle = brief.members
    .filter((card) => !cards.has(card) && !card.effects)
    .map((card) => ({ card, asks: evidence.asks(card) }))
    .sort((a, b) => b.asks - a.asks);
  const weak = settled.filter(({ by, affinity }) => (by === "type" || by === "meaning") && affinity < little);
  const isOutput = ({ place }: Weighed) => place.startsWith("output.");
  const signs: Signs = {
    idle: Math.max(0, idle[0]?.asks ?? 0),
    unserved: Math.min(1, amount(evidence.unserved(cards))),
    unexplained: evidence.unexplained(works),
    turns: Math.min(2, turnsIn(brief.request)),
    argument: weak.some((one) => !isOutput(one)) ? 1 : 0,
    output: weak.some(isOutput) ? 1 : 0,
  };
  const log = Object.entries(signs).reduce((sum, [sign, value]) => sum + odds[sign as keyof Signs] * value, odds.never);
  const chance = 1 / (1 + Math.exp(-log));
  if (chance < risk) return { chance, signs, places: [], why: [] };
  const missed = idle.filter(({ asks }) => asks >= asked).map(({ card }) => card);
  const slots = new Map(
    [...brief.members.map((card) => ({ card, takes: card.takes })), { card: undefined, takes: brief.wanted }].flatMap(({ card, takes }) =>
      Object.values(takes).map((slot) => [`${card?.name ?? "output"}.${slot.name}`, { ...(card ? { card } : {}), slot }]),
    ),
  );
  /** Whether what a member gives that may be missed could stand at a place. */
  const takesMissed = ({ place }: Weighed): boolean => {
    const at = slots.get(place);
    return (
      at !== undefined && missed.some((card) => Object.values(card.gives).some((slot) => edges.edge(at, { card, slot }) !== undefined))
    );
  };
  const open = settled.filter(({ by }) => by !== "settled");
  const [first = []] = [
    open.filter((one) => weak.includes(one) || takesMissed(one)),
    open.filter(({ by }) => by === "type" || by === "meaning"),
    open.filter(isOutput),
  ].filter(({ length }) => length > 0);
  return {
    chance,
    signs,
    places: first.map(({ place }) => place),
    why: [
      ...missed.map(({ name }) => ({ said: `the request may ask for ${name}, which is not at work`, of: name })),
      ...weak.map(({ place, source }) => ({ said: `little but its type says that ${place} comes from ${source}`, of: place })),
      ...(missed.length + weak.length === 0 ? [{ said: "nothing in it speaks of a part of the request" }] : []),
    ],
  };
}
