import { type ChatModel, type Context, TroupeError } from "@troupe/core";
import { z } from "zod";
import type { Candidate } from "./candidate.js";
import type { Fields } from "./field.js";

/** What only shows that the model is no help here. */
const helpless = new Set(["ANSWER_INVALID", "PROMPT_TOO_LONG"]);
/** The longest text that a small model is given, in characters. */
const longest = 4000;
/** Tokens of an answer, and of each field in it. */
const [tokens, tokensEach] = [40, 60];

/**
 * Asks a model tuned for it for fields that nothing else settles, and lets it answer only with one of a field's candidates, or null: what
 * it says is a span of the source. The prompt is the one it was tuned on. An answer of no use comes to nothing.
 */
export async function nameAmong(
  fields: Fields,
  text: string,
  open: Readonly<Record<string, readonly Candidate[]>>,
  model: ChatModel,
  ctx: Context,
): Promise<ReadonlyMap<string, Candidate>> {
  if (text.length > longest) return new Map();
  const names = Object.keys(open);
  const written = Object.fromEntries(names.map((name) => [name, [...new Set(open[name]!.map(({ text }) => text))]]));
  const schema = z.object(Object.fromEntries(names.map((name) => [name, z.enum(written[name] as [string]).nullable()])));
  const wanted = names.map((name) => `- ${name}: ${fields[name]!.description ?? name}`).join("\n");
  const system = `Extract the fields from the text. Copy each value exactly as it stands in the text; use null for what the text does not contain. Answer with a JSON object.\n\nFields:\n${wanted}`;
  const prompt = [
    ["system", system],
    ["human", text],
  ] as [string, string][];
  const maxTokens = tokens + tokensEach * names.length;
  const said = await ctx.generate({ model, prompt, schema, told: true, maxTokens, temperature: 0 }).then(
    ({ value }) => value as Record<string, string | null>,
    (error) => {
      if (!(error instanceof TroupeError) || !helpless.has(error.code)) throw error;
      ctx.progress(`Going on without the model: ${error.what}`);
      return {} as Record<string, string | null>;
    },
  );
  return new Map(
    names.flatMap((name) =>
      open[name]!.filter(({ text }) => text === said[name])
        .slice(0, 1)
        .map((one) => [name, one] as const),
    ),
  );
}
