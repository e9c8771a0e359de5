import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { TroupeError } from "../graph/error.js";
import { asModel, type ChatModel, type EmbeddingModel, type Role } from "../model/model.js";

export type BoundModels = Readonly<Record<string, ChatModel | EmbeddingModel>>;

/** Roles and their models, LangChain's chat models wrapped. */
export function bindModels(models: Readonly<Record<string, ChatModel | EmbeddingModel | BaseChatModel>> = {}): BoundModels {
  return Object.fromEntries(
    Object.entries(models).map(([role, model]) => [role, "load" in model && "card" in model ? model : asModel(model)]),
  );
}

/** The model a specialist asks for. @throws TroupeError `MODEL_UNBOUND` or `MODEL_KIND`. */
export function modelFor<K extends "chat" | "embeddings">(
  models: BoundModels,
  wanted: ChatModel | EmbeddingModel | Role,
  kind: K,
): K extends "chat" ? ChatModel : EmbeddingModel {
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
  return model as K extends "chat" ? ChatModel : EmbeddingModel;
}

function howToBind(wanted: unknown): string {
  if (typeof wanted === "string") {
    return wanted.includes(":")
      ? `Text names a role. Write model(${JSON.stringify(wanted)}), of @troupe/nodes.`
      : `Bind one: compile(graph, { models: { ${wanted}: … } }), or --bind ${wanted}=NAME on the command line.`;
  }
  return typeof Object(wanted).invoke === "function" ? "Wrap it: asModel(chat)." : 'Give a role, or model("…"), of @troupe/nodes.';
}
