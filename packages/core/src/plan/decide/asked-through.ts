import type { DecisionModel } from "../../model/model.js";
import type { Context } from "../../specialist/context.js";
import type { Decide } from "./decide-open.js";

/** Asks a decision model, or that of the role `decisions`, through a specialist's context. */
export function askedThrough(ctx: Pick<Context, "decide">, model?: DecisionModel): Decide {
  return async (kind, state, questions, examples) => {
    const asked = Object.entries(questions).map(
      ([id, { instructions, options }]) =>
        [id, { type: "choice", instructions, criteria: Object.fromEntries(options.map((option) => [option, null])) }] as const,
    );
    const answers = await ctx.decide({
      kind,
      state,
      questions: Object.fromEntries(asked),
      ...(model ? { model } : {}),
      ...(examples ? { examples } : {}),
    });
    return Object.fromEntries(
      Object.entries(questions).map(([id, { options }]) => {
        const { probabilities = {} } = answers[id] as { probabilities?: Readonly<Record<string, number>> };
        return [id, options.map((option) => probabilities[option] ?? 0)];
      }),
    );
  };
}
