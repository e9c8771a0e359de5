import { TroupeError } from "../../error/error.js";
import { messageOf } from "../../error/message-of.js";
import { optionInvalid } from "../../error/option-invalid.js";
import { answersIn } from "../../model/answers-in.js";
import { objectFields } from "../../schema/object-fields.js";
import { say } from "../../schema/say.js";
import { type InputOf, jsonSchemaOf, type OutputOf, type Schema } from "../../schema/schema.js";
import { schemaFromJson } from "../../schema/schema-from-json.js";
import type { Context } from "../../specialist/context.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";
import { toolSchema } from "./tool-schema.js";

/** A tool of LangChain's, as far as it is needed here. */
export interface LangChainTool {
  readonly name: string;
  readonly description: string;
  readonly schema: unknown;
  readonly responseFormat?: string | undefined;
  invoke(input: any, config?: any): Promise<any>;
}

/** What a tool gave: the text that a model would read, the value behind it, and the artifact, which models do not see. */
export interface ToolAnswer {
  readonly text: string;
  readonly content: unknown;
  readonly artifact?: unknown;
}

export interface ToolCard<Out extends Schema> {
  /** Default: the tool's. */
  readonly name?: string;
  /** Default: the tool's description. */
  readonly does?: string;
  /** Default: `text`, and `artifact` where the tool gives one. */
  readonly output?: Out;
  /** What `output` is made of. Default: the object that the tool gave, or wrote as JSON; else its `text` and `artifact`. */
  readonly gives?: (answer: ToolAnswer) => InputOf<Out>;
  /** It only reads. Any other tool acts on the world: planners use it only where it is asked for. */
  readonly readOnly?: true;
  /** Milliseconds one occurrence may take. */
  readonly timeout?: number;
}

const told = { type: "object", properties: { text: { type: "string" } }, required: ["text"] };

interface Plain {
  readonly text: string;
  readonly artifact?: unknown;
}

/**
 * A LangChain tool as a specialist with the tool's own schema, to stand at a node, in a team, or among the `tools` of a prompt specialist.
 * Callbacks and the signal reach it.
 * @throws TroupeError `SCHEMA_UNHELD` where values cannot be held to its schema; in a run `INPUT_INVALID` where the tool refuses its input,
 * and `TOOL_FAILED` where it fails or says that it did, with what it said as `text`.
 * @example
 * const weather = fromTool(weatherTool, { output: z.object({ degrees: z.number() }), readOnly: true });
 */
export function fromTool<Out extends Schema = Schema<Plain>>(
  tool: LangChainTool,
  card: ToolCard<Out> = {},
): Specialist<any, OutputOf<Out> & object> {
  if (typeof Object(tool).invoke !== "function" || !("schema" in tool))
    throw optionInvalid("fromTool", "tool", `is ${say(tool)}`, "Give a tool of LangChain's: tool(fn, { name, description, schema }).");
  const withArtifact = tool.responseFormat === "content_and_artifact";
  const output = card.output ?? schemaFromJson(withArtifact ? { ...told, properties: { ...told.properties, artifact: {} } } : told);
  const named = objectFields(jsonSchemaOf(output, "input"))?.properties;
  const { name = tool.name, gives = (answer: ToolAnswer): any => fitting(answer, named) } = card;
  const run = async (input: object, ctx: Context) => {
    const call = { type: "tool_call", id: ctx.idempotencyKey, name: tool.name, args: input };
    let answer: ToolAnswer;
    try {
      answer = answerOf(name, await tool.invoke(withArtifact ? call : input, ctx.config));
    } catch (thrown) {
      if (ctx.signal.aborted) throw thrown;
      throw failureOf(name, thrown);
    }
    return await gives(answer);
  };
  return specialist({
    name,
    does: card.does ?? tool.description,
    input: toolSchema(tool.schema),
    output,
    run,
    ...(card.readOnly ? {} : { effects: true }),
    ...(card.timeout === undefined ? {} : { timeout: card.timeout }),
  } as any) as Specialist<any, any>;
}

function failureOf(name: string, thrown: unknown): unknown {
  const { name: kind } = Object(thrown);
  const message = messageOf(thrown);
  if (kind === "ToolInputParsingException" || /did not match expected schema/.test(message)) {
    const hint = "Give it what its schema says.";
    return new TroupeError("INPUT_INVALID", `${name} cannot take its input: ${message}`, { hint, cause: thrown });
  }
  // What LangGraph throws to speak to itself, and our own errors, are no failures of the tool.
  if (Object(thrown).is_bubble_up === true || thrown instanceof TroupeError) return thrown;
  return new TroupeError("TOOL_FAILED", `The tool ${name} failed: ${message}`, {
    hint: "The cause is attached; what was completed before it is kept, and resuming the thread tries it anew.",
    cause: thrown,
  });
}

function answerOf(name: string, gave: any): ToolAnswer {
  if (gave?.lg_name === "Command") {
    const hint = "Let it give its result: a Troupe graph is routed by rules over what its specialists write.";
    throw new TroupeError("TOOL_FAILED", `The tool ${name} gave a LangGraph command, which steers a LangGraph graph`, { hint });
  }
  const isMessage = typeof gave?.getType === "function" || typeof gave?._getType === "function";
  const content: unknown = isMessage ? gave.content : gave;
  const said = textOf(content);
  if (isMessage && gave.status === "error") {
    const hint = "What it said is in `text`.";
    throw new TroupeError("TOOL_FAILED", `The tool ${name} says that it failed: ${said}`, { hint, text: said });
  }
  return { text: said, content, ...(isMessage && gave.artifact !== undefined ? { artifact: gave.artifact } : {}) };
}

/** The text of what a model would read: texts as they are, those of content blocks joined, anything else as JSON. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content) && content.length && content.every((block) => typeof Object(block).type === "string"))
    return content.flatMap((block) => (typeof block.text === "string" ? [block.text] : [])).join("\n");
  return content === undefined ? "" : (JSON.stringify(content) ?? String(content));
}

/** An answer as an output: of its artifact, its content or the JSON in its text the first that has a field of the schema's. */
async function fitting(answer: ToolAnswer, named: Readonly<Record<string, unknown>> | undefined): Promise<unknown> {
  const plainly = { text: answer.text, ...(answer.artifact === undefined ? {} : { artifact: answer.artifact }) };
  if (named && Object.keys(plainly).some((field) => Object.hasOwn(named, field))) return plainly;
  const written = typeof answer.content === "string" ? await answersIn(answer.text, { cut: false }) : [answer.content];
  const objects = [...written, answer.artifact].filter((one) => typeof one === "object" && one !== null && !Array.isArray(one));
  const known = (one: unknown) => !named || Object.keys(one as object).some((field) => Object.hasOwn(named, field));
  return objects.find(known) ?? plainly;
}
