import { type ChatModel, type Context, fence, type Role, TroupeError } from "@troupe/core";
import { z } from "zod";
import type { Fields, Kind } from "./field.js";
import { spoken } from "./sought.js";
import { type WorkedExample, workedExamples } from "./worked-examples.js";

/** What a chat model says that a field is, as it stands in a text or as it reads it; null where it finds none. */
export type Said = string | number | null;

/** What only shows that the model is no help here. */
const helpless = new Set(["ANSWER_INVALID", "PROMPT_TOO_LONG"]);
/** Tokens of an answer, and of each field in it. */
const [tokens, tokensEach] = [40, 60];
/** The longest value, in characters. */
const longest = 120;

/** What all are told. */
const system =
  "Extract the fields from the text. Copy each value exactly as it stands in the text; use null for what the text does not contain. Answer with a JSON object.";

/**
 * Has a chat model, or that of a role, say what each of these fields is in a text. All are asked for at once, so that the text is read once. Models of this
 * machine are shown examples first, which are the same each time and so read once, unless a text leaves no room for them. An answer of no
 * use says nothing of any field.
 */
export async function namedBy(model: ChatModel | Role, ctx: Context, fields: Fields, text: string): Promise<ReadonlyMap<string, Said>> {
  const names = Object.keys(fields);
  const schema = z.object(Object.fromEntries(Object.entries(fields).map(([name, { kind }]) => [name, schemaOf(kind)])));
  const maxTokens = tokens + tokensEach * names.length;
  const shown = (typeof model === "string" ? ctx.model(model) : model)?.card.local ? workedExamples : [];
  const ask = async (before: readonly WorkedExample[]) => {
    const prompt: Turn[] = [
      ["system", system],
      ...before.flatMap((one): Turn[] => [
        ["human", asked(one.fields, one.text)],
        ["ai", JSON.stringify(one.said)],
      ]),
      ["human", asked(fields, text)],
    ];
    return (await ctx.generate({ model, prompt, schema, told: true, maxTokens, temperature: 0 })).value as Record<string, Said>;
  };
  const codeOf = (error: unknown) => (error instanceof TroupeError ? error.code : "");
  const said = await ask(shown)
    .catch((error) => {
      if (shown.length === 0 || codeOf(error) !== "PROMPT_TOO_LONG") throw error;
      return ask([]);
    })
    .catch((error) => {
      if (!helpless.has(codeOf(error))) throw error;
      ctx.progress(`Going on without the model: ${error.what}`);
      return undefined;
    });
  return new Map(said && names.map((name) => [name, said[name] ?? null]));
}

type Turn = [role: "system" | "human" | "ai", content: string];

function schemaOf(kind: Kind | undefined) {
  const written = z.string().max(longest);
  // Whoever may not write a number as one rather says that there is none.
  return (kind === "amount" || kind === "number" ? z.union([z.number(), written]) : written).nullable();
}

/** Fields and a text: what is looked for first, so that the text is read with it in mind. */
function asked(fields: Fields, text: string): string {
  const wanted = Object.entries(fields).map(
    ([name, { kind = "text", description }]) => `- ${name} (${kind}): ${description || spoken(name)}`,
  );
  return `Fields:\n${wanted.join("\n")}\n\n${fence(text)}`;
}
