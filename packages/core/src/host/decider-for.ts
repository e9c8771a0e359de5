import { TroupeError } from "../error/error.js";
import type { DecisionKind, DecisionModel, Role } from "../model/model.js";
import { type BoundModels, modelFor } from "./bound-models.js";

/**
 * The decision model for questions of a kind. One that is named has to have been measured for it; where none is, that is the one of the
 * role `decisions`, else the next decision model that is bound.
 * @throws TroupeError `MODEL_UNBOUND`, `MODEL_KIND`, `DECISION_UNMEASURED`
 */
export function deciderFor(models: BoundModels, wanted: DecisionModel | Role | undefined, kind: DecisionKind | undefined): DecisionModel {
  const decides = ({ card }: DecisionModel) => kind === undefined || card.decides === undefined || card.decides.includes(kind);
  const bound = Object.values(models).filter((model): model is DecisionModel => model.card.kind === "decisions");
  const first = wanted === undefined && !Object.hasOwn(models, "decisions") ? bound[0] : undefined;
  const chosen = first ?? modelFor(models, wanted ?? "decisions", "decisions");
  if (decides(chosen)) return chosen;
  const other = wanted === undefined ? bound.find(decides) : undefined;
  if (other) return other;
  throw new TroupeError("DECISION_UNMEASURED", `${chosen.id} was not measured for questions of the kind ${kind}`, {
    hint: `Its card decides ${chosen.card.decides!.join(", ") || "nothing"}. Bind a model that decides ${kind}, or leave the kind out to ask it all the same.`,
  });
}
