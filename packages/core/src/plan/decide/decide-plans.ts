import type { Plan } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { type Decider, none, whichPlan } from "./decide-open.js";
import { sketchOf } from "./sketch.js";
import { stateOf } from "./state.js";

/** Who said last which plan is meant, and by its sketch how much more likely each is than none, by all that were asked: a logarithm. */
export interface Meant {
  readonly by: string;
  readonly words: ReadonlyMap<string, number>;
}

/** What stands for shares of nothing. */
const least = 0.001;

/**
 * Asks a decision model which of some plans is meant: once in their order and once in reverse, since small models lean to a place. What was
 * said before counts on: those who are wrong are seldom wrong alike.
 */
export async function decidePlans(
  plans: readonly Plan[],
  brief: Brief,
  { id, decide, plans: power = 0 }: Decider,
  before?: Meant,
): Promise<Meant> {
  // Pages that never ask need not load them.
  const { workedPlans } = await import("./worked-plans.js");
  const options = plans.map(sketchOf);
  const orders = options.length > 1 ? [options, options.toReversed()] : [options];
  const questions = Object.fromEntries(orders.map((order, i) => [`plans${i}`, { instructions: whichPlan, options: [...order, none] }]));
  const answers = await decide("plans", stateOf(brief), questions, workedPlans);
  const share = (option: string): number =>
    orders.reduce((sum, order, i) => sum + (answers[`plans${i}`]?.[order.indexOf(option)] ?? 0), 0) / orders.length;
  const without = Math.max(0, 1 - options.reduce((sum, option) => sum + share(option), 0));
  const word = (option: string): number => power * Math.log((share(option) + least) / (without + least));
  const said = options.map((option) => [option, (before?.words.get(option) ?? 0) + word(option)] as const);
  return { by: id, words: new Map([...(before?.words ?? []), ...said]) };
}
