import { type ChatModel, nearest, TroupeError } from "@troupe/core";
import type { Config } from "./config.js";

/**
 * The chat model that `--giant` names: `provider:name`, or a role to which the configuration binds a model, which may bring a price of its
 * own. Nothing is loaded.
 * @throws TroupeError as `model` does, `MODEL_UNBOUND`, `MODEL_KIND`, all saying that it was the flag
 */
export async function giantNamed(name: string, { models = {} }: Config): Promise<ChatModel> {
  const { checkName, model } = await import("@troupe/nodes");
  const bound = name.includes(":") ? name : models[name];
  const at = `--giant ${name}`;
  if (bound === undefined) {
    const near = nearest(name, Object.keys(models));
    const hint = `${near ? `Did you mean ${near}? ` : ""}Write provider:name, or a role of the configuration's models.`;
    throw new TroupeError("MODEL_UNBOUND", `No model plays the role ${name}`, { at, hint });
  }
  if (typeof bound !== "string") {
    if ("card" in bound && bound.card.kind === "chat") return bound as ChatModel;
    throw new TroupeError("MODEL_KIND", `What plays the role ${name} is no chat model`, {
      at,
      hint: "Give what model() or asModel() gives.",
    });
  }
  try {
    checkName(bound, "chat");
    return model(bound);
  } catch (error) {
    throw error instanceof TroupeError ? error.placed({ at }) : error;
  }
}
