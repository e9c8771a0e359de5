import type { Brief, Card } from "../brief.js";
import type { Acting } from "./acting.js";
import { type Clause, isNegated } from "./clauses.js";
import { conceptsOf } from "./concepts.js";
import type { Edges, Place, Source } from "./edges.js";
import { memo } from "./memo.js";
import { least } from "./weights.js";
import { alike } from "./words.js";

/** In what order a request has things done. */
export interface Course {
  /** From 0 to 1: whether a source is what was changed just before its place's member is at work, and keeps its name in that. */
  follows(place: Place, source: Source): number;
  /** Whether a member changes what it takes, under one name, and does the last thing that is asked for. */
  ends(source: Source): boolean;
}

/** Words that say in which order things are done. */
const ordering =
  /(?<![\p{L}\d])(?:first|then|next|after(?:wards| that)?|finally|last(?:ly)?|once|zuerst|zunächst|dann|danach|anschließend|zuletzt|schließlich|nachdem|primero|luego|después|finalmente|por último|tras)(?![\p{L}\d])/iu;

/** Whether a member gives under one name what it takes: it changes it. */
const keeps = ({ card, slot }: Place): boolean =>
  card !== undefined && Object.hasOwn(card.takes, slot.name) && Object.hasOwn(card.gives, slot.name);

export function courseOf(
  brief: Brief,
  edges: Edges,
  clauses: readonly Clause[],
  { acts, at }: Acting,
  asks: (card: Card) => number,
): Course {
  const one = Object.keys(brief.wanted).length === 1;
  const strength = ordering.test(brief.request) ? 0.6 : one ? 0.4 : 0;

  /** The clause in which each member does most. */
  const turns = brief.members
    .flatMap((card) => {
      const found = clauses.map((clause, i) => ({
        card,
        clause,
        i,
        at: at(card, clause),
        acts: isNegated(clause, at(card, clause)) ? 0 : acts(card, clause),
      }));
      const most = Math.max(...found.map((turn) => turn.acts));
      return most >= least.goal && asks(card) >= 0 ? found.filter((turn) => turn.acts === most).slice(0, 1) : [];
    })
    .sort((a, b) => a.i - b.i || a.at - b.at);
  const turnOf = (card: Card) => turns.findIndex((turn) => turn.card === card);

  /** Who was at work last before a member and gave what an argument of it takes. */
  const before = memo((card: Card): ReadonlyMap<string, Card> => {
    const past = turns.slice(0, Math.max(0, turnOf(card)));
    return new Map(
      Object.values(card.takes).flatMap((slot) => {
        const turn = past.findLast(({ card: maker }) =>
          Object.values(maker.gives).some((field) => edges.edge({ card, slot }, { card: maker, slot: field })),
        );
        return turn ? [[slot.name, turn.card] as const] : [];
      }),
    );
  });

  const inputWords = new Set(Object.values(brief.given).flatMap(({ name }) => conceptsOf(name)));
  /** Whether the clause in which a member is at work names an input, or what was there at first. */
  const goesBack = memo((card: Card): boolean => {
    const clause = turns.find((turn) => turn.card === card)?.clause;
    return clause !== undefined && (clause.whole || clause.said.some(({ concept }) => inputWords.has(concept)));
  });

  return {
    follows: ({ card, slot }, source) =>
      strength > 0 &&
      card &&
      source.card &&
      before(card).get(slot.name) === source.card &&
      (keeps(source) || keeps({ card, slot })) &&
      alike(slot.name, source.slot.name) === 1 &&
      !goesBack(card)
        ? strength
        : 0,
    ends: (source) => keeps(source) && turns.at(-1)?.card === source.card,
  };
}
