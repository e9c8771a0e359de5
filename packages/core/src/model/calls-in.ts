import type { Json } from "../schema/json.js";
import { answersIn } from "./answers-in.js";
import type { ToolCall, ToolCard } from "./tool-call.js";

/** What models call the name and the arguments where they write a call as text. */
const names = ["tool", "name", "function", "tool_name"];
const given = ["arguments", "parameters", "args", "input"];

/**
 * Calls of known tools that a model wrote as text, as small models do that were to call them otherwise: an object that stands in the text,
 * or a list of them, with a tool's name and its arguments.
 */
export async function callsIn(text: string, tools: readonly ToolCard[], id: string): Promise<readonly ToolCall[]> {
  for (const answer of await answersIn(text)) {
    const calls = (Array.isArray(answer) ? (answer as readonly Json[]) : [answer]).map((one) => callOf(one, tools));
    if (calls.length && calls.every((call) => call !== undefined)) return calls.map((call, i) => ({ id: `${id}-${i + 1}`, ...call! }));
  }
  return [];
}

function callOf(value: Json, tools: readonly ToolCard[]): Omit<ToolCall, "id"> | undefined {
  const fields = Object(value) as Record<string, unknown>;
  const inner = Object(fields.function);
  const { name, ...rest } = typeof inner.name === "string" ? inner : { ...fields, name: names.map((key) => fields[key]).find(isText) };
  if (!tools.some((tool) => tool.name === name)) return undefined;
  const said = given.map((key) => rest[key]).find((one) => one !== undefined);
  const args = isText(said) ? parsed(said) : said;
  return typeof args === "object" && args !== null && !Array.isArray(args)
    ? { name, arguments: args as Readonly<Record<string, unknown>> }
    : undefined;
}

const isText = (value: unknown): value is string => typeof value === "string";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
