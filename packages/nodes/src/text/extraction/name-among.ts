import { type ChatModel, type Context, TroupeError } from "@troupe/core";
import { z } from "zod";
import type { Candidate } from "./candidate.js";
import type { Fields } from "./field.js";
import { spoken } from "./sought.js";

/** What only shows that the model is no help here. */
const helpless = new Set(["ANSWER_INVALID", "PROMPT_TOO_LONG"]);
/** Tokens of an answer, and of each field in it. */
const [tokens, tokensEach] = [40, 60];

/**
 * Has a chat model name, for each of these fields, one of its candidates, or none: what it says is a span of the source. All are asked for
 * at once, so that the text is read once. A field whose answer is none has undefined; an answer of no use says nothing of any field.
 */
export async function nameAmong(
  fields: Fields,
  text: string,
  options: Readonly<Record<string, readonly Candidate[]>>,
  model: ChatModel,
  ctx: Context,
): Promise<ReadonlyMap<string, Candidate | undefined>> {
  const names = Object.keys(options);
  const written = Object.fromEntries(names.map((name) => [name, [...new Set(options[name]!.map(({ text }) => text))]]));
  const schema = z.object(Object.fromEntries(names.map((name) => [name, z.enum(written[name] as [string]).nullable()])));
  const wanted = names.map((name) => `- ${name}: ${fields[name]!.description ?? spoken(name)}`).join("\n");
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
      return undefined;
    },
  );
  return new Map(said && names.map((name) => [name, options[name]!.find(({ text }) => text === said[name])]));
}
