import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { appOf, specialist } from "@troupe/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { embeddings, model } from "./model.js";

type Reply = (response: ServerResponse, request: IncomingMessage) => unknown;
let server: Server;
/** What is answered, one after the other, to those who ask the model. */
let replies: Reply[];
/** What is answered first to those who ask Ollama for a model's card. */
let shown: Reply[] = [];
const before = process.env.OLLAMA_HOST;
beforeEach(async () => {
  server = createServer(async (request, response) => {
    for await (const _ of request);
    const json = (value: object) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
    const odd = request.url === "/api/show" ? shown.shift() : undefined;
    if (odd) return odd(response, request);
    if (request.url === "/api/show") return json({ capabilities: ["completion", "tools"], model_info: {} });
    if (request.url === "/api/tags") return json({ models: [{ name: "m:latest", size: 5e9 }] });
    return replies.shift()?.(response, request);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  process.env.OLLAMA_HOST = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  if (before === undefined) delete process.env.OLLAMA_HOST;
  else process.env.OLLAMA_HOST = before;
});

const sent: string[] = [];
const stock = specialist({
  name: "stock",
  does: "Tells how many of an item are in stock",
  input: z.object({ item: z.string() }),
  output: z.object({ pieces: z.number() }),
  run: ({ item }) => {
    sent.push(item);
    return { pieces: item.length };
  },
});
async function answerOf(name: "openai" | "ollama", tools: readonly (typeof stock)[] = []) {
  sent.length = 0;
  const clerk = specialist({
    name: "clerk",
    does: "Answers",
    model: model(name === "ollama" ? "ollama:m" : `openai:m@${process.env.OLLAMA_HOST}/v1`),
    input: z.object({ question: z.string() }),
    output: z.object({ answer: z.string() }),
    prompt: ({ question }) => question,
    ...(tools.length ? { tools } : {}),
  });
  return (await appOf(clerk).invoke({ request: { question: "Have you lamps?" } })).answer;
}

const chunk = (index: number, delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ id: "x", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index, delta, finish_reason }] })}\n\n`;
const events =
  (...chunks: string[]): Reply =>
  (response) =>
    response.writeHead(200, { "content-type": "text/event-stream" }).end(`${chunks.join("")}data: [DONE]\n\n`);

describe("a server that speaks OpenAI's language", () => {
  it("and gives two answers at once, is taken by its first", async () => {
    const pieces = ['{"answer":', '"four"}'];
    replies = [
      events(
        ...pieces.flatMap((piece) => [chunk(0, { content: piece }), chunk(1, { content: piece.replace("four", "five") })]),
        chunk(0, {}, "stop"),
        chunk(1, {}, "stop"),
      ),
    ];
    expect(await answerOf("openai")).toEqual({ answer: "four" });
  });

  it.each([
    ["a code", { code: 503, message: "Try later" }],
    ["a text code", { code: "503", message: "Try later" }],
    ["words", { message: "The model is overloaded", type: "overloaded" }],
  ])("and tells in the stream, by %s, that it is busy, is asked again", async (_, error) => {
    replies = [events(`data: ${JSON.stringify({ error })}\n\n`), events(chunk(0, { content: '{"answer":"4"}' }), chunk(0, {}, "stop"))];
    expect(await answerOf("openai")).toEqual({ answer: "4" });
  });

  it.each([
    ["an object", { item: "lamp" }],
    ["a text in a text", JSON.stringify(JSON.stringify({ item: "lamp" }))],
  ])("and writes a call's arguments as %s, is heard", async (_, given) => {
    replies = [
      events(
        chunk(0, {
          role: "assistant",
          tool_calls: [{ index: 0, id: "c", type: "function", function: { name: "stock", arguments: given } }],
        }),
        chunk(0, {}, "tool_calls"),
      ),
      events(chunk(0, { content: '{"answer":"4"}' }), chunk(0, {}, "stop")),
    ];
    expect(await answerOf("openai", [stock])).toEqual({ answer: "4" });
    expect(sent).toEqual(["lamp"]);
  });
});

describe("Ollama", () => {
  it.each([[], [[0.1, null]]].map((given) => [given]))(
    "and gives %j for a text's vector, is told from one that gives one",
    async (given) => {
      replies = [(response) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ embeddings: given }))];
      const loaded = await embeddings("ollama:m").load();
      await expect(loaded.embedQuery("Hello")).rejects.toMatchObject({ code: "ANSWER_INVALID" });
    },
  );

  const line = (message: object, more: object = {}) =>
    `${JSON.stringify({ model: "m", created_at: "2026-01-01T00:00:00Z", message: { role: "assistant", content: "", ...message }, done: false, ...more })}\n`;
  const stream =
    (...lines: string[]): Reply =>
    (response) =>
      response.writeHead(200, { "content-type": "application/x-ndjson" }).end(lines.join(""));
  const done = line({}, { done: true, done_reason: "stop" });
  const told = events(chunk(0, { content: '{"answer":"4"}' }), chunk(0, {}, "stop"));
  const whole = stream(line({ content: '{"answer":"4"}' }), done);

  it.each<[string, Reply]>([
    ["drops a connection", (_, request) => request.socket.destroy()],
    [
      "goes amid its answer",
      (response, request) => response.writeHead(200).write(line({ content: '{"ans' }), () => request.socket.destroy()),
    ],
    ["ends its answer before it is done", stream(line({ content: '{"answer":"4"}' }))],
    ["says in its stream that it is busy", stream('{"error":"server busy, please try again.  maximum pending requests exceeded"}\n')],
    [
      "says in its stream that its runner has gone",
      stream(line({ content: '{"ans' }), '{"error":"model runner has unexpectedly stopped"}\n'),
    ],
    ["fails with a page", (response) => response.writeHead(502, { "content-type": "text/html" }).end("<html>Bad gateway</html>")],
  ])("that %s is asked again, as any server is", async (_, fails) => {
    replies = [fails, whole];
    expect(await answerOf("ollama")).toEqual({ answer: "4" });
    replies = [fails, fails, fails];
    await expect(answerOf("ollama")).rejects.toMatchObject({ code: "MODEL_BUSY" });
  });

  it.each<[string, Reply]>([
    ["a page", (response) => response.writeHead(500, { "content-type": "text/html" }).end("<html>Oh no</html>")],
    [
      "what it says",
      (response) => response.writeHead(500, { "content-type": "application/json" }).end('{"error":"llama runner process has terminated"}'),
    ],
  ])("that fails with 500 and %s is asked as one of OpenAI's language is", async (_, fails) => {
    // First without the schema, which such a failure may be about.
    for (const name of ["openai", "ollama"] as const) {
      const answered: number[] = [];
      const good = name === "ollama" ? whole : told;
      const counted =
        (reply: Reply): Reply =>
        (response, request) =>
          answered.push(1) && reply(response, request);
      replies = [fails, fails, good].map(counted);
      expect(await answerOf(name)).toEqual({ answer: "4" });
      replies = Array.from({ length: 8 }, () => counted(fails));
      answered.length = 0;
      await expect(answerOf(name)).rejects.toMatchObject({ code: "MODEL_BUSY" });
      expect(answered).toHaveLength(4);
    }
  });

  it("that fails as it is asked for its model's card is asked again too", async () => {
    const page: Reply = (response) => response.writeHead(500, { "content-type": "text/html" }).end("<html>Oh no</html>");
    shown = [page, page];
    replies = [whole];
    expect(await answerOf("ollama")).toEqual({ answer: "4" });
    shown = [page, page, page];
    await expect(model("ollama:m").load()).rejects.toMatchObject({ code: "MODEL_BUSY", message: expect.stringContaining("ollama:m") });
  });
});
