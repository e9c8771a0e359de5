import type { Brief, Card } from "../brief.js";
import type { Slot } from "../slot.js";
import { bareName } from "./class-of.js";
import type { Edges, Place } from "./edges.js";
import type { Evidence } from "./evidence.js";
import type { Made } from "./made.js";
import { memo } from "./memo.js";
import { weights } from "./weights.js";

/** Whether two arguments differ by a letter or a number alone, or have names that say nothing: `group_a` and `group_b`. */
const areTwins = (a: string, b: string): boolean =>
  (bareName.test(a) && bareName.test(b)) || (a !== b && apart.test(a) && apart.test(b) && a.replace(apart, "") === b.replace(apart, ""));
const apart = /(?<=\p{L})(?:[_ ]?\d+|_[A-Za-z]|(?<=\p{Ll})[A-Z])$/u;

/** Whether one is given and the other made, or one is put together and the other is not. */
const madeOtherwise = ({ from: one }: Made, { from: other }: Made): boolean =>
  "input" in one !== "input" in other || "list" in one !== "list" in other;

/** What a source is worth at an argument beside what stands at the others already, and by where its chain starts. */
export function besideOf(
  brief: Brief,
  edges: Edges,
  evidence: Evidence,
): (card: Card, slot: Slot, one: Made, args: Readonly<Record<string, Made>>) => number {
  const inputs = Object.values(brief.given);
  /** The inputs that a member's words name. */
  const namedBy = memo((card: Card) => inputs.filter((input) => evidence.about(card, input)).map(({ name }) => name));
  return (card, slot, one, args) => fromNamed(card, one) + facesStart({ card, slot }, one) + besides(one, slot, args, card);

  /** Of arguments that face one another each stands on the side of the input where its chain starts. */
  function facesStart(place: Place, one: Made): number {
    const start = "work" in one.from && one.inputs.size === 1 ? inputs.find(({ name }) => one.inputs.has(name)) : undefined;
    return start ? weights.facing * edges.facing(place, { slot: start }) : 0;
  }

  /** Words of a member that name an input bind where its arguments come from. */
  function fromNamed(card: Card, one: Made): number {
    const named = namedBy(card);
    if (named.length === 0 || one.inputs.size === 0) return 0;
    return named.some((name) => one.inputs.has(name)) ? weights.about : 0;
  }

  /** What a source is worth beside those of its sibling places. */
  function besides(one: Made, slot: Slot, args: Readonly<Record<string, Made>>, card: Card): number {
    let score = 0;
    for (const [name, other] of Object.entries(args)) {
      if (other.key === one.key) score += weights.twice;
      else if ("list" in one.from && one.from.list.some(({ key }) => key === other.key)) score += weights.twice;
      else if ("list" in other.from && other.from.list.some(({ key }) => key === one.key)) score += weights.twice;
      else if ("work" in one.from && "work" in other.from && one.from.work.key === other.from.work.key) score += weights.sibling;
      if (inputs.length > 1 && [...one.inputs].some((input) => other.inputs.has(input))) score += weights.overlap;
      if (areTwins(slot.name, name) && madeOtherwise(one, other)) score += weights.mixed;
      if (edges.fits(slot.schema, card.takes[name]!.schema) && inOrder(other, one)) score += weights.order;
    }
    return score;
  }

  /** Whether two sources stand in the order in which they are declared. */
  function inOrder(a: Made, b: Made): boolean {
    if ("input" in a.from && "input" in b.from) {
      const names = inputs.map(({ name }) => name);
      return names.indexOf(a.from.input.name) < names.indexOf(b.from.input.name);
    }
    if ("literal" in a.from && "literal" in b.from) return a.from.at !== undefined && b.from.at !== undefined && a.from.at < b.from.at;
    if (!("work" in a.from && "work" in b.from)) return false;
    if (a.from.work.key === b.from.work.key) {
      const names = Object.keys(a.from.work.card.gives);
      return names.indexOf(a.from.field.name) < names.indexOf(b.from.field.name);
    }
    const at = (one: Made) => Math.min(...[...one.inputs].map((name) => inputs.findIndex((slot) => slot.name === name)));
    return at(a) < at(b);
  }
}
