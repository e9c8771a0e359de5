import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ChatOpenAI } from "@langchain/openai";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { TroupeError } from "../error/error.js";
import type { Schema } from "../schema/schema.js";
import { schemaFromJson } from "../schema/schema-from-json.js";
import { generate } from "./generate.js";
import { asModel, type ChatModel, type ModelCard, type Usage } from "./model.js";

/** What a server that speaks OpenAI's protocol does with one request. */
type Reply = string | { status: number; error: string } | { cut: string } | "hang" | "endless" | "loop";
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
    if (typeof reply === "object" && "status" in reply) {
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
    if (reply === "loop") {
      chunk({ content: '{"topic": "' });
      const timer = setInterval(() => chunk({ content: "so it is, and ".repeat(4) }), 1);
      return response.on("close", () => clearInterval(timer));
    }
    const cut = typeof reply === "object";
    for (const part of (cut ? reply.cut : reply).match(/[\s\S]{1,7}/g) ?? []) chunk({ content: part });
    const choice = { index: 0, delta: {}, finish_reason: cut ? "length" : "stop" };
    response.write(`data: ${JSON.stringify({ id: "1", model: "m", choices: [choice] })}\n\n`);
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
  return asModel(chat, "openai:m", { price: { input: 2, cached: 1, output: 10, source: "a contract", asOf: "2026-11-20" }, ...card });
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
  expect(answer).toEqual({ text: "The sky is blue.", value: "The sky is blue.", ended: "stop" });
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

  test.each(["none", "response_format", "langchain"] as const)("asks again where a field has two values (%s)", async (structured) => {
    for (const doubled of ['{"topic": "bug", "sure": 0.1, "sure": 0.9}', "{'topic': 'bug', 'sure': 0.1, 'sure': 0.9}"]) {
      const { url, asked } = await serve([doubled, good]);
      expect((await generate(served(url, { structured }), { prompt: "p", schema: topic }, host())).value.sure).toBe(0.9);
      expect(asked).toHaveLength(2);
      if (structured !== "langchain") expect(asked[1].messages.at(-1).content).toContain('"sure" twice');
    }
    const { url } = await serve(['{"topic": "bug", "sure": 0.1, "sure": 0.9}']);
    await expect(generate(served(url, { structured: "none" }), { prompt: "p", schema: topic }, host())).rejects.toMatchObject({
      code: "ANSWER_INVALID",
    });
    const same = await serve(['{"topic": "bug", "sure": 0.9, "sure": 0.9}']);
    expect((await generate(served(same.url, { structured }), { prompt: "p", schema: topic }, host())).value).toEqual({
      topic: "bug",
      sure: 0.9,
    });
    expect(same.asked).toHaveLength(1);
  });

  test("asks again where two answers stand side by side that differ, and no word says which is meant", async () => {
    const other = '{"topic": "billing", "sure": 0.9}';
    const both = [
      `${good}\n${other}`,
      `Either ${good} or ${other}`,
      `\`\`\`json\n${good}\n\`\`\`\n\`\`\`json\n${other}\n\`\`\``,
      `{"answer": ${good}}\n{"answer": ${other}}`,
      `{"input": ${other}, "output": ${good}}`,
    ];
    for (const said of both) {
      const { url, asked } = await serve([said, good]);
      expect((await generate(served(url, { structured: "none" }), { prompt: "p", schema: topic }, host())).value.topic).toBe("bug");
      expect(asked[1].messages.at(-1).content).toContain("several answers that differ");
    }
    const { url: several } = await serve([both[0]!]);
    const read = async () => undefined;
    await generate(served(several, { structured: "none" }), { prompt: "p", schema: topic, read }, host());
    for (const said of [`${good}\n${good}`, `First ${other}, but ${good} it is.`, `${good}\n{"topic": "weather"}`]) {
      const { url, asked } = await serve([said]);
      expect((await generate(served(url, { structured: "none" }), { prompt: "p", schema: topic }, host())).value.topic).toBe("bug");
      expect(asked).toHaveLength(1);
    }
  });

  test("takes no part of an answer for the whole, whose schema may be a part of itself or a union", async () => {
    const Tree = z.object({
      value: z.number(),
      get kids() {
        return z.array(Tree).optional();
      },
    });
    const step = z.union([z.object({ tool: z.string(), input: z.looseObject({}) }), z.object({ answer: z.string() })]);
    const linked = schemaFromJson({
      $ref: "#/$defs/node",
      $defs: { node: { type: "object", properties: { value: { type: "number" }, next: { $ref: "#/$defs/node" } }, required: ["value"] } },
    });
    const parts: readonly (readonly [Schema, string, object])[] = [
      [Tree, '{"kids": [{"value": 2}]}', { value: 1, kids: [{ value: 2 }] }],
      [Tree, '{"answer": {"kids": [{"value": 2}]}}', { value: 1, kids: [{ value: 2 }] }],
      [linked, '{"next": {"value": 2}}', { value: 1, next: { value: 2 } }],
      [step, '{"tool": 5, "input": {"answer": "no"}}', { answer: "so" }],
    ];
    for (const [schema, part, whole] of parts) {
      const { url, asked } = await serve([part, JSON.stringify(whole)]);
      expect((await generate(served(url, { structured: "none" }), { prompt: "p", schema }, host())).value).toEqual(whole);
      expect(asked).toHaveLength(2);
    }
  });

  test("asks again where coercion would make a value of nothing", async () => {
    const { url, asked } = await serve(['{"price": null}', '{"price": "12.50"}']);
    const price = z.object({ price: z.coerce.number() });
    expect((await generate(served(url, { structured: "none" }), { prompt: "p", schema: price }, host())).value).toEqual({ price: 12.5 });
    expect(asked[1].messages[2].content).toContain("price: expected a number, got null");
  });

  test("takes nothing of which a union keeps nothing", async () => {
    const union = z.union([z.object({ name: z.string().optional() }), z.object({ code: z.number().optional() })]);
    const { url, asked } = await serve(['{"error": "I cannot"}', '{"name": "Bern"}']);
    expect((await generate(served(url, { structured: "none" }), { prompt: "p", schema: union }, host())).value).toEqual({ name: "Bern" });
    expect(asked[1].messages[2].content).toContain("none of the fields name, code");
  });

  test("asks again where LangChain's own way gave two answers", async () => {
    const call = (topic: string) => ({ name: "answer", args: { topic, sure: 0.9 } });
    const said = [[call("bug"), call("billing")], [call("billing")]];
    const raws = said.map((tool_calls) => ({ text: "", tool_calls, response_metadata: {}, additional_kwargs: {} }));
    const chat = { _llmType: () => "fake", bindTools() {}, withStructuredOutput: () => ({ invoke: async () => ({ raw: raws.shift() }) }) };
    expect((await generate(asModel(chat as any, "fake:m"), { prompt: "p", schema: topic }, host())).value.topic).toBe("billing");
    expect(raws).toEqual([]);
  });

  test.each([400, 422, 500])("takes the next way down where a server answers a schema with %i", async (status) => {
    const { url, asked } = await serve([{ status, error: "failed to parse grammar" }, good]);
    for (const structured of ["response_format", "langchain"] as const) {
      asked.length = 0;
      const answer = await generate(served(url, { structured }), { prompt: "p", schema: topic }, host());
      expect(answer.value).toEqual({ topic: "bug", sure: 0.9 });
      expect(asked).toHaveLength(2);
      expect(asked[1].response_format ?? asked[1].tools).toBeUndefined();
    }
  });

  test("does not ask again in a way that was refused for a schema of the shape, for this model and no other", async () => {
    const no = { status: 400, error: "unsupported response_format" };
    const { url, asked } = await serve([no, good, good, good, no, good]);
    const model = served(url, { structured: "response_format" });
    const ask = (schema: typeof topic, one = model) => generate(one, { prompt: "p", schema }, host());
    await ask(topic);
    await ask(topic.describe("the same, said in other words"));
    expect(asked.map(({ response_format }) => response_format !== undefined)).toEqual([true, false, false]);
    await ask(z.object({ ...topic.shape, more: z.string().optional() }) as never);
    expect(asked[3].response_format).toBeDefined();
    await ask(topic, served(url, { structured: "response_format" }));
    expect(asked).toHaveLength(6);
  });

  test("a failure that may have had other grounds than the schema counts once it comes twice in a row", async () => {
    const down = { status: 500, error: "out of memory" };
    const { url, asked } = await serve([down, good, good, down, good, down, good, good]);
    const model = served(url, { structured: "response_format" });
    for (let i = 0; i < 5; i++) await generate(model, { prompt: "p", schema: topic }, host());
    expect(asked.map(({ response_format }) => response_format !== undefined)).toEqual([true, false, true, true, false, true, false, false]);
  });

  test("takes the next way down where a model held to a schema writes prose, and stays there once that helped twice in a row", async () => {
    const prose = "I would rather not.";
    const { url, asked } = await serve([prose, good, good, prose, '{"topic": "weather"}', good, prose, good, good]);
    const model = served(url, { structured: "response_format" });
    for (let i = 0; i < 5; i++)
      expect((await generate(model, { prompt: "p", schema: topic }, host())).value).toEqual({ topic: "bug", sure: 0.9 });
    const held = asked.map(({ response_format }) => response_format !== undefined);
    expect(held).toEqual([true, false, true, true, false, false, true, false, false]);
    expect(asked[1].messages[2].content).toContain("The answer holds no JSON");
  });

  test("what was cut or does not fit is no reason to take another way, nor is prose that no way helps against", async () => {
    for (const reply of [{ cut: "I would" }, '{"topic": "weather"}'] as const) {
      const { url, asked } = await serve([reply]);
      await generate(served(url, { structured: "response_format" }), { prompt: "p", schema: topic }, host()).catch(() => undefined);
      expect(asked.map(({ response_format }) => response_format !== undefined)).toEqual([true, true, true]);
    }
    const { url, asked } = await serve(["no idea"]);
    const model = served(url, { structured: "response_format" });
    for (let i = 0; i < 3; i++) await generate(model, { prompt: "p", schema: topic }, host()).catch(() => undefined);
    expect(asked.map(({ response_format }) => response_format !== undefined)).toEqual([1, 2, 3].flatMap(() => [true, false, false]));
  });

  test("a prompt that says what the schema asks for stays as it is", async () => {
    const { url, asked } = await serve([good]);
    for (const structured of ["none", "response_format", "format"] as const)
      await generate(served(url, { structured }), { prompt: "p", schema: topic, told: true }, host());
    expect(asked.map(({ messages }) => messages)).toEqual(Array(3).fill([{ role: "user", content: "p" }]));
  });

  test("takes the next way down from our own models' refusals too, and tells of a failure that is none", async () => {
    const { url, asked } = await serve([good]);
    const chat = await served(url, {}).load();
    const refusing = (error: Error): ChatModel => {
      const view = Object.create(chat, {
        stream: {
          value: (messages: any, options: any) => {
            if (options.format) throw error;
            return chat.stream(messages, options);
          },
        },
      });
      return asModel(view, "ollama:m", { structured: "format" });
    };
    for (const error of [
      new TroupeError("SCHEMA_UNSUPPORTED", "no"),
      new TroupeError("OLLAMA_FAILED", "no", { cause: { status_code: 500 } }),
      // A server's word in a stream that began well.
      new Error("invalid JSON schema in format"),
    ])
      expect((await generate(refusing(error), { prompt: "p", schema: topic }, host())).value).toEqual({ topic: "bug", sure: 0.9 });
    expect(asked).toHaveLength(3);
    const gone = new TroupeError("OLLAMA_DOWN", "no", { cause: { code: "ECONNREFUSED" } });
    const down = generate(refusing(gone), { prompt: "p", schema: topic }, host());
    await expect(down).rejects.toMatchObject({ code: "OLLAMA_DOWN" });
    // As LangChain throws what its client throws, in an error without a status.
    for (const error of [Object.assign(new Error("Request timed out."), { name: "TimeoutError" }), new Error("Connection error.")])
      await expect(generate(refusing(error), { prompt: "p", schema: topic }, host())).rejects.toMatchObject({ code: "MODEL_FAILED" });
    expect(asked).toHaveLength(3);
  });

  test("sends a server only what it takes, and tells the whole schema", async () => {
    const { url, asked } = await serve(['{"when": "2026-01-01", "mail": "a@b.co", "counts": {"a": 1, "b": 2}, "tags": ["x"]}']);
    const schema = z.object({
      when: z.iso.date(),
      mail: z.email(),
      counts: z.record(z.enum(["a", "b"]), z.int().max(100)),
      tags: z.array(z.string().min(1)).min(1),
    });
    await generate(served(url, { structured: "response_format" }), { prompt: "p", schema }, host());
    const sent = JSON.stringify(asked[0].response_format);
    for (const keyword of ["pattern", 'format"', "propertyNames", "minLength", "$schema"]) expect(sent).not.toContain(`"${keyword}`);
    expect(asked[0].response_format.json_schema.schema.properties.counts).toMatchObject({
      properties: { a: { type: "integer" }, b: { type: "integer" } },
      required: ["a", "b"],
    });
    expect(asked[0].messages[0].content).toContain('"format":"email"');
    expect(asked[0].messages[0].content).toContain('"minItems":1');
  });

  test("hands the whole schema to a grammar of ours", async () => {
    const { url, asked } = await serve(['{"when": "2026-01-01"}']);
    await generate(served(url, { structured: "grammar" }), { prompt: "p", schema: z.object({ when: z.iso.date() }) }, host());
    expect(asked[0].response_format.json_schema.schema.properties.when.pattern).toBeTypeOf("string");
  });

  test("takes the answer out of a wrapper, also where the wrapper itself would pass", async () => {
    const { url } = await serve([`{"name": "answer", "parameters": ${good}}`]);
    const loose = topic.partial();
    for (const schema of [topic, loose])
      expect((await generate(served(url, { structured: "none" }), { prompt: "p", schema }, host())).value).toEqual({
        topic: "bug",
        sure: 0.9,
      });
  });

  test("an answer of which the schema keeps nothing is none, so that no default stands for what was said otherwise", async () => {
    const { url, asked } = await serve(['{"colour": "red"}', '{"color": "red"}']);
    const schema = z.object({ color: z.string().default("blue"), size: z.number().optional() });
    const answer = await generate(served(url, { structured: "none" }), { prompt: "p", schema }, host());
    expect(answer.value).toEqual({ color: "red" });
    expect(asked[1].messages[2].content).toContain("none of the fields color, size");
    const { url: open } = await serve(['{"colour": "red"}']);
    const loose = z.looseObject({ color: z.string().optional() });
    expect((await generate(served(open, { structured: "none" }), { prompt: "p", schema: loose }, host())).value).toEqual({ colour: "red" });
  });

  test("says that an answer was cut, takes no part of it, and asks for less", async () => {
    const { url, asked } = await serve([{ cut: '{"topic": "bug", "sure": 0.9, "why": "it' }]);
    const failed = generate(served(url, { structured: "none" }), { prompt: "p", schema: topic, maxTokens: 100 }, host());
    await expect(failed).rejects.toMatchObject({
      code: "ANSWER_INVALID",
      issues: [{ code: "answer-cut", message: expect.stringContaining("25") }, { code: "answer-invalid" }],
    });
    // Said first, with what to raise.
    await expect(failed).rejects.toMatchObject({
      what: expect.stringMatching(/^\S+ was cut at its limit of tokens \(25 in the last ask; maxTokens is 100\)/),
      hint: expect.stringContaining("maxTokens"),
    });
    expect(asked.map((body) => body.max_tokens)).toEqual([100, 50, 25]);
    expect(asked[1].messages[2].content).toMatch(/cut/);
  });

  test("takes no half of an answer where nobody says that its model ended it, and says what is wrong with it", async () => {
    const said = ['{"topic": "bug", "sure": 0.9', '{"topic": "bug", "sure": 0.98}'];
    const asked: any[] = [];
    const saying = (texts: readonly string[]) => {
      asked.length = 0;
      const stream = async (messages: any) =>
        (async function* () {
          yield { text: texts[asked.push(messages) - 1] };
        })();
      return asModel({ stream } as any, "own:m", { structured: "none" });
    };
    expect((await generate(saying(said), { prompt: "p", schema: topic }, host())).value.sure).toBe(0.98);
    expect(asked[1].at(-1)[1]).toContain("It ends half way");
    expect(
      (await generate(saying([`\`\`\`json\n{}\n\`\`\`\n${said[0]}`, said[1]!]), { prompt: "p", schema: topic }, host())).value.sure,
    ).toBe(0.98);
    // What stands in a fence or a tag that ends was not lost on the way.
    for (const whole of [`\`\`\`json\n${said[0]}\n\`\`\`\nThat is all.`, `<answer>${said[0]}</answer>`])
      expect((await generate(saying([whole]), { prompt: "p", schema: topic }, host())).value.sure).toBe(0.9);
    const { url } = await serve(said);
    expect((await generate(served(url, { structured: "none" }), { prompt: "p", schema: topic }, host())).value.sure).toBe(0.9);
  });

  test("takes no part of what was cut in LangChain's own way, where the half that came looks whole", async () => {
    const tool_calls = [{ name: "answer", args: { topic: "bug", sure: 0.9 } }];
    const raw = { text: "", tool_calls, response_metadata: { finish_reason: "length" }, additional_kwargs: {} };
    const chat = { _llmType: () => "fake", bindTools() {}, withStructuredOutput: () => ({ invoke: async () => ({ raw }) }) };
    const asked = (more: object) => generate(asModel({ ...chat, ...more } as any, "fake:m"), { prompt: "p", schema: topic }, host());
    await expect(asked({})).rejects.toMatchObject({ code: "ANSWER_INVALID", issues: [{ code: "answer-cut" }, { code: "answer-invalid" }] });
    const whole = { ...raw, response_metadata: { finish_reason: "tool_calls" } };
    expect((await asked({ withStructuredOutput: () => ({ invoke: async () => ({ raw: whole }) }) })).value).toEqual(tool_calls[0]!.args);
  });

  test("leaves a model that repeats itself for ever, and says so", async () => {
    const { url, asked, closed } = await serve(["loop"]);
    const h = host();
    const failed = generate(served(url, { structured: "none" }), { prompt: "p", schema: topic }, h);
    await expect(failed).rejects.toMatchObject({ code: "ANSWER_INVALID", issues: [{ code: "answer-loop" }, { code: "answer-invalid" }] });
    expect(asked).toHaveLength(3);
    // One token a piece, where the model was stopped before it told what it used.
    expect(h.usage.every(({ output }) => output > 5)).toBe(true);
    // What it is shown of its answer does not lead it into the loop again.
    expect(asked[1].messages[1].content.length).toBeLessThan(200);
    await Promise.all(closed);
  });

  test("never asks what it asked before", async () => {
    const { url, asked } = await serve(["no idea"]);
    await generate(served(url, { structured: "none" }), { prompt: "p", schema: topic, temperature: 0 }, host()).catch(() => undefined);
    expect(new Set(asked.map((body) => JSON.stringify(body))).size).toBe(3);
    expect(asked.map((body) => body.temperature)).toEqual([0, 0, 0.7]);
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

test("says that a text was cut at its bound", async () => {
  const { url } = await serve([{ cut: "The sky is" }]);
  expect(await generate(served(url, {}), { prompt: "Why?" }, host())).toMatchObject({ text: "The sky is", ended: "length" });
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
  const { url } = await serve([
    { status: 404, error: "no such model" },
    { status: 401, error: "bad key" },
  ]);
  const failed = generate(served(url, {}), { prompt: "p" }, host());
  await expect(failed).rejects.toMatchObject({ code: "MODEL_FAILED" });
  await expect(failed).rejects.toThrow(/openai:m.*no such model/);
  const refused = generate(served(url, {}), { prompt: "p" }, host());
  await expect(refused).rejects.toMatchObject({ code: "KEY_REFUSED", hint: expect.stringContaining("trust") });
  await expect(refused).rejects.toThrow(/openai:m.*bad key/);
});
