import type { BaseMessageLike } from "@langchain/core/messages";
import { leastTokens } from "../model/least-tokens.js";
import type { ModelCard } from "../model/model.js";
import { schemaTold } from "../model/schema-told.js";
import { textIn } from "../model/text-in.js";
import { leastInput } from "../schema/least-input.js";
import { objectFields } from "../schema/object-fields.js";
import { jsonSchemaOf } from "../schema/schema.js";
import type { Specialist } from "../specialist/specialist.js";

/**
 * Tokens that a specialist's prompt takes at the least: the one made of the least that its input allows and of the constants bound to it, with the
 * schema where the prompt shows it, and its tools. Undefined where it has no prompt, or none can be made of so little.
 */
export function leastPrompt(specialist: Specialist, card: ModelCard, set: Readonly<Record<string, unknown>> = {}): number | undefined {
  const { prompt, input, output, tools = [] } = specialist;
  if (!prompt) return undefined;
  try {
    const whole = jsonSchemaOf(input, "output");
    const least = leastInput(whole);
    const given = objectFields(whole) ? { ...(least as object), ...set } : least;
    const made: unknown = prompt(given);
    const messages = typeof made === "string" ? [made] : Array.isArray(made) ? (made as readonly BaseMessageLike[]) : [];
    const shown =
      card.structured === "grammar" || card.structured === "langchain" || tools.length > 0 ? [] : [schemaTold(jsonSchemaOf(output))];
    const offered = tools.map(({ name, does, input }) => `${name} ${does} ${JSON.stringify(jsonSchemaOf(input, "input"))}`);
    return leastTokens([textIn(messages), ...shown, ...offered].join("\n"));
  } catch {
    return undefined;
  }
}
