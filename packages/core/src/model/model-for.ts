import { TroupeError } from "../error/error.js";
import type { ModelCard, ModelsByKind, Role } from "./model.js";

type BoundModel = ModelsByKind[keyof ModelsByKind];

/** The model a specialist asks for, of those that play roles. @throws TroupeError `MODEL_UNBOUND` or `MODEL_KIND`. */
export function modelFor<K extends ModelCard["kind"]>(
  models: Readonly<Record<string, BoundModel | undefined>>,
  wanted: BoundModel | Role,
  kind: K,
): ModelsByKind[K] {
  const model = typeof wanted === "string" ? (Object.hasOwn(models, wanted) ? models[wanted] : undefined) : wanted;
  if (!model || !("card" in Object(model))) {
    const what = typeof wanted === "string" ? `No model plays the role ${wanted}` : "What was given as a model is none";
    throw new TroupeError("MODEL_UNBOUND", what, { hint: howToBind(wanted) });
  }
  if (model.card.kind !== kind) {
    throw new TroupeError("MODEL_KIND", `${model.id} is a model for ${model.card.kind}, not for ${kind}`, {
      hint: `Bind a model for ${kind} instead.`,
    });
  }
  return model as ModelsByKind[K];
}

function howToBind(wanted: unknown): string {
  if (typeof wanted === "string") {
    return wanted.includes(":")
      ? `Text names a role. Write model(${JSON.stringify(wanted)}), of @troupe/nodes.`
      : `Bind one: compile(graph, { models: { ${wanted}: … } }), or --bind ${wanted}=NAME on the command line.`;
  }
  return typeof Object(wanted).invoke === "function" ? "Wrap it: asModel(chat)." : 'Give a role, or model("…"), of @troupe/nodes.';
}
