import type { Plan } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { type Decider, none } from "./decide-open.js";
import { sketchOf } from "./sketch.js";
import { stateOf } from "./state.js";

/** Who said which plan is meant, and how likely each is by that, by its sketch; what is missing to 1 is the chance that none is. */
export interface Meant {
  readonly by: string;
  readonly shares: ReadonlyMap<string, number>;
}

const instructions = "Which plan does what is asked for?";

/** Asks a decision model which of some plans is meant: once in their order and once in reverse, since small models lean to a place. */
export async function decidePlans(plans: readonly Plan[], brief: Brief, { id, decide }: Decider): Promise<Meant> {
  const options = plans.map(sketchOf);
  const orders = options.length > 1 ? [options, options.toReversed()] : [options];
  const questions = Object.fromEntries(orders.map((order, i) => [`plans${i}`, { instructions, options: [...order, none] }]));
  const answers = await decide("plans", stateOf(brief), questions);
  const share = (option: string): number =>
    orders.reduce((sum, order, i) => sum + (answers[`plans${i}`]?.[order.indexOf(option)] ?? 0), 0) / orders.length;
  return { by: id, shares: new Map(options.map((option) => [option, share(option)])) };
}
