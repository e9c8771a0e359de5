import { type Issue, type JsonSchema, type Specialist, specialist, TroupeError } from "@troupe/core";
import { z } from "zod";
import type { Connection } from "./connection.js";
import { connectionError } from "./connection-error.js";
import { contentBlock, contentFields, contents } from "./contents.js";
import { heldSchema } from "./held-schema.js";
import { told } from "./told.js";

/** A tool as servers list it. */
export const toolCard = z.object({
  name: z.string().min(1),
  description: z.string().optional(),
  inputSchema: z.looseObject({ type: z.literal("object") }),
  outputSchema: z.looseObject({ type: z.literal("object") }).optional(),
});

type ToolCard = z.output<typeof toolCard>;

const answer = z.object({
  // Read where it is used: what a tool says of its failure is told whatever stands beside it.
  content: z.array(z.looseObject({ type: z.string() })).default([]),
  structuredContent: z.record(z.string(), z.json()).optional(),
  isError: z.boolean().optional(),
});

const unstructured = z.object({
  ...contentFields,
  data: z.record(z.string(), z.json()).optional().describe("What the answer holds as JSON"),
});

interface Offered {
  /** The server's name. */
  readonly server: string;
  /** The specialist's name. */
  readonly name: string;
  readonly card: ToolCard;
  readonly readOnly: boolean;
  readonly connected: Connection;
}

/**
 * A server's tool as a specialist. It takes what the tool takes; it gives the fields that the tool declares, or the answer's contents by
 * kind where it declares none.
 */
export function tool({ server, name, card, readOnly, connected }: Offered): {
  readonly tool: Specialist;
  readonly issues: readonly Issue[];
} {
  const input = heldSchema(card.inputSchema as JsonSchema);
  const output = card.outputSchema && heldSchema(card.outputSchema as JsonSchema);
  const unheld = Object.entries({ inputSchema: input.unheld, outputSchema: output?.unheld }).filter(([, why]) => why !== undefined);
  const issues = unheld.map(([key, why]) => ({
    code: "mcp-schema-unheld",
    path: ["tools", card.name, key],
    message: `${why}.`,
    hint: "The tool stands; the server alone holds such values to it.",
  }));
  const made = specialist({
    name,
    does: told(card.name, card.description, `Calls the tool`),
    input: input.schema,
    output: output?.schema ?? unstructured,
    ...(readOnly ? {} : { effects: true as const }),
    async run(given, ctx) {
      const progress = (message: string, part?: number) => ctx.progress(message === "tools/call" ? card.name : message, part);
      const got = await connected.request("tools/call", { name: card.name, arguments: given }, answer, { signal: ctx.signal, progress });
      ctx.worked(`mcp:${server}`);
      if (got.isError) throw toolFailed(server, card.name, got);
      if (!output) {
        const { content, structuredContent: data } = got;
        const read = z.object({ content: z.array(contentBlock) }).safeParse({ content });
        if (!read.success) throw await connectionError(read.error, { name: server, made: {}, asking: "tools/call", begun: true });
        return { ...(await contents(read.data.content, ctx)), ...(data === undefined ? {} : { data }) };
      }
      if (got.structuredContent) return got.structuredContent;
      throw new TroupeError("MCP_ANSWER", `The tool ${card.name} of the MCP server ${server} gave none of the fields that it declares`, {
        text: textOf(got),
        hint: "Take a newer version of the server.",
      });
    },
  });
  return { tool: made as Specialist, issues };
}

const textOf = ({ content, structuredContent }: z.output<typeof answer>): string =>
  [
    ...content.flatMap((one) => (one.type === "text" ? [String(one.text)] : [])),
    ...(structuredContent ? [JSON.stringify(structuredContent)] : []),
  ].join("\n");

/** What a tool says of its own failure, whole in `text`. */
function toolFailed(server: string, name: string, got: z.output<typeof answer>): TroupeError {
  const text = textOf(got);
  const said = text.replace(/\s+/g, " ").slice(0, 500);
  return new TroupeError("MCP_TOOL_FAILED", `The tool ${name} of the MCP server ${server} failed${said ? `: ${said}` : ""}`, {
    text,
    hint: "All that it said is in `text`.",
  });
}
