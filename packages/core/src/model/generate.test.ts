import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ChatOpenAI } from "@langchain/openai";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { generate } from "./generate.js";
import { asModel, type ChatModel, type ModelCard, type Usage } from "./model.js";

/** What a server that speaks OpenAI's protocol does with one request. */
type Reply = string | { status: number; error: string } | "hang" | "endless";
interface Server {
  readonly url: string;
  readonly asked: any[];
  readonly closed: Promise<unknown>[];
}

const open: { close(): void; closeAllConnections(): void }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(replies: Reply[]): Promise<Server> {
  const asked: any[] = [];
  const closed: Promise<unknown>[] = [];
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    let sent = "";
    for await (const part of request) sent += part;
    const body = JSON.parse(sent);
    asked.push(body);
    closed.push(once(response, "close"));
    const reply = replies[asked.length - 1] ?? replies.at(-1)!;
    if (typeof reply === "object") {
      response.writeHead(reply.status, { "content-type": "application/json" });
      return response.end(JSON.stringify({ error: { message: reply.error } }));
    }
    response.writeHead(200, { "content-type": body.stream ? "text/event-stream" : "application/json" });
    const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
    if (!body.stream) {
      const message = body.tools
        ? { role: "assistant", content: null, tool_calls: [{ id: "1", type: "function", function: { name: "answer", arguments: reply } }] }
        : { role: "assistant", content: reply };
      return response.end(JSON.stringify({ id: "1", model: "m", choices: [{ index: 0, message, finish_reason: "stop" }], usage }));
    }
    const chunk = (delta: object, rest: object = {}) =>
      response.write(`data: ${JSON.stringify({ id: "1", model: "m", choices: [{ index: 0, delta, finish_reason: null }], ...rest })}\n\n`);
    chunk({ role: "assistant", content: "" });
    if (reply === "hang") return chunk({ content: "so " });
    if (reply === "endless") {
      const timer = setInterval(() => chunk({ content: " ".repeat(50) }), 1);
      return response.on("close", () => clearInterval(timer));
    }
    for (const part of reply.match(/[\s\S]{1,7}/g) ?? []) chunk({ content: part });
    response.write(`data: ${JSON.stringify({ id: "1", model: "m", choices: [], usage })}\n\n`);
    response.end("data: [DONE]\n\n");
  });
  open.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked, closed };
}

function served(url: string, card: Partial<ModelCard>): ChatModel {
  const chat = new ChatOpenAI({ model: "m", apiKey: "none", maxRetries: 0, temperature: 0.7, configuration: { baseURL: url } });
  return asModel(chat, "openai:m", { price: { input: 2, output: 10 }, ...card });
}

function host(signal = new AbortController().signal) {
  const tokens: string[] = [];
  const usage: Usage[] = [];
  return { signal, config: {}, token: (text: string) => void tokens.push(text), used: (one: Usage) => void usage.push(one), tokens, usage };
}

const topic = z.object({ topic: z.enum(["billing", "bug"]), sure: z.number() });
const good = '{"topic": "bug", "sure": 0.9}';

test("streams text, counts tokens and cost, and bounds what is written", async () => {
  const { url, asked } = await serve(["The sky is blue."]);
  const h = host();
  const answer = await generate(served(url, {}), { prompt: "Why?", temperature: 0 }, h);
  expect(answer).toEqual({ text: "The sky is blue.", value: "The sky is blue." });
  expect(h.tokens.length).toBeGreaterThan(1);
  expect(h.tokens.join("")).toBe("The sky is blue.");
  expect(h.usage).toEqual([{ model: "openai:m", calls: 1, input: 100, output: 20, ms: expect.any(Number), cost: 0.0004 }]);
  expect(asked[0]).toMatchObject({ max_tokens: 2048, temperature: 0, messages: [{ role: "user", content: "Why?" }] });
});

test("leaves the model itself as it is, so that calls at the same time keep their own limits", async () => {
  const { url, asked } = await serve(["ok"]);
  const model = served(url, {});
  await Promise.all([10, 20, undefined].map((maxTokens) => generate(model, { prompt: "p", ...(maxTokens ? { maxTokens } : {}) }, host())));
  expect(asked.map((body) => body.max_tokens).sort((a, b) => a - b)).toEqual([10, 20, 2048]);
  expect(asked.map((body) => body.temperature)).toEqual([0.7, 0.7, 0.7]);
});

