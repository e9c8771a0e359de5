import type { ChatModel, DecisionModel, EmbeddingModel, Role } from "../model/model.js";

type AnyModel = ChatModel | EmbeddingModel | DecisionModel;

/** The id of a model, or of the one that plays a role, where it does not run on this machine; undefined where it does, or is not known yet. */
export type Elsewhere = (model: AnyModel | Role) => string | undefined;

/** Tells by models' cards where they run. */
export function elsewhereIn(bound: Readonly<Record<string, AnyModel>>): Elsewhere {
  return (wanted) => {
    const model = typeof wanted === "string" ? (Object.hasOwn(bound, wanted) ? bound[wanted] : undefined) : wanted;
    return model?.card?.local === false ? model.id : undefined;
  };
}

/** Before roles are bound: what models that are named tell. */
export const unbound: Elsewhere = elsewhereIn({});
