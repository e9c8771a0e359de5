import type { DecisionModel } from "../../model/model.js";
import type { Context } from "../../specialist/context.js";
import { askedThrough } from "./asked-through.js";
import type { Decider } from "./decide-open.js";

/**
 * Who is asked what a derivation leaves open, one after the other: the role `decisions`, where it was measured for plans or their wiring, then the
 * decision models that a team has for planners. Where there is none of these, what is bound for other kinds is asked through the role.
 */
export function decidersFor(ctx: Pick<Context, "decide" | "model">, planners: readonly DecisionModel[]): readonly Decider[] {
  const role = ctx.model("decisions") as DecisionModel | undefined;
  const measured = role && (role.card.decides?.some((kind) => kind === "plans" || kind === "wiring") ?? true) ? [role] : [];
  const models = new Map([...measured, ...planners].map((model) => [model.id, model]));
  if (models.size === 0) return role ? [{ id: role.id, decide: askedThrough(ctx) }] : [];
  return [...models.values()].map((model) => ({
    id: model.id,
    decide: askedThrough(ctx, model),
    ...(model.card.sharpness === undefined ? {} : { plans: model.card.sharpness }),
  }));
}
