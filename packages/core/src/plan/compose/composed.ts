import type { BaseMessageLike } from "@langchain/core/messages";
import { TroupeError } from "../../error/error.js";
import { listed } from "../../error/nearest.js";
import type { Json } from "../../schema/json.js";
import { jsonSchemaOf } from "../../schema/schema.js";
import type { Context } from "../../specialist/context.js";
import type { Specialist } from "../../specialist/specialist.js";
import type { Brief } from "../brief.js";
import { slotsOf } from "../slot.js";
import { composeCorrection, composePrompt } from "./compose-prompt.js";
import { composedSchema } from "./composed-schema.js";
import { findingsIn } from "./findings.js";
import { unfounded } from "./unfounded.js";

type Values = Readonly<Record<string, unknown>>;

/**
 * A team's outputs, those that are composed written by its model from what the plan came to. What it writes says no figure, address or code
 * that it was not told: it is asked once more where it does.
 * @throws TroupeError `ANSWER_UNFOUNDED` where it does so again
 */
export async function composed(
  { name, does, output: schema, team }: Specialist,
  brief: Brief,
  values: Values,
  output: Values,
  ctx: Pick<Context, "generate" | "progress">,
): Promise<Record<string, unknown>> {
  const { outputs, by } = team!.compose!;
  const others = Object.fromEntries(Object.entries(output).filter(([one]) => Object.hasOwn(brief.wanted, one)));
  const findings = findingsIn(output, brief);
  const slots = slotsOf(jsonSchemaOf(schema));
  const { prompt, told } = composePrompt(
    does,
    outputs.flatMap((one) => slots[one] ?? []),
    brief,
    values,
    findings,
  );
  const part = composedSchema(schema, outputs, others);
  const said = [...told, ...textsIn(jsonSchemaOf(part) as Json)];
  const counted = Math.max(1, findings.length, ...told.map(longestIn));
  let messages: readonly BaseMessageLike[] = [["user", prompt]];
  for (;;) {
    ctx.progress(messages.length === 1 ? "Composing" : "Composing again");
    const { text, value } = await ctx.generate({ model: by, prompt: messages, schema: part, temperature: 0 });
    const made = unfounded(value, said, counted);
    if (made.length === 0) return { ...others, ...value };
    if (messages.length > 1)
      throw new TroupeError(
        "ANSWER_UNFOUNDED",
        `What was composed for ${name} says ${listed(made)}, which neither the input nor any task says, asked twice`,
        { hint: "Give the team a member that finds it or works it out, or a more capable model to compose.", text },
      );
    messages = [...messages, ["assistant", text], ["user", composeCorrection(made)]];
  }
}

/** The texts in a value. */
function textsIn(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap((one) => textsIn(one as Json)) : [];
}

/** How many items the longest list in a value has: so many things may be counted. */
function longestIn(value: Json): number {
  if (typeof value !== "object" || value === null) return 0;
  const inside = Object.values(value).map((one) => longestIn(one as Json));
  return Math.max(Array.isArray(value) ? value.length : 0, ...inside);
}
