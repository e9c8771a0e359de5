import { type ChatModel, TroupeError } from "@troupe/core";

/** The model that `--giant` names; nothing is loaded. @throws TroupeError as `model` does, saying that it was the flag. */
export async function giantNamed(name: string): Promise<ChatModel> {
  const { checkName, model } = await import("@troupe/nodes");
  try {
    checkName(name, "chat");
    return model(name);
  } catch (error) {
    throw error instanceof TroupeError ? error.placed({ at: `--giant ${name}` }) : error;
  }
}
