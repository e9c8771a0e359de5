import type { BaseMessage } from "@langchain/core/messages";
import { optionInvalid } from "../../error/option-invalid.js";
import { callKeys } from "../../host/call-keys.js";
import { toolName } from "../../host/tool-name.js";
import { toolNames } from "../../host/tool-names.js";
import { answerOf, toolText } from "../../host/with-tools.js";
import type { ChatModel, Role } from "../../model/model.js";
import type { JsonSchema } from "../../schema/json.js";
import { say } from "../../schema/say.js";
import { type InputOf, jsonSchemaOf, type OutputOf, type Schema } from "../../schema/schema.js";
import { schemaFromJson } from "../../schema/schema-from-json.js";
import type { Context } from "../../specialist/context.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";
import type { LangChainTool } from "../langchain/from-tool.js";
import { prebuilt } from "./library.js";
import { offeringChat } from "./offering-chat.js";

export interface AgentCard<In extends Schema, Out extends Schema> {
  readonly name: string;
  /** One sentence, read by planners. */
  readonly does: string;
  /** A model, or a role bound at `compile`. Default: `default`. */
  readonly model?: ChatModel | Role;
  /** Specialists, and LangChain's tools as they are. */
  readonly tools: readonly (Specialist | LangChainTool)[];
  /** What the agent is told first, as the system's message. */
  readonly prompt?: string;
  /** Default: `request`, a text. */
  readonly input?: In;
  /** Default: `answer`, a text. */
  readonly output?: Out;
  /** What the agent is asked. Default: `request`, or the input as JSON. */
  readonly asks?: (input: OutputOf<In>) => string;
  /** Set where none of its tools acts on the world. */
  readonly readOnly?: true;
  /** Milliseconds one occurrence may take. */
  readonly timeout?: number;
}

const oneText = (field: string): Schema =>
  schemaFromJson({ type: "object", properties: { [field]: { type: "string" } }, required: [field] });

/**
 * LangGraph's ReAct agent as a specialist. Its model is asked through Troupe, so that the ledger counts it and a model without tools of
 * its own has the ladder; calls of specialists are child occurrences. A prompt specialist with `tools` does the same without LangGraph.
 * @throws TroupeError in a run: `PACKAGE_MISSING` without `@langchain/langgraph`, and those of `ctx.offer` and `ctx.generate`.
 * @example
 * const clerk = agent({ name: "clerk", does: "Answers questions on orders", tools: [lookUp, weatherTool] });
 */
export function agent<In extends Schema = Schema<{ request: string }>, Out extends Schema = Schema<{ answer: string }>>(
  card: AgentCard<In, Out>,
): Specialist<InputOf<In> & object, OutputOf<Out> & object> {
  const { name, does, model = "default", tools, prompt, timeout } = { ...card };
  if (!Array.isArray(tools) || !tools.every((tool) => Object(tool) === tool))
    throw optionInvalid("agent", "tools", `is ${say(tools)}`, "Give a list of specialists and tools of LangChain's: tools: [lookUp].");
  const input = card.input ?? oneText("request");
  const output = card.output ?? oneText("answer");
  const asks = card.asks ?? ((given: any) => (typeof given.request === "string" ? given.request : JSON.stringify(given)));
  const isOwn = (tool: Specialist | LangChainTool): tool is Specialist => "does" in tool;
  const own = tools.filter(isOwn);
  const taken = tools.filter((tool) => !isOwn(tool)).map((tool) => tool.name);
  const given = toolNames(
    own.map((tool) => tool.name),
    taken,
  );
  const names = new Map(own.map((tool, i) => [tool, given[i]!]));
  const run = async (given: OutputOf<In>, ctx: Context) => {
    const { createReactAgent } = await prebuilt();
    const keyOf = callKeys();
    const react = createReactAgent({
      llm: await offeringChat(ctx, model),
      tools: (await Promise.all(tools.map((tool) => (isOwn(tool) ? called(tool, names.get(tool)!, keyOf, ctx) : tool)))) as any[],
      ...(prompt === undefined ? {} : { prompt }),
      name: toolName(name),
    });
    const { messages } = (await react.invoke({ messages: [["user", asks(given)]] } as any, ctx.config as any)) as {
      messages: BaseMessage[];
    };
    return answerOf(messages.at(-1)!.text, messages.slice(0, -1), { model, output }, ctx);
  };
  const effects = card.readOnly ? {} : { effects: true };
  return specialist({ name, does, input, output, run, ...effects, ...(timeout === undefined ? {} : { timeout }) } as any) as any;
}

/** A specialist as a tool whose calls are occurrences of the run. */
async function called(work: Specialist, name: string, keyOf: ReturnType<typeof callKeys>, ctx: Context) {
  const { DynamicStructuredTool } = await import("@langchain/core/tools");
  return new DynamicStructuredTool({
    name,
    description: work.does,
    schema: jsonSchemaOf(work.input, "input") as JsonSchema & Record<string, any>,
    func: async (given: object) => toolText(await ctx.call(keyOf(name, given), work, given)),
  });
}
