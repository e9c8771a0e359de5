import type { Brief } from "../brief.js";
import type { Decided } from "../decide/decide-open.js";
import type { Settled, SettledBy } from "../settled.js";
import type { Derivation } from "./derivations.js";
import { type Edges, type Place, placeName, type Source, sourceName } from "./edges.js";
import type { Evidence } from "./evidence.js";
import { type Made, sourceOf } from "./made.js";
import { amount } from "./missed.js";
import { changedWorth } from "./output-worth.js";
import { safe, weights } from "./weights.js";

/** What settled a place of a derivation, against what else was found there. */
export interface Weighed extends Settled {
  /** The next likely source. */
  readonly rival?: string;
  /** How much better the plan is than the best with another source there; absent where nothing else was found. */
  readonly margin?: number;
  /** The member acts on the world; or an output comes of such an act, and another field has its name. */
  readonly acts: boolean;
  /** What is made here reaches a member that acts on the world. */
  readonly feeds: boolean;
  /** An output that nothing but its type speaks for. */
  readonly bare: boolean;
  /** An output that is called otherwise than the field which it comes from, as another output does. */
  readonly shared: boolean;
  /** Another source has the very name of the place, and this one has not. */
  readonly passes?: string;
  /** Its type alone tells what it is: media, labels, objects. */
  readonly told: boolean;
  /** The most that name or meaning says for it, from 0 to 1. */
  readonly affinity: number;
}

/** What name or meaning must say for a source that neither words nor names settled; less is little. */
const little = 0.3;

/** Whether little but its type speaks for what stands at a place. */
export const isWeak = ({ by, affinity, told }: Weighed): boolean => (by === "type" || by === "meaning") && !told && affinity < little;

/** Whether a place is too little sure to act on, or to act with what is made from it. */
export function isUnsafe({ by, margin = Number.POSITIVE_INFINITY, acts, feeds, affinity, passes }: Weighed): boolean {
  if (passes && (acts || feeds) && by !== "settled") return true;
  if (acts) return margin < safe.acts || ((by === "meaning" || by === "type") && affinity < safe.affinity);
  return feeds && margin < safe.feeds && by !== "settled";
}

/** Why a place is open, in words. */
export function whyOpen(one: Weighed & { readonly apart: boolean }): string {
  const { place, source, rival, acts, feeds, bare, passes } = one;
  if (passes && (acts || feeds)) return `${place} would come from ${source}, past ${passes}, which has its very name`;
  if (rival !== undefined && (one.apart || bare || isClose(one))) return `${place} may come from ${source} or from ${rival}`;
  return `${bare ? "only its type says" : "neither a name nor the request says"} that ${place} comes from ${source}`;
}

/** Whether another source comes too near for a member that acts. */
const isClose = ({ margin = Number.POSITIVE_INFINITY, acts, feeds }: Weighed): boolean =>
  (acts && margin < safe.acts) || (feeds && margin < safe.feeds);

