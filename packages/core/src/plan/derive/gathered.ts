import type { Brief } from "../brief.js";
import type { Edges, Place } from "./edges.js";
import type { Evidence } from "./evidence.js";
import { firstOf } from "./first-of.js";
import { type Made, sourceOf } from "./made.js";
import { least } from "./weights.js";

/** Of so many elements all subsets are tried. */
const few = 4;

/** Lists out of single things: all that are named like the place, or for each input what is nearest made of it. */
export function gathered(
  place: Place,
  single: readonly Made[],
  brief: Brief,
  edges: Edges,
  evidence: Evidence,
): readonly (readonly Made[])[] {
  const order = Object.values(brief.given).map(({ name }) => name);
  const inGivenOrder = (all: Made[]): Made[] => all.sort((a, b) => order.indexOf(a.origin) - order.indexOf(b.origin));
  const rankOf = ({ from }: Made): number => ("work" in from ? brief.members.indexOf(from.work.card) : -1);

  const each = [...single].sort((a, b) => b.score - a.score);
  const lists: Made[][] = [];
  const named = each.filter((one) => {
    const source = sourceOf(one);
    return source?.card && edges.edge(place, source, true)?.features.argumentNamed === 1;
  });
  const ofField = firstOf(named, ({ from }) => ("work" in from ? `${from.work.card.name}.${from.field.name}` : ""));
  lists.push(ofField.sort((a, b) => rankOf(a) - rankOf(b)));
  const ofEach = firstOf(
    named.filter(({ inputs }) => inputs.size === 1),
    ({ origin }) => origin,
  );
  if (ofEach.length > 1) lists.push(inGivenOrder(ofEach));
  // What a member gives for each of several values: `one document with the leaflet in Portuguese and in Swedish`.
  for (const card of brief.members) {
    const several = evidence.several(card);
    if (!several) continue;
    const ofValues = several.values.flatMap(
      (value) =>
        each.find(
          ({ from }) => "work" in from && from.work.card === card && from.work.args[several.argument]?.key === JSON.stringify(value),
        ) ?? [],
    );
    if (ofValues.length === several.values.length) lists.push(ofValues);
  }
  const asked = each.filter(({ from }) => "work" in from && evidence.asks(from.work.card) >= least.goal);
  const ofAsked = firstOf(asked, ({ from }) => ("work" in from ? from.work.card.name : ""));
  if (ofAsked.length > 1) lists.push(ofAsked.sort((a, b) => rankOf(a) - rankOf(b)));
  const wanted = each.some(({ inputs }) => [...inputs].some((name) => !brief.spare.includes(name)));
  const alone = each.filter(({ inputs }) => inputs.size === 1 && !(wanted && brief.spare.some((name) => inputs.has(name))));
  const ofInput = firstOf(
    alone.sort((a, b) => a.works.size - b.works.size || b.score - a.score),
    ({ origin }) => origin,
  );
  lists.push(...subsets(inGivenOrder(ofInput)));
  // What the request has done to one of them stands for it: `retouch the portrait and pack it with the contract`.
  const done = firstOf(
    alone.filter((one) => asked.includes(one)),
    ({ origin }) => origin,
  );
  if (ofInput.length > 1 && ofInput.length <= few)
    for (const some of subsets(done)) {
      const list = ofInput.map((one) => some.find(({ origin }) => origin === one.origin) ?? one);
      if (list.some((one) => !ofInput.includes(one))) lists.push(inGivenOrder(list));
    }
  return lists.filter(({ length }) => length > 0);
}

/** All sets of a few, the whole first; of many the whole and each alone. */
function subsets(all: readonly Made[]): Made[][] {
  if (all.length === 0) return [];
  if (all.length > few) return [[...all], ...all.map((one) => [one])];
  return Array.from({ length: 2 ** all.length - 1 }, (_, i) => all.filter((_, j) => ((i + 1) >> j) & 1));
}
