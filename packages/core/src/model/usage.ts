import type { Model, Usage } from "./model.js";
import { costOf, type Tokens } from "./price.js";
import { statusOf } from "./status-of.js";

/**
 * What one call took: tokens (0 where the model does not tell), milliseconds, and US dollars by its card's price. A call elsewhere that
 * tells no tokens, or takes more than the price is for, has no known cost; one that its server answered with an error (`failed`) took
 * nothing.
 */
export function usageOf(model: Model, took: Tokens & { readonly ms: number; readonly failed?: unknown }): Usage {
  const { input, output, cached = 0, ms, failed } = took;
  const { price, local } = model.card;
  const known = local || !Number.isNaN(statusOf(failed)) || (input > 0 && input <= (price?.upTo ?? input));
  const cost = known && input + output === 0 ? 0 : known ? costOf(model.card, took) : undefined;
  return {
    model: model.id,
    calls: 1,
    input,
    output,
    ...(cached ? { cached } : {}),
    ms,
    cost: cost ?? 0,
    ...(cost === undefined ? { unpriced: 1 } : {}),
  };
}
