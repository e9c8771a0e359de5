import type { Brief } from "./brief.js";
import { settleLine } from "./check-settle.js";
import type { Derived } from "./derive/derive.js";

/** A line for each place of a derived plan: where its value comes from, what settled that, and by how much; and what speaks against the plan. */
export function settledNotes({ settled, open, doubt }: Derived, brief: Brief): readonly string[] {
  const doubted = new Set(doubt?.places);
  const unsure = new Set([...open.map(({ place }) => place), ...doubted]);
  const free = Object.keys(brief.wanted).length === 0;
  const places = settled
    .filter(({ place }) => !free || !place.startsWith("output."))
    .map(({ place, source, by, decider, margin }) => {
      const how = unsure.has(place) ? "a guess" : `by ${by}${decider === undefined ? "" : ` of ${decider}`}`;
      return `${place} from ${source}, ${how}${margin === undefined ? "" : `, ${margin.toFixed(1)} ahead`}`;
    });
  if (!doubt || doubted.size === 0) return places;
  const line = settleLine(
    settled.filter(({ place }) => doubted.has(place)),
    brief,
  );
  const wrong = `it is not what is meant in about ${Math.round(10 * doubt.chance)} of ten such plans`;
  return [
    ...places,
    `The plan is a guess: ${doubt.why.map(({ said }) => said).join("; ")}; ${wrong}.${line ? ` If it is meant, settle it: team({ ${line} })` : ""}`,
  ];
}
