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
  const model = typeof wanted === "string" ? models[wanted] : wanted;
  if (!model) {
    throw new TroupeError("MODEL_UNBOUND", `No model plays the role ${String(wanted)}`, {
      hint: `Bind one: compile(graph, { models: { ${String(wanted)}: … } }), or --bind ${String(wanted)}=NAME on the command line.`,
    });
  }
  if (model.card.kind !== kind) {
    throw new TroupeError("MODEL_KIND", `${model.id} is a model for ${model.card.kind}, not for ${kind}`, {
      hint: `Bind a model for ${kind} instead.`,
    });
  }
  return model as K extends "chat" ? ChatModel : EmbeddingModel;
}
