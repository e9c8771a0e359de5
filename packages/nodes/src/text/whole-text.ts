import { type Context, type GenerateRequest, TroupeError } from "@troupe/core";

/**
 * The text that a model writes to a prompt, if it comes to its end within so many tokens. Default: the role `default`.
 * @throws TroupeError `ANSWER_CUT` where it does not: half a text is none.
 */
export async function wholeText(
  prompt: GenerateRequest["prompt"],
  options: { maxTokens: number; temperature?: number; model?: NonNullable<GenerateRequest["model"]> },
  ctx: Context,
): Promise<string> {
  const { text, ended } = await ctx.generate({ prompt, ...options });
  if (ended === "stop") return text.trim();
  throw new TroupeError("ANSWER_CUT", `What the model writes is cut at its bound of ${options.maxTokens} tokens`, {
    hint: "Ask for less, or give the role a more capable model.",
    text,
  });
}
