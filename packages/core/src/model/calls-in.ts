import type { Json } from "../schema/json.js";
import { afterThought } from "./after-thought.js";
import { answersIn } from "./answers-in.js";
import { noDoubts } from "./doubts.js";
import { parseJson } from "./parse-json.js";
import type { ToolCall, ToolCard } from "./tool-call.js";
import { type Written, writtenIn } from "./written-in.js";

/** What models call the name and the arguments where they write a call as text. */
const names = ["tool", "name", "function", "tool_name"];
const given = ["arguments", "parameters", "args", "input"];

/** What stands between calls that were written one after the other: marks, and no word. */
const between = /^(?:[\s,;]|<\/?\w+>|```\w*|\[\/?[A-Z_]+\])*$/;

/**
 * Calls of known tools that a model wrote as text, as small models do that were to call them otherwise: objects with a tool's name and its
 * arguments that stand in the text one after the other, or a list of them. Of those with words between them the last counts, since a model
 * settles on it, and what it calls an example is no call. Where something is named twice with two values, none has arguments that can be read.
 */
export async function callsIn(text: string, tools: readonly ToolCard[], id: string): Promise<readonly ToolCall[]> {
  const said = afterThought(text);
  const written = writtenIn(said);
  if (written.length > 0 && written.every(({ example }) => example)) return [];
  const row = rowIn(said, written);
  const doubts = noDoubts();
  const answers = await answersIn(text, { doubts });
  for (const answer of [...(row.length > 1 ? [row] : []), ...answers]) {
    const calls = (Array.isArray(answer) ? (answer as readonly Json[]) : [answer]).map((one) => callOf(one, tools));
    if (calls.length && calls.every((call) => call !== undefined))
      return calls.map((call, i) => ({ id: `${id}-${i + 1}`, ...(doubts.doubled.size ? { name: call!.name } : call!) }));
  }
  return [];
}

/** The last objects of a text that stand one after the other, in its order. */
function rowIn(text: string, written: readonly Written[]): readonly Json[] {
  const row: Written[] = [];
  for (const one of written.filter(({ example }) => !example)) {
    const gap = row[0] && text.slice(one.start + one.text.length, row[0].start);
    if (!one.whole || (gap !== undefined && !between.test(gap))) break;
    row.unshift(one);
  }
  // A model that stutters writes a call again, and means it once.
  return [...new Map(row.map(({ text }) => [text, parseJson(text)!])).values()];
}

function callOf(value: Json, tools: readonly ToolCard[]): Omit<ToolCall, "id"> | undefined {
  const fields = Object(value) as Record<string, unknown>;
  const inner = Object(fields.function);
  const { name, ...rest } = typeof inner.name === "string" ? inner : { ...fields, name: names.map((key) => fields[key]).find(isText) };
  if (!tools.some((tool) => tool.name === name)) return undefined;
  const said = given.map((key) => rest[key]).find((one) => one !== undefined);
  const args = isText(said) ? parseJson(said) : said;
  return typeof args === "object" && args !== null && !Array.isArray(args)
    ? { name, arguments: args as Readonly<Record<string, unknown>> }
    : undefined;
}

const isText = (value: unknown): value is string => typeof value === "string";
