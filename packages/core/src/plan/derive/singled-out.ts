import type { Slot } from "../slot.js";
import type { Clause } from "./clauses.js";
import { conceptsOf } from "./concepts.js";
import type { Edges, Place, Source } from "./edges.js";
import { memo } from "./memo.js";

/** Whether the request names a field, of several that one member gives and that could stand at a place: `on the first day`, of `first` and `last`. */
export function singledOutOf({ edge }: Edges, clauses: readonly Clause[]): (place: Place, source: Source) => boolean {
  const isSaid = memo(({ name }: Slot): boolean => {
    const own = conceptsOf(name);
    const says = ({ said, opens }: Clause, one: string) => opens !== one && said.some(({ concept }) => concept === one);
    return own.length > 0 && own.every((one) => clauses.some((clause) => says(clause, one)));
  });
  return (place, { card, slot }) => {
    if (!card || !isSaid(slot)) return false;
    const rivals = Object.values(card.gives).flatMap((one) => edge(place, { card, slot: one }) ?? []);
    const isNamed = rivals.some(({ features }) => (features.argumentNamed ?? 0) > 0.5);
    return (
      rivals.length > 1 &&
      !isNamed &&
      Object.values(card.gives).filter((one) => edge(place, { card, slot: one }) && isSaid(one)).length === 1
    );
  };
}
