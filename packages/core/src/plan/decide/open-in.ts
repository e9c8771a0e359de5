import type { Brief } from "../brief.js";
import type { Derived } from "../derive/derive.js";
import type { Place } from "../derive/edges.js";

/**
 * The arguments of a derived plan that a decision model is asked about: those that are open. Asked about sure ones too, an earlier adapter
 * of the 135M took more plans from right to wrong than the other way (57 right of 70 teams instead of 62). Where what a member that acts
 * on the world takes, or is made from, is open, nothing is asked: no decision model is known to be wrong seldom enough for that.
 */
export function openIn({ open, held }: Pick<Derived, "open" | "held">, { members }: Brief): readonly Place[] {
  if (held.length > 0 || open.some(({ acts, feeds }) => acts || feeds)) return [];
  const asked = new Set(open.map(({ place }) => place));
  return members.flatMap((card) =>
    Object.values(card.takes).flatMap((slot) => (asked.has(`${card.name}.${slot.name}`) ? [{ card, slot }] : [])),
  );
}
