import type { BaseMessageLike } from "@langchain/core/messages";
import { dequal } from "dequal";
import { TroupeError } from "../error/error.js";
import { messageOf } from "../error/message-of.js";
import { afterThought } from "../model/after-thought.js";
import { answerFields } from "../model/answer-fields.js";
import { answersIn } from "../model/answers-in.js";
import { noDoubts } from "../model/doubts.js";
import { firstValid } from "../model/first-valid.js";
import type { ChatModel, Role } from "../model/model.js";
import type { ToolCall, ToolCard } from "../model/tool-call.js";
import { withoutMarks } from "../model/without-marks.js";
import { withoutTools } from "../model/without-tools.js";
import { coerced } from "../schema/coerced.js";
import { objectFields } from "../schema/object-fields.js";
import { jsonSchemaOf, type Schema, type Validated, validate } from "../schema/schema.js";
import type { Context } from "../specialist/context.js";
import type { Specialist } from "../specialist/specialist.js";
import { callKeys } from "./call-keys.js";
import { expected } from "./expected.js";
import { toolNames } from "./tool-names.js";

/** How often a model may call tools before it has to answer, and how many at once: one that lost its way calls without end. */
const turns = 8;
const atOnce = 64;

/**
 * A prompt specialist's work where it has tools: the model calls them, each call a child occurrence, until it answers. A tool that fails
 * is told to the model, which may do otherwise, and of one that acts on the world that it may have acted. The answer is held to the specialist's output.
 */
export async function withTools(specialist: Specialist, prompt: string | readonly BaseMessageLike[], ctx: Context): Promise<unknown> {
  const { tools = [], model = "default", output } = specialist;
  const names = toolNames(tools.map((tool) => tool.name));
  const cards = tools.map((tool, i) => toolCard(tool, names[i]!));
  const named = new Map(names.map((name, i) => [name, tools[i]!]));
  const messages: BaseMessageLike[] = typeof prompt === "string" ? [["user", prompt]] : [...prompt];
  const keyOf = callKeys();
  for (let turn = 0; turn < turns; turn++) {
    const { text, calls } = await ctx.offer({ model, prompt: messages, tools: cards });
    if (calls.length === 0) return answerOf(text, messages, { model, output }, ctx);
    const isCall = calls.some(({ name }) => named.has(name)) || text.trim() === "";
    const answer = isCall ? undefined : await fitting(text, output);
    if (answer && "value" in answer) return answer.value;
    const gave = await Promise.all(calls.map((call, i) => notMade(calls, i, named) ?? gaveOf(call, named, keyOf, ctx)));
    const tool_calls = calls.map(({ id, name, arguments: args = {} }) => ({ id, name, args, type: "tool_call" as const }));
    messages.push({ role: "assistant", content: text, tool_calls });
    for (const [i, { id, name }] of calls.entries())
      messages.push({ role: "tool", content: withoutMarks(expected(gave[i], "answer")), tool_call_id: id, name });
  }
  return (await ctx.generate({ model, prompt: withoutTools(messages), schema: output })).value;
}

/** A specialist as a model is told of it. */
const toolCard = ({ does, input }: Specialist, name: string): ToolCard => ({
  name,
  description: does,
  parameters: jsonSchemaOf(input, "input"),
});

/** What a model reads of an output: its one text, else JSON. */
export function toolText(output: object): string {
  const [only, ...more] = Object.values(output);
  return more.length === 0 && typeof only === "string" ? only : JSON.stringify(output);
}

/** Why one of the calls that came at once is not made: there are too many, or who acts on the world was called so before. */
function notMade(calls: readonly ToolCall[], i: number, tools: ReadonlyMap<string, Specialist>): string | undefined {
  if (i >= atOnce) return `Not done: only ${atOnce} calls are made at once.`;
  const { name, arguments: args } = calls[i]!;
  if (
    args === undefined ||
    tools.get(name)?.effects !== true ||
    !calls.slice(0, i).some((one) => one.name === name && dequal(one.arguments, args))
  )
    return undefined;
  return "Not done: it is the same call as one before it, which was made. Call it again by itself if it is to be done twice.";
}

async function gaveOf(
  { name, arguments: args }: ToolCall,
  tools: ReadonlyMap<string, Specialist>,
  keyOf: ReturnType<typeof callKeys>,
  ctx: Context,
): Promise<string> {
  const tool = tools.get(name);
  if (!tool) return `There is no tool ${name}.`;
  if (args === undefined) return "The arguments of this call could not be read: give them as one JSON object.";
  const made = coerced(tool.input, args);
  if (made.length > 0) return `It failed: ${name} cannot take its input: ${made.join("; ")}`;
  try {
    return toolText(await ctx.call(keyOf(name, args), tool, args));
  } catch (thrown) {
    if (ctx.signal.aborted) throw thrown;
    const isOpen = tool.effects === true && !(thrown instanceof TroupeError && thrown.code === "INPUT_INVALID");
    const told = `It failed: ${thrown instanceof TroupeError ? thrown.what : messageOf(thrown)}`;
    return isOpen ? `${told.replace(/\.$/, "")}. It may be done all the same: do not call it again before you know that it is not.` : told;
  }
}

/** JSON in a text that is an output as it stands. */
async function fitting(text: string, output: Schema, doubts = noDoubts()): Promise<Validated> {
  const json = jsonSchemaOf(output);
  const { holders: own } = answerFields(json);
  return firstValid(output, json, await answersIn(text, { closed: true, own, doubts }), doubts);
}

/** How a text begins that is to be JSON: what of it does not fit is no answer in words. */
const asJson = /^(?:<\w+>|```\w*|\s)*[{[]\s*["'{[]/;

/**
 * What a model wrote as the specialist's output: as it stands where it fits, as the one text that is asked for, else put in form by the
 * model. What it thought before is no part of it.
 */
export async function answerOf(
  text: string,
  messages: readonly BaseMessageLike[],
  { model, output }: { readonly model: ChatModel | Role; readonly output: Schema },
  ctx: Context,
): Promise<unknown> {
  const said = afterThought(text).trim();
  const doubts = noDoubts();
  const written = await fitting(said, output, doubts);
  if ("value" in written) return written.value;
  const [[field, schema] = [], ...more] = Object.entries(objectFields(jsonSchemaOf(output, "input"))?.properties ?? {});
  if (
    said !== "" &&
    !asJson.test(said) &&
    doubts.doubled.size === 0 &&
    field !== undefined &&
    more.length === 0 &&
    schema?.type === "string"
  ) {
    const held = await validate(output, { [field]: said });
    if ("value" in held) return held.value;
  }
  const so: readonly BaseMessageLike[] =
    said === ""
      ? []
      : [
          ["assistant", said],
          ["user", "Give this answer in the form that is asked for."],
        ];
  return (await ctx.generate({ model, prompt: withoutTools([...messages, ...so]), schema: output })).value;
}
