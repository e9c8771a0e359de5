import type { Brief } from "../brief.js";
import type { Derived } from "../derive/derive.js";
import type { Place } from "../derive/edges.js";

/** The arguments of a derived plan that a decision model is asked about: those whose source is not settled by a name, a value or for good. */
export function openIn({ settled }: Pick<Derived, "settled">, { members }: Brief): readonly Place[] {
  const asked = new Set(
    settled.filter(({ by, margin }) => margin !== undefined && (by === "meaning" || by === "words")).map(({ place }) => place),
  );
  return members.flatMap((card) =>
    Object.values(card.takes).flatMap((slot) => (asked.has(`${card.name}.${slot.name}`) ? [{ card, slot }] : [])),
  );
}
