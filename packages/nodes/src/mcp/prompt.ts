import { type Specialist, specialist } from "@troupe/core";
import { z } from "zod";
import type { Connection } from "./connection.js";
import { contentBlock, contentFields, contents } from "./contents.js";
import { told } from "./told.js";

/** A prompt as servers list it. */
export const promptCard = z.object({
  name: z.string().min(1),
  description: z.string().optional(),
  arguments: z
    .array(z.object({ name: z.string().min(1), description: z.string().optional(), required: z.boolean().optional() }))
    .default([]),
});

const role = z.enum(["user", "assistant"]);
const answer = z.object({ messages: z.array(z.object({ role, content: contentBlock })) });

interface Offered {
  readonly server: string;
  readonly name: string;
  readonly card: z.output<typeof promptCard>;
  readonly connected: Connection;
}

/** A server's prompt as a specialist: its arguments in, its messages out, and all of their contents by kind. */
export function prompt({ server, name, card, connected }: Offered): Specialist {
  const fields = card.arguments.map(({ name: of, description, required }) => {
    const text = description === undefined ? z.string() : z.string().describe(description);
    return [of, required ? text : text.optional()];
  });
  return specialist({
    name,
    does: told(card.name, card.description, "Writes the prompt"),
    input: z.object(Object.fromEntries(fields)),
    output: z.object({ messages: z.array(z.object({ role, text: z.string() })), ...contentFields }),
    async run(given, ctx) {
      const { messages } = await connected.request("prompts/get", { name: card.name, arguments: given }, answer, { signal: ctx.signal });
      ctx.worked(`mcp:${server}`);
      const each = messages.map(({ role: of, content }) => ({ role: of, text: content.type === "text" ? content.text : "" }));
      return {
        messages: each,
        ...(await contents(
          messages.map(({ content }) => content),
          ctx,
        )),
      };
    },
  }) as Specialist;
}
