import type { Json } from "../schema/json.js";
import { afterThought } from "./after-thought.js";
import { answersIn } from "./answers-in.js";
import { noDoubts } from "./doubts.js";
import { parseJson } from "./parse-json.js";
import { marks, rowIn } from "./row-in.js";
import type { ToolCall, ToolCard } from "./tool-call.js";
import { type Written, writtenIn } from "./written-in.js";

/** What models call the name and the arguments where they write a call as text. */
const names = ["tool", "name", "function", "tool_name"];
const given = ["arguments", "parameters", "args", "input"];

/** What a call has and nothing else. */
const parts = new Set([...names, ...given, "type", "id"]);

/**
 * Calls of known tools that a model wrote as text, as small models do that were to call them otherwise: objects with a tool's name and its
 * arguments that stand in the text one after the other, or a list of them. Of those with words between them the last counts, since a model
 * settles on it, and what it calls an example, or denies, is no call. Where something is named twice with two values, none has arguments
 * that can be read; nor has one that ends amid its arguments, or is broken so that mending it would make something up. Calls of tools that
 * there are not are some where the text is nothing else.
 */
export async function callsIn(text: string, tools: readonly ToolCard[], id: string): Promise<readonly ToolCall[]> {
  const said = afterThought(text);
  const written = writtenIn(said);
  if (written.length > 0 && written.every(({ example }) => example)) return [];
  const row = rowIn(said, written, marks);
  const doubts = noDoubts();
  const answers = await answersIn(text, { closed: "within", doubts });
  const unread = await unreadIn(written, tools);
  const named = (calls: readonly Omit<ToolCall, "id">[]) => calls.map((call, i) => ({ id: `${id}-${i + 1}`, ...call }));
  for (const answer of [...(row.length > 1 ? [row] : []), ...answers]) {
    const calls = (Array.isArray(answer) ? (answer as readonly Json[]) : [answer]).map((one) => callOf(one, tools));
    if (calls.length && calls.every((call) => call !== undefined))
      return named([...calls.map((call) => (doubts.doubled.size ? { name: call!.name } : call!)), ...unread]);
  }
  return named(unread.length > 0 ? unread : strangersIn(said, row));
}

/** Calls that are all of a text, whatever they name. */
function strangersIn(text: string, row: readonly Json[]): readonly Omit<ToolCall, "id">[] {
  const around = writtenIn(text).reduceRight((rest, one) => rest.replace(one.text, ""), text);
  if (row.length === 0 || !marks.test(around)) return [];
  const calls = row.flat().map((one) => (Object.keys(Object(one)).every((key) => parts.has(key)) ? callOf(one as Json) : undefined));
  return calls.every((call) => call !== undefined) ? calls : [];
}

const nameOf = new RegExp(`["'](?:${names.join("|")})["']\\s*:\\s*["']([^"']+)["']`);

/** Calls of which only the name can be read. */
async function unreadIn(written: readonly Written[], tools: readonly ToolCard[]): Promise<readonly { readonly name: string }[]> {
  const found: { readonly name: string }[] = [];
  for (const { text, whole, example } of written) {
    const name = whole || example ? undefined : nameOf.exec(text)?.[1];
    if (name === undefined || !tools.some((tool) => tool.name === name)) continue;
    if ((await answersIn(text, { closed: "within" })).length === 0) found.unshift({ name });
  }
  return found;
}

/** A call of one of the tools, or of any where none are given. */
function callOf(value: Json, tools?: readonly ToolCard[]): Omit<ToolCall, "id"> | undefined {
  const fields = Object(value) as Record<string, unknown>;
  const inner = Object(fields.function);
  const { name, ...rest } = typeof inner.name === "string" ? inner : { ...fields, name: names.map((key) => fields[key]).find(isText) };
  if (!isText(name) || (tools && !tools.some((tool) => tool.name === name))) return undefined;
  const said = given.map((key) => rest[key]).find((one) => one !== undefined);
  const args = isText(said) ? parseJson(said) : said;
  return typeof args === "object" && args !== null && !Array.isArray(args)
    ? { name, arguments: args as Readonly<Record<string, unknown>> }
    : undefined;
}

const isText = (value: unknown): value is string => typeof value === "string";
