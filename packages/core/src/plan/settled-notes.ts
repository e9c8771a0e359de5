import type { Brief } from "./brief.js";
import type { Derived } from "./derive/derive.js";

/** A line for each place of a derived plan: where its value comes from, what settled that, and by how much. */
export function settledNotes({ settled, open }: Derived, { wanted }: Brief): readonly string[] {
  const unsure = new Set(open.map(({ place }) => place));
  const free = Object.keys(wanted).length === 0;
  return settled
    .filter(({ place }) => !free || !place.startsWith("output."))
    .map(({ place, source, by, decider, margin }) => {
      const how = unsure.has(place) ? "a guess" : `by ${by}${decider === undefined ? "" : ` of ${decider}`}`;
      return `${place} from ${source}, ${how}${margin === undefined ? "" : `, ${margin.toFixed(1)} ahead`}`;
    });
}