describe("with a schema", () => {
  test("hands it over as response_format, strictly where the schema allows that", async () => {
    const { url, asked } = await serve([good]);
    const answer = await generate(served(url, { structured: "response_format" }), { prompt: "p", schema: topic }, host());
    expect(answer.value).toEqual({ topic: "bug", sure: 0.9 });
    expect(asked[0].response_format.json_schema).toMatchObject({ strict: true, schema: { additionalProperties: false } });

    await generate(served(url, { structured: "response_format" }), { prompt: "p", schema: topic.partial() }, host());
    expect(asked[1].response_format.json_schema.strict).toBe(false);
  });

  test("hands it over LangChain's own way", async () => {
    const { url, asked } = await serve([good]);
    const h = host();
    const answer = await generate(served(url, { structured: "langchain" }), { prompt: "p", schema: topic, maxTokens: 50 }, h);
    expect(answer.value).toEqual({ topic: "bug", sure: 0.9 });
    expect(JSON.stringify(asked[0].response_format ?? asked[0].tools)).toContain("billing");
    expect(asked[0].max_tokens).toBe(50);
    expect(h.usage[0]).toMatchObject({ input: 100, output: 20 });
  });

  test("writes it into the prompt where the model takes none", async () => {
    const { url, asked } = await serve([`Sure: \`\`\`json\n${good}\n\`\`\``]);
    const answer = await generate(served(url, { structured: "none" }), { prompt: "p", schema: topic }, host());
    expect(answer.value).toEqual({ topic: "bug", sure: 0.9 });
    expect(asked[0].messages).toHaveLength(1);
    expect(asked[0].messages[0].content).toContain('"billing"');
    expect(asked[0].response_format).toBeUndefined();
  });

  test("falls back to the prompt where the server refuses the schema", async () => {
    const { url, asked } = await serve([{ status: 400, error: "unsupported response_format" }, good]);
    const answer = await generate(served(url, { structured: "response_format" }), { prompt: "p", schema: topic }, host());
    expect(answer.value).toEqual({ topic: "bug", sure: 0.9 });
    expect(asked[1].response_format).toBeUndefined();
    expect(asked[1].messages[0].content).toContain('"billing"');
  });

  test("asks again with what is wrong", async () => {
    const { url, asked } = await serve(['{"topic": "weather", "sure": 1}', good]);
    const h = host();
    const answer = await generate(served(url, { structured: "none" }), { prompt: "p", schema: topic }, h);
    expect(answer.value).toEqual({ topic: "bug", sure: 0.9 });
    expect(asked[1].messages.map((m: any) => m.role)).toEqual(["user", "assistant", "user"]);
    expect(asked[1].messages[2].content).toContain("topic");
    expect(h.usage).toHaveLength(2);
  });

  test("gives up after three answers, with issues and the text", async () => {
    const { url, asked } = await serve(["no idea"]);
    const failed = generate(served(url, { structured: "none" }), { prompt: "p", schema: topic }, host());
    await expect(failed).rejects.toMatchObject({ code: "ANSWER_INVALID", detail: { text: "no idea" } });
    await expect(failed).rejects.toThrow("The answer holds no JSON");
    expect(asked).toHaveLength(3);
  });

  test("leaves a model that writes blanks for ever", async () => {
    const { url, closed } = await serve(["endless"]);
    const failed = generate(served(url, { structured: "response_format" }), { prompt: "p", schema: topic }, host());
    await expect(failed).rejects.toMatchObject({ code: "ANSWER_INVALID" });
    await Promise.all(closed);
  });
});

test("stops at once when aborted, hangs up, and says why", async () => {
  const { url, closed } = await serve(["hang"]);
  const controller = new AbortController();
  const h = host(controller.signal);
  const token = (text: string) => {
    h.token(text);
    controller.abort(new DOMException("enough", "AbortError"));
  };
  await expect(generate(served(url, {}), { prompt: "p" }, { ...h, token })).rejects.toThrow("enough");
  expect(h.usage).toHaveLength(1);
  await Promise.all(closed);
  await expect(generate(served(url, {}), { prompt: "p" }, h)).rejects.toThrow("enough");
});

test("stops a model that is still loading", async () => {
  const controller = new AbortController();
  const model: ChatModel = { ...served("http://127.0.0.1:1", {}), load: () => new Promise(() => {}) };
  const answer = generate(model, { prompt: "p" }, host(controller.signal));
  controller.abort(new DOMException("enough", "AbortError"));
  await expect(answer).rejects.toThrow("enough");
});

test("a call that fails says which model and what to do", async () => {
  const { url } = await serve([{ status: 401, error: "bad key" }]);
  const failed = generate(served(url, {}), { prompt: "p" }, host());
  await expect(failed).rejects.toMatchObject({ code: "MODEL_FAILED" });
  await expect(failed).rejects.toThrow(/openai:m.*bad key/);
});
