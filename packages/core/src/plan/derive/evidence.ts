import type { Brief, Card } from "../brief.js";
import { holdsText, type Slot } from "../slot.js";
import { actingOf } from "./acting.js";
import { askedOf } from "./asked.js";
import { beyond } from "./beyond.js";
import { chainsOf } from "./chains.js";
import { type Clause, clausesIn } from "./clauses.js";
import { conceptsOf } from "./concepts.js";
import { courseOf } from "./course.js";
import type { Edges, Place, Source } from "./edges.js";
import { type Given, givenOf } from "./given.js";
import { goalsOf } from "./goals.js";
import { labelledOf } from "./labelled.js";
import type { Made, Work } from "./made.js";
import { memo } from "./memo.js";
import type { Missed } from "./missed.js";
import { type Nobodys, nobodysIn } from "./nobodys.js";
import { type Several, valuesOfRequest } from "./several.js";
import { termsOf } from "./terms.js";
import { toldOf } from "./told.js";
import { type Twins, twinsOf } from "./twins.js";
import { undoneOf } from "./undone.js";
import { unexplainedOf } from "./unexplained.js";
import { type Unmet, unmetOf } from "./unmet.js";
import { unsaidOf } from "./unsaid.js";
import { unservedOf } from "./unserved.js";
import { mentions } from "./words.js";

/** What the words of the request and of the wanted outputs say for a derivation. */
export interface Evidence {
  /** Whether the request asks for what a member does: from 0 to 1, -1 where it forbids it. */
  asks(card: Card): number;
  /** Members that the request asks for beside what is wanted; where no output is named, all that it asks for. */
  goals(all: boolean): readonly Card[];
  /** What the request asks for and these members leave undone, each part worth up to 1. */
  undone(cards: ReadonlySet<Card>): readonly Missed[];
  /** Whether some clause may tell a member to act on the world, and no other such member rather. */
  told(card: Card): boolean;
  /** The clauses, of several, that speak of nothing that these members do. */
  unanswered(cards: ReadonlySet<Card>): readonly Missed[];
  /** The words of the request that speak of other members than these, and of nothing that is given or wanted. */
  unserved(cards: ReadonlySet<Card>): readonly Missed[];
  /** Which share of what the request says nothing speaks of: nothing given or wanted, none of these tasks. */
  unexplained(works: Iterable<Work>): number;
  /** What the words of wanted outputs say and nothing that makes them speaks of. */
  unmet(outputs: Readonly<Record<string, Made>>, used: ReadonlySet<Card>): Unmet;
  /** From -1 to 1: whether the request says that a place is filled from a source, or from another. */
  edge(place: Place, source: Source): number;
  /** Several values that the request says for one argument of a member, which is wanted once for each. */
  several(card: Card): Several | undefined;
  /** Values that the request gives for an argument. */
  literals(place: Place): readonly Given[];
  /** How much the words of an output name an input, from 0 to 1. */
  origin(output: Slot, input: Slot): number;
  /** Whether the words of a member name an input. */
  about(card: Card, input: Slot): boolean;
  /** Whether the words of an output name the label that a task takes, 1, or another of its labels, -1: `the minutes in Spanish`. */
  labelled(output: Slot, work: Work): number;
  /** Whether an output is what the last thing that the request asks for changes, and the request calls nothing else so. */
  ends(output: Slot, source: Source): boolean;
  /** The values that the request gives and no task takes, of those that one could. */
  unsaid(works: Iterable<Work>): readonly Missed[];
  /** What the request asks for and nobody in the team does. */
  readonly beyond: readonly string[];
  /** The clauses that ask for something of which nobody in the team speaks, or that tell nobody to act. */
  readonly nobodys: Nobodys;
  /** Whether nothing tells two members apart: what asks for one asks for either. */
  readonly areTwins: Twins;
}

/** What speaks for sources at places: clause by clause, who does something there, and to what. */
export function evidenceOf(brief: Brief, edges: Edges): Evidence {
  const clauses = brief.request ? clausesIn(brief.request) : [];
  const terms = memo(termsOf);
  const acting = actingOf(brief, edges, clauses, terms);
  const values = valuesOfRequest(brief, edges, clauses, acting);
  const asks = askedOf(brief, clauses, terms, acting);
  const course = courseOf(brief, edges, clauses, acting, asks);
  const chained = chainsOf(brief, edges, clauses, terms, acting);
  const saidInAll = new Set(clauses.flatMap(({ said }) => said.map(({ concept }) => concept)));

  const literals = givenOf(brief, edges, values);
  /** Whether the request says surely what stands at a place: who would find it is not asked for by that. */
  const isGiven = (place: Place): boolean =>
    place.card !== undefined && (literals(place)[0]?.score ?? 0) >= 0.8 && holdsText(place.slot.schema);

  const names = (text: string, input: Slot): number => {
    const { name, description } = input;
    const said = new Set(conceptsOf(text));
    const own = conceptsOf(name);
    const others = new Set(
      Object.values(brief.given).flatMap((one) => (one === input ? [] : conceptsOf(`${one.name} ${one.description}`))),
    );
    const telling = own.filter((one) => !others.has(one));
    if (others.size > 0 && telling.length > 0 && telling.every((one) => said.has(one))) return 1;
    if (own.length && own.every((one) => said.has(one))) return 1;
    const all = [...own, ...conceptsOf(description).filter((one) => !generic.has(one))];
    return all.length ? all.filter((one) => said.has(one)).length / all.length : 0;
  };

  /** Whether a member acts in a clause that names this input, of several, and no other. */
  const speaksOf = (clause: Clause, card: Card, input: Slot): boolean => {
    if (clause.part.negated || !acting.leads(card, clause)) return false;
    const said = new Set(clause.said.map(({ concept }) => concept));
    const named = Object.values(brief.given).filter(({ name }) => conceptsOf(name).every((one) => said.has(one)));
    return named.length === 1 && named[0] === input;
  };

  return {
    beyond: beyond(brief),
    areTwins: twinsOf(brief),
    nobodys: nobodysIn(brief, clauses, terms, acting),
    asks,
    goals: goalsOf(brief, clauses, terms, acting),
    ...undoneOf(brief, clauses, acting),
    told: toldOf(brief, clauses, acting),
    unserved: unservedOf(brief, clauses, terms),
    unexplained: unexplainedOf(brief, clauses, terms),
    unmet: unmetOf(brief, terms),
    edge: (place, source) => (isGiven(place) ? 0 : chained(place, source) || course.follows(place, source)),
    several: values.several,
    literals,
    unsaid: unsaidOf(brief, clauses, acting),
    labelled: labelledOf(brief),
    origin: (output, input) => names(`${output.name} ${output.description}`, input),
    ends: (output, { card, slot }) =>
      card !== undefined &&
      course.ends({ card, slot }) &&
      conceptsOf(output.name).every((one) => !saidInAll.has(one) || terms(card).all.has(one)),
    about: (card, input) => mentions(`${card.name} ${card.does}`, input.name) || clauses.some((one) => speaksOf(one, card, input)),
  };
}

const generic = new Set(["content", "list"]);
