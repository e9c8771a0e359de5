import type { DecisionExample } from "../../model/model.js";
import type { Brief } from "../brief.js";
import { type Edges, type Place, placeName, type Source, sourceName } from "../derive/edges.js";
import { stateOf } from "./state.js";

/** Asks a decision model closed questions about one state, if need be behind examples; gives each one's probabilities, in the order of its options. */
export type Decide = (
  kind: "plans" | "wiring" | "members" | "tools",
  state: string,
  questions: Readonly<Record<string, { readonly instructions: string; readonly options: readonly string[] }>>,
  examples?: readonly DecisionExample[],
) => Promise<Readonly<Record<string, readonly number[]>>>;

/** One that decides, by the name that notes call it by. */
export interface Decider {
  readonly id: string;
  readonly decide: Decide;
  /** Where it was measured on which of several plans is meant, how much its word counts: then it is asked that, and not place by place. */
  readonly plans?: number;
}

/** What was decided: for a place's name, by whom, and the probability of each source's name. */
export type Decided = ReadonlyMap<string, { readonly by: string; readonly odds: ReadonlyMap<string, number> }>;

/** The most options that are put at one place: the likeliest by names and meaning. */
const mostOptions = 12;
/** The last option of a question: that none before it is right. */
export const none = "none of these";
/** What is asked of plans. */
export const whichPlan = "Which plan does what is asked for?";

/** Puts what is open to a decision model, all places behind one state. */
export async function decideOpen(places: readonly Place[], brief: Brief, edges: Edges, { id, decide }: Decider): Promise<Decided> {
  const asked = places.flatMap((place) => {
    const sources = sourcesFor(place, brief, edges);
    return place.card && sources.length > 1 ? [{ place, member: place.card.name, sources }] : [];
  });
  if (asked.length === 0) return new Map();
  const questions = Object.fromEntries(
    asked.map(({ place, member, sources }) => [
      placeName(place),
      {
        instructions: `What is the argument \`${place.slot.name}\` of \`${member}\` made from?`,
        options: [...sources.map(optionOf), none],
      },
    ]),
  );
  const answers = await decide("wiring", stateOf(brief), questions);
  return new Map(
    asked.map(({ place, sources }) => {
      const odds = answers[placeName(place)] ?? [];
      return [placeName(place), { by: id, odds: new Map(sources.map((source, i) => [sourceName(source), odds[i] ?? 0])) }];
    }),
  );
}

function sourcesFor(place: Place, brief: Brief, edges: Edges): readonly Source[] {
  const all: Source[] = [
    ...Object.values(brief.given).map((slot) => ({ slot })),
    ...brief.members
      .filter((card) => card !== place.card && !card.effects)
      .flatMap((card) => Object.values(card.gives).map((slot) => ({ card, slot }))),
  ];
  return all
    .flatMap((source) => {
      const edge = edges.edge(place, source);
      return edge ? [{ source, score: edge.score }] : [];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, mostOptions)
    .map(({ source }) => source)
    .sort((a, b) => all.indexOf(a) - all.indexOf(b));
}

const optionOf = ({ card, slot }: Source): string =>
  card ? `\`${slot.name}\` from ${card.name}` : `the given \`${slot.name}\`${slot.description && ` (${slot.description})`}`;
