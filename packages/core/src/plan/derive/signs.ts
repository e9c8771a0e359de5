import { parted } from "../../graph/plan.js";
import type { Brief, Card } from "../brief.js";
import { bareName } from "./class-of.js";
import type { Derivation } from "./derivations.js";
import type { Evidence } from "./evidence.js";
import type { Made, Work } from "./made.js";
import { amount } from "./missed.js";
import { isWeak, type Weighed } from "./weighed.js";
import { alike } from "./words.js";

/** What tells how likely a plan is what is meant; each grows with what speaks against it, but for `ahead` and `named`. */
export interface Signs {
  /** How much less it is worth than the best of its derivation, by its logarithm: far behind says little more than behind. */
  readonly behind: number;
  /** Whether it is the best, and plainly better than the next: from 0 to 1. */
  readonly ahead: number;
  /** The same, where nothing is asked for in words and every output is called like its source. */
  readonly named: number;
  /** 1 where every output is called like what it comes from, and another plan is better. */
  readonly outdone: number;
  /** The share of what the request says that nothing in the plan speaks of. */
  readonly unexplained: number;
  /** How surely the request asks for a member that is not at work, from 0 to 1. */
  readonly idle: number;
  /** Words of the request that speak only of such members. */
  readonly unserved: number;
  /** Words of a wanted output, called otherwise than what it comes from, that nothing which makes it speaks of. */
  readonly unmet: number;
  /** Words of any wanted output of which only members speak that are not at work. */
  readonly elsewhere: number;
  /** Something that the request asks for and nobody in the team does. */
  readonly beyond: number;
  /** Outputs for which nothing but their type speaks. */
  readonly bare: number;
  /** Arguments that little but their type speaks for, that pass over a source of their very name, and tasks that take one thing twice. */
  readonly weak: number;
  readonly passed: number;
  readonly twice: number;
  /** Members that nobody takes anything of, beyond as many as outputs are wanted. */
  readonly ends: number;
}

/** Counts say no more from here on. */
const most = 2;
const mostBehind = 3;
/** From which on a plan is plainly better than another. */
const plain = 0.2;

/** `lead`: how much more the plan is worth than the best other; less than 0 where that is better. */
export function signsOf(one: Derivation, lead: number, settled: readonly Weighed[], brief: Brief, evidence: Evidence): Signs {
  const works = [...one.works.values()];
  const cards = new Set(works.map(({ card }) => card));
  const isArgument = ({ place }: Weighed) => !place.startsWith("output.");
  /** Whether somebody is at work who does the same for all that is said. */
  const isServed = (card: Card) => [...cards].some((one) => evidence.areTwins(one, card));
  const count = (some: readonly unknown[]) => Math.min(most, some.length);
  const ahead = Math.min(1, Math.max(0, lead / plain));
  const outputs = settled.filter((one) => !isArgument(one));
  const isNamed = brief.request === "" && outputs.every(({ by }) => by === "name");
  const isAlone = Object.keys(brief.wanted).length === 0;
  const others = Object.entries(one.outputs).filter(([name, { from }]) => !("work" in from && from.field.name === name));
  return {
    behind: Math.log1p(Math.min(mostBehind, Math.max(0, -lead)) / plain),
    ahead,
    named: isNamed ? ahead : 0,
    outdone: lead < 0 && others.length === 0 && !isAlone ? 1 : 0,
    unexplained: evidence.unexplained(works),
    idle: Math.max(
      0,
      ...brief.members
        .filter((card) => !cards.has(card) && !card.effects && !isSaid(card, works) && !isServed(card))
        .map((card) => evidence.asks(card)),
    ),
    unserved: Math.min(most, amount(evidence.unserved(cards))),
    unmet: Math.min(most, evidence.unmet(Object.fromEntries(others), cards).words),
    elsewhere: Math.min(most, evidence.unmet(one.outputs, cards).elsewhere),
    beyond: evidence.beyond.length > 0 ? 1 : 0,
    bare: count(settled.filter(({ bare }) => bare)),
    weak: count(settled.filter((one) => isArgument(one) && isWeak(one))),
    passed: count(settled.filter((one) => isArgument(one) && passesBy(one, brief))),
    twice: count(works.filter(takesTwice)),
    ends: Math.max(0, endsIn(works).length - Math.max(1, Object.keys(brief.wanted).length)),
  };
}

/** Whether an argument is filled by another name than its own, though something has that. */
function passesBy({ place, source, by }: Weighed, { given, members }: Brief): boolean {
  const [member, name] = parted(place);
  if (by === "settled" || bareName.test(name) || parted(source)[1] === name) return false;
  return Object.hasOwn(given, name) || members.some((one) => one.name !== member && Object.hasOwn(one.gives, name));
}

/** Whether the request itself says what a member would find: `under the slug spring-fair`, of one that suggests slugs. */
const isSaid = ({ gives }: Card, works: readonly Work[]): boolean =>
  Object.keys(gives).every((field) =>
    works.some(({ args }) => Object.entries(args).some(([name, { from }]) => "literal" in from && alike(name, field) === 1)),
  );

/** Whether two arguments of a task are filled by one thing. */
function takesTwice({ args }: Work): boolean {
  const keys = Object.values(args)
    .flatMap((made) => partsOf(made))
    .flatMap(({ key, from }) => ("literal" in from ? [] : [key]));
  return new Set(keys).size < keys.length;
}

/** The members that no task takes anything of. */
function endsIn(works: readonly Work[]): readonly Card[] {
  const taken = new Set(
    works.flatMap(({ args }) => Object.values(args).flatMap(partsOf)).flatMap(({ from }) => ("work" in from ? [from.work.card] : [])),
  );
  return [...new Set(works.map(({ card }) => card))].filter((card) => !taken.has(card));
}

const partsOf = (made: Made): readonly Made[] => ("list" in made.from ? made.from.list : [made]);
