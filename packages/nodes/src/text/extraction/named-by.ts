import { type ChatModel, type Context, type Role, TroupeError } from "@troupe/core";
import { z } from "zod";
import type { Fields } from "./field.js";
import { spoken } from "./sought.js";

/** What a chat model says that a field is, as it stands in a text or as it reads it; null where it finds none. */
export type Said = string | number | null;

/** What only shows that the model is no help here. */
const helpless = new Set(["ANSWER_INVALID", "PROMPT_TOO_LONG"]);
/** Tokens of an answer, and of each field in it. */
const [tokens, tokensEach] = [40, 60];
/** The longest value, in characters. */
const longest = 120;

/**
 * Has a chat model, or that of a role, say what each of these fields is in a text. All are asked for at once, so that the text is read once. An answer of no
 * use says nothing of any field.
 */
export async function namedBy(
  model: ChatModel | Role,
  ctx: Context,
  fields: Fields,
  names: readonly string[],
  text: string,
): Promise<ReadonlyMap<string, Said>> {
  const schemaOf = (name: string) => {
    const written = z.string().max(longest);
    const { kind } = fields[name]!;
    // Whoever may not write a number as one rather says that there is none.
    return (kind === "amount" || kind === "number" ? z.union([z.number(), written]) : written).nullable();
  };
  const schema = z.object(Object.fromEntries(names.map((name) => [name, schemaOf(name)])));
  const shown = (name: string) => `${name} (${fields[name]!.kind ?? "text"})`;
  const wanted = names.map((name) => `- ${shown(name)}: ${fields[name]!.description || spoken(name)}`).join("\n");
  const system = `Extract the fields from the text. Copy each value exactly as it stands in the text; use null for what the text does not contain. Answer with a JSON object.\n\nFields:\n${wanted}`;
  const prompt = [
    ["system", system],
    ["human", text],
  ] as [string, string][];
  const maxTokens = tokens + tokensEach * names.length;
  const said = await ctx.generate({ model, prompt, schema, told: true, maxTokens, temperature: 0 }).then(
    ({ value }) => value as Record<string, Said>,
    (error) => {
      if (!(error instanceof TroupeError) || !helpless.has(error.code)) throw error;
      ctx.progress(`Going on without the model: ${error.what}`);
      return undefined;
    },
  );
  return new Map(said && names.map((name) => [name, said[name]!]));
}
