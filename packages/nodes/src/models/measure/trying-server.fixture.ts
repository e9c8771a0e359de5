import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inflateSync } from "node:zlib";

/** What a made model is able to do. */
export interface Able {
  /** Words of a prompt that it keeps, from its end; what is before is lost without a word. */
  words: number;
  /** Whether it calls tools, answers instead, or its server refuses the request. */
  tools: "calls" | "answers" | "refuses";
  sees: boolean;
  schema: boolean;
  /** Milliseconds before it answers. */
  slow: number;
}

/** A server of OpenAI's language on loopback whose model is able to do what is asked for, and no more. */
export async function tryingServer(able: Partial<Able> = {}) {
  const can: Able = { words: 100_000, tools: "calls", sees: true, schema: true, slow: 0, ...able };
  const seen = { atOnce: 0, most: 0, calls: 0 };
  const server = createServer(async (request, response) => {
    seen.calls++;
    seen.most = Math.max(seen.most, ++seen.atOnce);
    response.on("close", () => seen.atOnce--);
    let body = "";
    for await (const part of request) body += part;
    const asked = JSON.parse(body);
    await new Promise((resolve) => setTimeout(resolve, can.slow));
    if (asked.tools && can.tools === "refuses")
      return void response
        .writeHead(400, { "content-type": "application/json" })
        .end('{"error":{"message":"model does not support tools"}}');
    const message = answerOf(asked, can);
    const usage = { prompt_tokens: textOf(asked.messages).split(/\s+/).length, completion_tokens: 4, total_tokens: 5 };
    if (!asked.stream) {
      const choices = [{ index: 0, message: { role: "assistant", content: null, ...message }, finish_reason: "stop" }];
      return void response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ id: "x", object: "chat.completion", choices, usage }));
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    const say = (delta: object, rest: object = {}) =>
      response.write(
        `data: ${JSON.stringify({ id: "x", object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: null }], ...rest })}\n\n`,
      );
    const { content = "", tool_calls } = message;
    if (tool_calls) say({ role: "assistant", tool_calls: tool_calls.map((call: object) => ({ index: 0, ...call })) });
    for (const piece of content.match(/.{1,4}/gs) ?? []) {
      say({ role: "assistant", content: piece });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    response.end(`data: ${JSON.stringify({ id: "x", object: "chat.completion.chunk", choices: [], usage })}\n\ndata: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, seen, can, close };
}

type Message = { content: string | { type: string; text?: string; image_url?: { url: string } }[] };

const textOf = (messages: readonly Message[]): string =>
  messages.map(({ content }) => (typeof content === "string" ? content : content.map(({ text = "" }) => text).join(" "))).join("\n");

function answerOf(asked: any, can: Able): { content?: string; tool_calls?: object[] } {
  const kept = textOf(asked.messages).split(/\s+/).slice(-can.words).join(" ");
  if (asked.tools) return can.tools === "calls" ? called(kept) : { content: "I would look that up." };
  const schema = asked.response_format?.json_schema?.schema;
  if (schema) return { content: can.schema ? JSON.stringify(fits(schema, kept)) : "Sure! Here you are." };
  const picture = asked.messages
    .flatMap(({ content }: Message) => (typeof content === "string" ? [] : content))
    .find((part: any) => part.image_url);
  if (picture) return { content: can.sees ? colourOf(picture.image_url.url) : "red" };
  if (/password of the gate\?/.test(kept)) return { content: /KESTREL/.exec(kept)?.[0] ?? "I do not know." };
  if (/code of the safe\?/.test(kept)) return { content: /MARLOW/.exec(kept)?.[0] ?? "I do not know." };
  return { content: "Once upon a time there was a town by a river, and nobody knew." };
}

function called(text: string): { tool_calls: object[] } {
  const city = /(?:weather in|raining in) (\w+)/.exec(text)?.[1];
  const sum = /is (\d+) plus (\d+)/.exec(text);
  const [name, args] = city
    ? ["get_weather", { city }]
    : sum
      ? ["add", { a: Number(sum[1]), b: Number(sum[2]) }]
      : ["book_table", { people: Number(/for (\d+) people/.exec(text)?.[1]) }];
  return { tool_calls: [{ id: "call-1", type: "function", function: { name, arguments: JSON.stringify(args) } }] };
}

/** Any value of a schema; of labels, the one whose meaning shares a word with the text. */
function fits(schema: any, text: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return fits(schema.anyOf[0], text);
  if (schema.type === "object")
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, fits(one, text)]));
  if (schema.type === "array") return Array.from({ length: schema.minItems ?? 0 }, () => fits(schema.items, text));
  if (schema.type === "boolean") return true;
  if (schema.type === "string") return "a";
  return schema.minimum ?? 1;
}

/** The colour of the one palette entry of a PNG. */
function colourOf(url: string): string {
  const file = Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
  const at = file.indexOf("PLTE") + 4;
  const idat = file.indexOf("IDAT");
  if (inflateSync(file.subarray(idat + 4, idat + 4 + file.readUInt32BE(idat - 4))).length === 0) throw new TypeError("an empty picture");
  const [r, g, b] = [file[at]!, file[at + 1]!, file[at + 2]!];
  if (r > 128 && g > 128) return "It is yellow.";
  return r > 128 ? "Red" : g > 128 ? "green" : b > 128 ? "Blue." : "none";
}
