import { type ChatModel, withLimits } from "@troupe/core";
import type { Trials } from "./measurement.js";

const tool = (name: string, description: string, properties: Readonly<Record<string, { type: string; description: string }>>) => ({
  type: "function",
  function: { name, description, parameters: { type: "object", properties, required: Object.keys(properties) } },
});

const tools = [
  tool("get_weather", "The weather of a city, now", { city: { type: "string", description: "The city's name" } }),
  tool("add", "The sum of two numbers", {
    a: { type: "number", description: "One number" },
    b: { type: "number", description: "The other" },
  }),
  tool("book_table", "Books a table in a restaurant", { people: { type: "number", description: "How many people" } }),
];

const requests = [
  { asks: "What is the weather in Lisbon?", name: "get_weather", argument: "city", value: /lisbon/i },
  { asks: "What is 128 plus 377?", name: "add", argument: "a", value: /^(128|377)$/ },
  { asks: "Book a table for 6 people.", name: "book_table", argument: "people", value: /^6$/ },
  { asks: "Is it raining in Oslo right now?", name: "get_weather", argument: "city", value: /oslo/i },
];

/** Tokens of a call at the most. */
const most = 128;

/** How often a model calls the right one of three tools with the right argument, in its own way. Undefined where its package offers none. */
export async function toolCalls(model: ChatModel, signal: AbortSignal): Promise<Trials | undefined> {
  const chat = withLimits(await model.load(), most, 0);
  if (typeof chat.bindTools !== "function") return undefined;
  const offered = chat.bindTools(tools);
  let right = 0;
  for (const { asks, name, argument, value } of requests) {
    const answer = await offered.invoke([["user", asks]], { signal, maxTokens: most, temperature: 0 } as object).catch((error: unknown) => {
      if (signal.aborted || !isRefusal(error)) throw error;
    });
    signal.throwIfAborted();
    // A server that takes no tools of one request takes none of any.
    if (!answer) break;
    const [call, ...more] = answer.tool_calls ?? [];
    if (call?.name === name && more.length === 0 && value.test(String(call.args[argument]))) right++;
  }
  return { right, of: requests.length };
}

/** A server's word that it takes no tools: refused as a request, or said. */
const isRefusal = (error: unknown): boolean => {
  const { status, status_code, message, cause } = Object(error);
  return (
    [400, 422, 501].includes(status ?? status_code) || /support tools/i.test(String(message)) || (cause !== undefined && isRefusal(cause))
  );
};
