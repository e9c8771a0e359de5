import { type ChatModel, type Context, isCapable } from "@troupe/core";

/**
 * The model of the role `default` where it is a capable one (see `isCapable`), else undefined. A local model that does not know its
 * size before it is loaded (Ollama's do not) is loaded first; what `load` throws passes through.
 *
 * @example
 * const model = await capableModel(ctx);
 * if (model) return { text: (await ctx.generate({ model, prompt })).text };
 */
export async function capableModel(ctx: Pick<Context, "model" | "trust">): Promise<ChatModel | undefined> {
  const model = ctx.model("default") as ChatModel | undefined;
  if (model?.card.kind === "chat" && model.card.local && !model.card.memory) await model.load(ctx.trust);
  return isCapable(model) ? model : undefined;
}
