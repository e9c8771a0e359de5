import { afterThought, type Context, type GenerateRequest, TroupeError } from "@troupe/core";

/**
 * The text that a model writes to a prompt, less what it thought before, if it comes to its end within so many tokens. Default: the role `default`.
 * @throws TroupeError `ANSWER_CUT` where it does not: half a text is none. `ANSWER_INVALID` where there is none at all.
 */
export async function wholeText(
  prompt: GenerateRequest["prompt"],
  options: { maxTokens: number; temperature?: number; model?: NonNullable<GenerateRequest["model"]> },
  ctx: Context,
): Promise<string> {
  const { text, ended } = await ctx.generate({ prompt, ...options });
  const said = afterThought(text).trim();
  if (ended === "stop" && said !== "") return said;
  if (ended === "stop")
    throw new TroupeError("ANSWER_INVALID", "What the model writes is blank", { hint: "Give the role a more capable model.", text });
  throw new TroupeError("ANSWER_CUT", `What the model writes is cut at its bound of ${options.maxTokens} tokens`, {
    hint: "Ask for less, or give the role a more capable model.",
    text,
  });
}
