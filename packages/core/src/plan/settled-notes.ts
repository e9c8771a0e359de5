import type { Brief } from "./brief.js";
import { settleLine } from "./check-settle.js";
import type { Derived } from "./derive/derive.js";

/** A line for each place of a derived plan: where its value comes from, what settled that, and by how much; and what speaks against the plan. */
export function settledNotes(derived: Derived, brief: Brief): readonly string[] {
  const { settled, open, candidates, why } = derived;
  const [likeliest] = candidates;
  const unsure = new Set(open.map(({ place }) => place));
  const free = Object.keys(brief.wanted).length === 0;
  const places = settled
    .filter(({ place }) => !free || !place.startsWith("output."))
    .map(({ place, source, by, decider, margin }) => {
      const how = unsure.has(place) ? "a guess" : `by ${by}${decider === undefined ? "" : ` of ${decider}`}`;
      return `${place} from ${source}, ${how}${margin === undefined ? "" : `, ${margin.toFixed(1)} ahead`}`;
    });
  if (!likeliest || why.length === 0) return places;
  const line = settleLine(derived, brief);
  const right = `it is what is meant in about ${Math.round(10 * likeliest.chance)} of ten such plans`;
  return [
    ...places,
    `The plan is a guess: ${why.map(({ said }) => said).join("; ")}; ${right}.${line ? ` If it is meant, settle it: team({ ${line} })` : ""}`,
  ];
}
