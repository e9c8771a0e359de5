import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { compile, defineGraph, END, memoryJournal, specialist, use } from "@troupe/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { embeddings, model } from "../model.js";

const env = { ...process.env };
const secrets = {
  OPENAI_API_KEY: "sk-openai-own",
  OPENAI_ADMIN_KEY: "sk-openai-admin",
  OPENAI_ORG_ID: "org-openai-own",
  OPENAI_PROJECT_ID: "proj-openai-own",
  OPENAI_CUSTOM_HEADERS: "x-gateway: header-openai-own",
  ANTHROPIC_API_KEY: "sk-anthropic-own",
  ANTHROPIC_AUTH_TOKEN: "token-anthropic-own",
  GOOGLE_API_KEY: "key-google-own",
  MISTRAL_API_KEY: "key-mistral-own",
};

let server: Server;
let elsewhere: Server;
let heard: IncomingHttpHeaders[] = [];
let paths: string[] = [];
let answers: "well" | "moved" | "refused" | "ollama" = "well";
const origin = (of: Server) => `http://127.0.0.1:${(of.address() as AddressInfo).port}`;

beforeAll(async () => {
  const chat = { id: "1", object: "chat.completion", created: 1, model: "m" };
  const piece = (delta: object, finish_reason: string | null) =>
    `data: ${JSON.stringify({ ...chat, object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  server = createServer((request, response) => {
    heard.push(request.headers);
    paths.push(request.url!);
    if (answers === "ollama") return response.writeHead(200, { "content-type": "application/json" }).end('{"models":[]}');
    if (answers === "moved") return response.writeHead(307, { location: `${origin(elsewhere)}${request.url}` }).end();
    if (answers === "refused") return response.writeHead(401, { "content-type": "application/json" }).end('{"error":{"message":"no key"}}');
    if (request.url!.endsWith("/messages"))
      return response
        .writeHead(200, { "content-type": "application/json" })
        .end(
          '{"id":"1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"hello"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}',
        );
    if (request.url!.endsWith("/embeddings"))
      return response
        .writeHead(200, { "content-type": "application/json" })
        .end(
          '{"object":"list","data":[{"object":"embedding","index":0,"embedding":[1,0]}],"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}',
        );
    let body = "";
    request.on("data", (data) => (body += data));
    request.on("end", () => {
      if (JSON.parse(body).stream) {
        response.writeHead(200, { "content-type": "text/event-stream" });
        return response.end(`${piece({ role: "assistant", content: "hello" }, null)}${piece({}, "stop")}data: [DONE]\n\n`);
      }
      const choices = [{ index: 0, message: { role: "assistant", content: "hello" }, finish_reason: "stop" }];
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ ...chat, choices }));
    });
  });
  elsewhere = createServer((request, response) => {
    heard.push(request.headers);
    response.writeHead(404).end();
  });
  await Promise.all([server, elsewhere].map((one) => new Promise<void>((done) => one.listen(0, "127.0.0.1", done))));
});
afterAll(() => {
  for (const one of [server, elsewhere]) {
    one.closeAllConnections();
    one.close();
  }
});
beforeEach(() => {
  heard = [];
  paths = [];
  answers = "well";
  process.env = { ...env, ...secrets, OTHER_KEY: "sk-of-the-other" };
});
afterEach(() => {
  vi.unstubAllGlobals();
  process.env = { ...env };
});

const leaked = () => JSON.stringify(heard).match(/[a-z-]+-own|sk-openai-admin/g) ?? [];

describe("a key goes to its own server only", () => {
  it.each([
    ["a server that the model's name names", () => model(`openai:m@${origin(server)}/v1`)],
    [
      "a server that the environment names",
      () => {
        process.env.OPENAI_BASE_URL = `${origin(server)}/v1`;
        return model("openai:gpt-4o");
      },
    ],
    [
      "a server that the environment names for Anthropic",
      () => {
        process.env.ANTHROPIC_BASE_URL = origin(server);
        return model("anthropic:claude-sonnet-4-0");
      },
    ],
  ])("and none to %s", async (_, make) => {
    expect((await (await make().load()).invoke("hello")).text).toBe("hello");
    expect(heard).toHaveLength(1);
    expect(leaked()).toEqual([]);
  });

  it.each(["google", "mistral"])("and none to a server that a name of %s names", async (provider) => {
    const loaded = await model(`${provider}:m@${origin(server)}`).load();
    await loaded.invoke("hello", { timeout: 10_000 }).catch(() => undefined);
    expect(heard.length).toBeGreaterThan(0);
    expect(leaked()).toEqual([]);
  });

  it("and none to a gateway that the environment names for all", async () => {
    process.env.LANGSMITH_GATEWAY = origin(server);
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (input: any) => {
      asked.push(new URL(input.url ?? input).origin);
      return new Response("{}", { status: 400 });
    });
    for (const id of ["google:gemini-2.5-flash", "anthropic:claude-sonnet-4-0", "openai:gpt-4o"])
      await (await model(id).load()).invoke("hello").catch(() => undefined);
    expect(asked).toEqual(["https://generativelanguage.googleapis.com", "https://api.anthropic.com", "https://api.openai.com"]);
    expect(heard).toEqual([]);
  });

  it("and none with texts to embed", async () => {
    expect(await (await embeddings(`openai:m@${origin(server)}/v1`).load()).embedQuery("hello")).toEqual([1, 0]);
    expect(leaked()).toEqual([]);
  });

  it("and its own server has it", async () => {
    const asked: [string, string | null][] = [];
    vi.stubGlobal("fetch", async (input: unknown, init: RequestInit) => {
      const headers = new Headers(init.headers);
      asked.push([String(input), headers.get("x-api-key") ?? headers.get("x-goog-api-key") ?? headers.get("authorization")]);
      expect(init.redirect).toBe("manual");
      return new Response("{}", { status: 400 });
    });
    const ids = ["openai:gpt-4o", "openai:gpt-4o@https://api.openai.com/v1", "anthropic:claude-sonnet-4-5", "google:gemini-2.5-pro"];
    for (const id of [...ids, "mistral:mistral-large-latest"]) await (await model(id).load()).invoke("hello").catch(() => undefined);
    expect(asked).toEqual([
      ["https://api.openai.com/v1/chat/completions", "Bearer sk-openai-own"],
      ["https://api.openai.com/v1/chat/completions", "Bearer sk-openai-own"],
      ["https://api.anthropic.com/v1/messages", "sk-anthropic-own"],
      ["https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse", "key-google-own"],
      ["https://api.mistral.ai/v1/chat/completions", "Bearer key-mistral-own"],
    ]);
  });

  it.each(["http://api.openai.com/v1", "https://api.openai.com.evil.example/v1", "https://api.openai.com:8443/v1"])(
    "and not to %s, which is another's",
    async (url) => {
      const loaded: any = await model(`openai:gpt-4o@${url}`).load();
      expect(JSON.stringify(loaded.apiKey ?? "")).not.toContain("own");
    },
  );
});

describe("another server's key is named for it", () => {
  it("by the model", async () => {
    const made = model(`openai:m@${origin(server)}/v1`, { key: "OTHER_KEY" });
    await (await made.load()).invoke("hello");
    expect(heard[0]!.authorization).toBe("Bearer sk-of-the-other");
    expect(leaked()).toEqual([]);
  });

  it("by what a run trusts, and it stands nowhere in the journal", async () => {
    const chat = model(`openai:m@${origin(server)}/v1`);
    const greet = specialist({
      name: "greet",
      does: "Greets",
      model: chat,
      input: z.object({ name: z.string() }),
      output: z.object({ text: z.string() }),
      run: async ({ name }, ctx) => ({ text: (await ctx.generate({ prompt: `Greet ${name}` })).text }),
    });
    const graph = defineGraph({
      name: "greeting",
      state: { name: z.string(), text: z.string() },
      input: ["name"],
      output: ["text"],
      nodes: { greet: use(greet, {}) },
      start: "greet",
      edges: { greet: END },
    });
    const journal = memoryJournal();
    const app = compile(graph, { models: { default: chat }, journal, trust: { keys: { [origin(server)]: "OTHER_KEY" } } });
    await app.invoke({ name: "Ada" }, { configurable: { thread_id: "t" } });
    expect(heard.map((one) => one.authorization)).toEqual(["Bearer sk-of-the-other"]);
    const told = JSON.stringify(await Promise.all((await journal.threads()).map(({ thread }) => journal.read(thread))));
    expect(told).toContain("hello");
    expect(told).not.toContain("sk-of-the-other");
    // Another run, which does not trust it, sends none.
    await compile(graph, { models: { default: chat } }).invoke({ name: "Ada" });
    expect(heard.at(-1)!.authorization).toBeUndefined();
  });

  it("and does not follow it elsewhere", async () => {
    answers = "moved";
    const made = model(`openai:m@${origin(server)}/v1`, { key: "OTHER_KEY" });
    await expect((await made.load()).invoke("hello", { timeout: 20_000 })).rejects.toThrow();
    expect(heard.filter((one) => one.host === origin(elsewhere).slice("http://".length))).toEqual([]);
  });

  it("never in plain HTTP but to this machine", async () => {
    const made = model("openai:m@http://models.example:8000/v1", { key: "OTHER_KEY" });
    const error: any = await made.load().catch((e) => e);
    expect(error).toMatchObject({ code: "KEY_UNSAFE", hint: expect.stringContaining("https") });
    expect(error.message).not.toContain("sk-of-the-other");
  });

  it("is named, not given: the key itself is refused, and not repeated", () => {
    for (const id of ["openai:m@https://models.example/v1", "anthropic:m"]) {
      const error: any = (() => {
        try {
          model(id, { key: "sk-ant-secret-1" });
        } catch (e) {
          return e;
        }
      })();
      expect(error.code).toBe("OPTION_INVALID");
      expect(error.message).not.toContain("secret");
    }
    expect(() => model("llamacpp:smollm2-135m", { key: "OTHER_KEY" })).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });

  it("is asked for where it is not set, or the server says no", async () => {
    delete process.env.OTHER_KEY;
    await expect(model(`openai:m@${origin(server)}/v1`, { key: "OTHER_KEY" }).load()).rejects.toMatchObject({
      code: "KEY_MISSING",
      hint: expect.stringContaining("OTHER_KEY"),
    });
    answers = "refused";
    const ask = specialist({
      name: "ask",
      does: "Asks",
      input: z.object({ name: z.string() }),
      output: z.object({ text: z.string() }),
      run: async ({ name }, ctx) => ({ text: (await ctx.generate({ prompt: name })).text }),
    });
    const graph = defineGraph({
      name: "asking",
      state: { name: z.string(), text: z.string() },
      input: ["name"],
      output: ["text"],
      nodes: { ask: use(ask, {}) },
      start: "ask",
      edges: { ask: END },
    });
    const error: any = await compile(graph, { models: { default: model(`openai:m@${origin(server)}/v1`) } })
      .invoke({ name: "Ada" })
      .catch((e) => e);
    expect(error.code).toBe("KEY_REFUSED");
    expect(error.hint).toMatch(/trust: \{ keys/);
  });
});

describe("a URL holds no secrets", () => {
  const urls = [
    "https://ada:hunter2@models.example/v1",
    "https://hunter2@models.example/v1",
    "https://models.example/v1?api-key=hunter2",
    "https://models.example/v1#hunter2",
    "HTTPS://ada:hunter2@models.example/v1",
    "ftp://ada:hunter2@models.example/v1",
    "https://ada:hunter2@mod els.example:port/v1",
  ];
  const refused = (make: () => unknown) => {
    try {
      make();
    } catch (error) {
      return error as any;
    }
  };

  it.each(urls)("in a model's name (%#)", (url) => {
    for (const make of [() => model(`openai:m@${url}`), () => embeddings(`openai:m@${url}`), () => model(`anthropic:m@${url}`)]) {
      const error = refused(make);
      expect(error).toMatchObject({ code: "MODEL_URL", hint: expect.any(String) });
      expect(JSON.stringify([error.message, error.what, error.detail, String(error.stack)])).not.toContain("hunter2");
    }
  });

  it.each(urls.slice(0, 4))("in the environment (%#)", (url) => {
    process.env.OPENAI_BASE_URL = url;
    const error = refused(() => model("openai:gpt-4o"));
    expect(error).toMatchObject({ code: "MODEL_URL", what: expect.stringContaining("OPENAI_BASE_URL") });
    expect(error.message).not.toContain("hunter2");
  });

  it("and Ollama's, where its own variable holds one, sends it as a header and never tells it", async () => {
    const { host } = new URL(origin(server));
    process.env.OLLAMA_HOST = `http://ada:hunter2@${host}/?token=hunter2`;
    answers = "refused";
    const error: any = await model("ollama:m")
      .load()
      .catch((e) => e);
    expect(error.code).toBe("OLLAMA_FAILED");
    expect(heard[0]!.authorization).toBe(`Basic ${Buffer.from("ada:hunter2").toString("base64")}`);
    expect(JSON.stringify([error.message, error.detail])).not.toContain("hunter2");
  });

  it("and so with each call to Ollama", async () => {
    process.env.OLLAMA_HOST = origin(server).replace("//", "//ada:hunter2@");
    answers = "ollama";
    await (await model("ollama:m").load()).invoke("hello").catch(() => undefined);
    await (await embeddings("ollama:m").load()).embedQuery("hello").catch(() => undefined);
    const basic = `Basic ${Buffer.from("ada:hunter2").toString("base64")}`;
    expect(heard.map((one) => one.authorization)).toEqual(heard.map(() => basic));
    expect(paths).toEqual(expect.arrayContaining(["/api/chat", "/api/embed"]));
  });
});

describe("a model is local by its server's address", () => {
  const local = (url: string) => model(`openai:m@${url}/v1`).card.local;
  const ollama = (host: string) => {
    process.env.OLLAMA_HOST = host;
    return model("ollama:m").card.local;
  };
  it.each([
    "localhost",
    "LOCALHOST:8080",
    "127.0.0.1",
    "127.8.9.10:11434",
    "[::1]:8000",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "2130706433",
    "0x7f.1",
    "017700000001",
    "0.0.0.0:8000",
    "[::]:8000",
  ])("%s is this machine", (host) => {
    expect(local(`http://${host}`)).toBe(true);
    expect(ollama(`http://${host}`)).toBe(true);
  });
  it.each([
    "127.evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil.localhost.example",
    "sub.localhost",
    "localhost-evil.example",
    "10.0.0.1",
    "192.168.1.2",
    "128.0.0.1",
    "1.127.0.0",
    "[::ffff:10.0.0.1]",
    "[::2]",
    "[fe80::1]",
    "2147483649",
    "0.0.0.1",
  ])("%s is not", (host) => {
    expect(local(`http://${host}`)).toBe(false);
    expect(ollama(`http://${host}`)).toBe(false);
  });
});
