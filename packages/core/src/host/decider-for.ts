import { TroupeError } from "../error/error.js";
import type { DecisionKind, DecisionModel, Role } from "../model/model.js";
import { modelFor } from "../model/model-for.js";
import type { BoundModels } from "./bound-models.js";

/**
 * The decision model for questions of a kind. One that is named has to have been measured for it; where none is, that is the one of the
 * role `decisions`, else the next decision model that is bound.
 * @throws TroupeError `MODEL_UNBOUND`, `MODEL_KIND`, `DECISION_UNMEASURED`
 */
export function deciderFor(
  models: BoundModels,
  wanted: DecisionModel | Role | undefined,
  kind: DecisionKind | readonly DecisionKind[] = [],
): DecisionModel {
  const lacks = ({ card }: DecisionModel) => [kind].flat().filter((one) => card.decides?.includes(one) === false);
  const decides = (model: DecisionModel) => lacks(model).length === 0;
  const bound = Object.values(models).filter((model): model is DecisionModel => model.card.kind === "decisions");
  const first = wanted === undefined && !Object.hasOwn(models, "decisions") ? bound[0] : undefined;
  const chosen = first ?? modelFor(models, wanted ?? "decisions", "decisions");
  if (decides(chosen)) return chosen;
  const other = wanted === undefined ? bound.find(decides) : undefined;
  if (other) return other;
  const [lacking] = lacks(chosen);
  const described =
    lacking === "yes-no" ? "describe both outcomes in its criteria, { true: …, false: … }, which makes it one of routing, " : "";
  throw new TroupeError("DECISION_UNMEASURED", `${chosen.id} was not measured for questions of the kind ${lacking}`, {
    hint: `Its card decides ${chosen.card.decides!.join(", ") || "nothing"}. Bind a model that decides ${lacking}, ${described}or leave the kind out to ask it all the same.`,
  });
}
