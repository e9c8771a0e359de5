import type { Model, Usage } from "./model.js";

/** What one call took: tokens (0 where the model does not tell), milliseconds, and US dollars by the card's price per million tokens. */
export function usageOf(model: Model, took: { readonly input: number; readonly output: number; readonly ms: number }): Usage {
  const { input = 0, output = 0 } = model.card.price ?? {};
  return { model: model.id, calls: 1, ...took, cost: (took.input * input + took.output * output) / 1e6 };
}
