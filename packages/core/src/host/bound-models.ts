import { asModel, type Bindable, type ModelsByKind } from "../model/model.js";

export type BoundModels = Readonly<Record<string, ModelsByKind[keyof ModelsByKind]>>;

/** Roles and their models, those of LangChain wrapped. */
export function bindModels(models: Readonly<Record<string, Bindable>> = {}): BoundModels {
  return Object.fromEntries(
    Object.entries(models).map(([role, model]) => [role, "load" in model && "card" in model ? model : asModel(model as any)]),
  );
}
