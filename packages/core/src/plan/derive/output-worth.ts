import type { Brief } from "../brief.js";
import type { Slot } from "../slot.js";
import type { Edges } from "./edges.js";
import type { Evidence } from "./evidence.js";
import { type Made, sourceOf } from "./made.js";
import { weights } from "./weights.js";
import { mentions, spoken } from "./words.js";

/** What a value is worth at a wanted output, without its tasks; `edge` is what the edge into the output is worth by itself. */
export function outputWorth(brief: Brief, edges: Edges, evidence: Evidence): (slot: Slot, made: Made, edge: number) => number {
  return (slot, made, edge) => {
    const { from } = made;
    const origin = originOf(slot, made, brief, evidence) + followsOf(slot, made, brief);
    if (!("work" in from)) return edge + origin;
    const source = { card: from.work.card, slot: from.field };
    const labelled = evidence.labelled(slot, from.work);
    // What is called by what its member was told needs nothing else that speaks for it.
    const doubt = labelled > 0 ? (edges.edge({ slot }, source)?.features.doubt ?? 0) : 0;
    const own = edge - weights.doubt * doubt + (evidence.ends(slot, source) ? weights.ends : 0);
    return Math.max(own, changedWorth(slot, made, edges, evidence) + weights.changed) + weights.labelled * labelled + origin;
  };
}

const nothing = Number.NEGATIVE_INFINITY;

/** What an output is worth by what a task changes, where the request says that it does: the speech in Spanish is the speech. */
export function changedWorth(slot: Slot, { from }: Made, edges: Edges, evidence: Evidence): number {
  if (!("work" in from)) return nothing;
  const { card, args } = from.work;
  return Math.max(
    nothing,
    ...Object.entries(args).map(([name, made]) => {
      const [taken, source] = [card.takes[name], sourceOf(made)];
      if (!taken || !source?.card || !edges.fits(from.field.schema, taken.schema)) return nothing;
      if (evidence.edge({ card, slot: taken }, source) < 1) return nothing;
      return Math.max(edges.edge({ slot }, source)?.score ?? nothing, changedWorth(slot, made, edges, evidence));
    }),
  );
}

/** Words that name an input bind where the whole chain starts. */
function originOf(slot: Slot, made: Made, brief: Brief, evidence: Evidence): number {
  const said = Object.values(brief.given).map((input) => [input.name, evidence.origin(slot, input)] as const);
  const most = Math.max(0, ...said.map(([, much]) => much));
  let score = 0;
  if (most > 0)
    for (const [name, much] of said) {
      const near = much / most;
      score += weights.origin * (made.inputs.has(name) ? near - 0.5 : 0.5 - near) * most;
    }
  return score;
}

/** Words that name another output, of which one member alone makes what is called so, say what an output is made from: `the payout in words`. */
function followsOf(slot: Slot, { from, works }: Made, { wanted, members }: Brief): number {
  const named = Object.values(wanted).filter(
    (one) => one !== slot && !mentions(spoken(slot.name), one.name) && mentions(slot.description, one.name),
  );
  let score = 0;
  for (const { name } of named) {
    const [maker, ...others] = members.filter((card) => Object.hasOwn(card.gives, name));
    if (!maker || others.length > 0 || ("work" in from && from.work.card === maker)) continue;
    score += [...works.values()].some(({ card }) => card === maker) ? weights.follows : -weights.follows;
  }
  return score;
}
