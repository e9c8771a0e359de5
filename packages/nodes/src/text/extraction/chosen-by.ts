import { type Context, type DecisionModel, TroupeError } from "@troupe/core";
import type { Candidate } from "./candidate.js";
import type { Fields } from "./field.js";
import { optionOf } from "./option-of.js";
import type { Evidence } from "./rank.js";

const none = "none of these";

/** The longest text that decision models are asked about, in characters: small ones learnt from no longer ones. */
const longest = 4000;

/** The decision model of the role `decisions`, where it was measured for fields of texts and this one is not too long for it. */
export function chooserOf(ctx: Pick<Context, "model">, text: string): DecisionModel | undefined {
  const model = ctx.model("decisions") as DecisionModel | undefined;
  return model && text.length <= longest && (model.card.decides?.includes("fields") ?? true) ? model : undefined;
}

/**
 * Has a decision model choose which of its candidates each field is, all behind one state. An answer that cannot be had says nothing of any
 * field.
 */
export async function chosenBy(
  model: DecisionModel,
  ctx: Context,
  fields: Fields,
  text: string,
  among: Readonly<Record<string, readonly Candidate[]>>,
): Promise<Record<string, Evidence>> {
  const shown = Object.entries(among).map(([name, candidates]) => ({
    name,
    options: new Map(candidates.map((one) => [optionOf(text, one), one])),
  }));
  const questions = Object.fromEntries(
    shown.map(({ name, options }) => [
      name,
      {
        type: "choice" as const,
        instructions: questionOf(name, fields),
        criteria: Object.fromEntries([...options.keys(), none].map((option) => [option, null])),
      },
    ]),
  );
  const answers = await ctx.decide({ model, kind: "fields", state: `Text: ${text}`, questions }).catch((error) => {
    if (!(error instanceof TroupeError) || error.code !== "PROMPT_TOO_LONG") throw error;
    ctx.progress(`Going on without the decision model: ${error.what}`);
    return undefined;
  });
  return Object.fromEntries(
    shown.flatMap(({ name, options }) => {
      const shares = answers?.[name]?.probabilities;
      if (!shares) return [];
      const without = shares[none] ?? 0;
      const some = Math.max(least, 1 - without);
      const odds = new Map([...options].map(([option, one]) => [one, (shares[option] ?? 0) / some]));
      return [[name, { choice: { odds, none: without } }] as const];
    }),
  );
}

/** The least likelihood that there is some value at all. */
const least = 1e-6;

const questionOf = (name: string, fields: Fields): string => {
  const { kind = "text", description } = fields[name]!;
  return `Which ${kind} is \`${name}\`${description ? ` (${description})` : ""}?`;
};
