import type { Plan } from "../../graph/plan.js";
import type { Derived } from "../derive/derive.js";

/**
 * The plans of which a decision model is asked which is meant: none where one is sure, or where one of them acts on the world, since no
 * decision model is known to be wrong seldom enough for that.
 */
export function plansIn({ standing, candidates }: Pick<Derived, "standing" | "candidates">): readonly Plan[] {
  const acts = candidates.some(({ works }) => works.some(({ card }) => card.effects));
  return standing === "sure" || acts ? [] : candidates.map(({ plan }) => plan);
}
