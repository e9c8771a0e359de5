import type { Derived } from "./derive/derive.js";

/**
 * A line for each decision model that was asked: among how many plans it chose, or how many places it settled, of those that the one before
 * it left open, or why it could not.
 */
export function askedNotes({ asked, settled, open }: Pick<Derived, "asked" | "settled" | "open">): readonly string[] {
  const left = new Set(open.map(({ place }) => place));
  return asked.map(({ id, plans, places = 0, error }, i) => {
    if (error !== undefined) return `${id} could not decide: ${error instanceof Error ? error.message : String(error)}`;
    if (plans !== undefined) return `${id} was asked ${plans === 1 ? "whether the plan" : `which of ${plans} plans`} is meant`;
    const done = settled.filter(({ decider, place }) => decider === id && !left.has(place)).length;
    const before = asked[i - 1];
    return `${id} decided ${done} of the ${places} ${places === 1 ? "place" : "places"} that ${before ? `${before.id} left` : "were"} open`;
  });
}