/** What settled each place of a derivation, against the others that were found. */
export function weighed(
  best: Derivation,
  beam: readonly Derivation[],
  brief: Brief,
  edges: Edges,
  evidence: Evidence,
  decided: Decided,
): readonly Weighed[] {
  const rivals = beam.map((one) => ({ score: one.score, sources: sourcesIn(one) }));
  const own = sourcesIn(best);
  const fed = new Set(
    [...best.works.values()].filter(({ card }) => card.effects).flatMap(({ works }) => [...works.values()].map(({ card }) => card)),
  );
  const fields: readonly Source[] = [
    ...Object.values(brief.given).map((slot) => ({ slot })),
    ...brief.members.filter((card) => !card.effects).flatMap((card) => Object.values(card.gives).map((slot) => ({ card, slot }))),
  ];
  const speaks = (place: Place, source: Source | undefined, alone: boolean): boolean => {
    const sort = edges.classOf(place);
    return source !== undefined && sort === edges.classOf(source) && (sort === "whole" || (sort === "address" && alone));
  };
  const isNamed = (place: Place, source: Source) => edges.edge(place, source)?.features.argumentNamed === 1;
  const cards = new Set([...best.works.values()].map(({ card }) => card));
  const whole =
    [evidence.unserved(cards), evidence.unsaid(best.works.values())].every(({ length }) => length === 0) &&
    amount(evidence.undone(cards)) < safe.undone;
  /** The best that has another source than this at a place, and which. */
  const rivalAt = (place: string, mine: string): { readonly source: string; readonly score: number } | undefined => {
    for (const { score, sources } of rivals) {
      const source = sources.get(place);
      if (source !== undefined && source !== mine) return { source, score };
    }
    return undefined;
  };
  return placesIn(best, brief).map(({ place, made }): Weighed => {
    const name = placeName(place);
    const mine = own.get(name)!;
    const rival = rivalAt(name, mine);
    const said = decided.get(name);
    const source = sourceOf(made);
    const edge = source && edges.edge(place, source);
    const features = edge?.features;
    const named = features && (features.argumentNamed === 1 || features.wanted === 1 || features.described === 1);
    const changed = !place.card && edge !== undefined && changedWorth(place.slot, made, edges, evidence) + weights.changed > edge.score;
    const by = (): SettledBy => {
      if (edge?.fixed) return "settled";
      if (isDecided(said?.odds, mine)) return "decision";
      if ("literal" in made.from || (source && evidence.edge(place, source) > 0) || changed) return "words";
      if (named) return "name";
      return rival === undefined || features?.told ? "type" : "meaning";
    };
    const how = by();
    const labelled = "work" in made.from && !place.card && evidence.labelled(place.slot, made.from.work) > 0;
    const passed =
      source !== undefined && !features?.atom && !isNamed(place, source) && evidence.edge(place, source) < 1
        ? fields.find((one) => one.card !== place.card && isNamed(place, one))
        : undefined;
    // What is wanted is what the last step makes, whatever it is called, if the plan does all that is asked for.
    const closes = !place.card && whole && source !== undefined && evidence.ends(place.slot, source);
    // An act whose answer is another than what is wanted by its name was not asked for.
    const strays = !place.card && source?.card?.effects === true && features?.wanted !== 1 ? giverOf(place.slot.name, brief) : undefined;
    const passes = passed ?? strays;
    const shared = !named && Object.values(best.outputs).filter(({ key }) => key === made.key).length > 1;
    return {
      place: name,
      source: nameOf(made),
      by: how,
      ...(how === "decision" && said ? { decider: said.by } : {}),
      ...(rival ? { rival: rival.source, margin: best.score - rival.score } : {}),
      // A whole text where a whole text is taken speaks for itself, and so does an address where there is one alone.
      affinity: speaks(place, source, rival === undefined) ? 1 : (edge?.affinity ?? 1),
      told: features?.told === 1,
      acts: place.card?.effects ?? strays !== undefined,
      feeds: place.card !== undefined && fed.has(place.card),
      ...(passes ? { passes: sourceName(passes) } : {}),
      bare: !place.card && !labelled && !closes && !changed && !edge?.fixed && features?.doubt === 1,
      shared: shared && !labelled && !closes && !edge?.fixed && !place.card,
    };
  });
}

/** Whether a decision model finds a source likelier than all others and than none of them. */
function isDecided(odds: ReadonlyMap<string, number> | undefined, source: string): boolean {
  const own = odds?.get(source);
  if (!odds || own === undefined) return false;
  const all = [...odds.values()];
  return own === Math.max(...all) && own >= 1 - all.reduce((sum, one) => sum + one, 0);
}

/** What some member gives under this very name. */
function giverOf(name: string, { members }: Brief): Source | undefined {
  return members.flatMap((card) => Object.values(card.gives).map((slot) => ({ card, slot }))).find(({ slot }) => slot.name === name);
}

function nameOf(made: Made): string {
  if ("input" in made.from) return `input.${made.from.input.name}`;
  if ("literal" in made.from) return JSON.stringify(made.from.literal);
  if ("list" in made.from) return `[${made.from.list.map(nameOf).join(", ")}]`;
  return `${made.from.work.card.name}.${made.from.field.name}`;
}

function placesIn({ outputs, works }: Derivation, brief: Brief): { place: Place; made: Made }[] {
  return [
    ...Object.entries(outputs).map(([name, made]) => ({
      place: { slot: brief.wanted[name] ?? { name, schema: {}, required: true, description: "" } },
      made,
    })),
    ...[...works.values()].flatMap(({ card, args }) =>
      Object.entries(args).map(([name, made]) => ({ place: { card, slot: card.takes[name]! }, made })),
    ),
  ];
}

/** The sources at each place, of all tasks of a member together. */
function sourcesIn({ outputs, works }: Derivation): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>();
  const add = (name: string, made: Made) => found.set(name, [...(found.get(name) ?? []), nameOf(made)]);
  for (const [name, made] of Object.entries(outputs)) add(`output.${name}`, made);
  for (const { card, args } of works.values()) for (const [name, made] of Object.entries(args)) add(`${card.name}.${name}`, made);
  return new Map([...found].map(([name, sources]) => [name, sources.sort().join()]));
}
