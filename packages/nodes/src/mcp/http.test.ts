import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { appOf, type Specialist } from "@troupe/core";
import { afterEach, expect, it } from "vitest";
import { until } from "../child/until.fixture.js";
import { type McpAddress, mcp } from "./mcp.js";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function to(port: number, more: Partial<McpAddress> = {}) {
  const made = mcp({ name: "far", url: `http://127.0.0.1:${port}/mcp`, ...more });
  closing.push(() => made.close());
  return made;
}
const run = async (one: Specialist | undefined, request: object = {}) => (await appOf(one!).invoke({ request })).answer;

async function everything(port: number): Promise<ChildProcess> {
  const script = createRequire(import.meta.url).resolve("@modelcontextprotocol/server-everything/dist/index.js");
  const child = spawn(process.execPath, [script, "streamableHttp"], {
    env: { ...process.env, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  closing.push(() => child.kill("SIGKILL"));
  let said = "";
  while (!/listening/i.test(said)) {
    const [data] = await Promise.race([once(child.stdout!, "data"), once(child.stderr!, "data")]);
    said += data;
  }
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

it("the official server answers over HTTP, with progress, and again after it was started anew", async () => {
  const port = await freePort();
  const first = await everything(port);
  const { tools } = await to(port).offer();
  expect(await run(tools["get-structured-content"], { location: "Chicago" })).toMatchObject({ humidity: expect.any(Number) });
  const heard: unknown[] = [];
  for await (const event of appOf(tools["trigger-long-running-operation"]!).events({ request: { duration: 0.3, steps: 3 } })) {
    if (event.kind === "progress") heard.push(event.part);
  }
  expect(heard.slice(0, 2)).toEqual([1 / 3, 2 / 3]);

  const working = async () => {
    const events = appOf(tools["trigger-long-running-operation"]!).events({ request: { duration: 300, steps: 3000 } });
    for await (const event of events) if (event.kind === "progress") first.kill("SIGKILL");
  };
  await expect(working()).rejects.toMatchObject({ code: "MCP_GONE" });
  await expect(run(tools.echo, { message: "hello" })).rejects.toMatchObject({ code: "MCP_UNREACHABLE" });
  await everything(port);
  expect((await run(tools.echo, { message: "hello" })).text).toBe("Echo: hello");
});

it("a session that the server no longer knows is begun anew, without a word", async () => {
  const port = await freePort();
  const first = await everything(port);
  const { tools } = await to(port).offer();
  first.kill("SIGKILL");
  await once(first, "exit");
  await everything(port);
  expect((await run(tools.echo, { message: "still here" })).text).toBe("Echo: still here");
});

/** A server of HTTP that answers `initialize`, and each call as it is told to. */
async function made(
  call: (request: IncomingMessage, response: ServerResponse, id: number) => void,
  {
    cancelled,
    session,
    over = (response) => response.writeHead(405).end(),
  }: {
    readonly cancelled?: (id: number) => void;
    readonly session?: () => string;
    readonly over?: (response: ServerResponse) => unknown;
  } = {},
) {
  const asked: IncomingMessage[] = [];
  const server = createServer(async (request, response) => {
    asked.push(request);
    let body = "";
    for await (const chunk of request) body += chunk;
    if (request.method === "DELETE") return over(response);
    if (request.method !== "POST") return response.writeHead(405).end();
    const { id, method, params } = JSON.parse(body);
    const answer = (result: object) =>
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ jsonrpc: "2.0", id, result }));
    if (method === "initialize" && session) response.setHeader("mcp-session-id", session());
    if (method === "initialize")
      return answer({ protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "made", version: "1" } });
    if (method === "tools/list") return answer({ tools: [{ name: "work", inputSchema: { type: "object" } }] });
    if (method === "notifications/cancelled") cancelled?.(params.requestId);
    if (method !== "tools/call") return response.writeHead(202).end();
    return call(request, response, id);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  closing.push(stop);
  return { port: (server.address() as AddressInfo).port, asked, stop };
}

it("a request that got no answer is not sent twice", async () => {
  let calls = 0;
  const { port } = await made((_request, response) => {
    calls++;
    response.writeHead(200, { "content-type": "text/event-stream" }).write(": working\n\n");
    setTimeout(() => response.destroy(), 50);
  });
  const { tools } = await to(port).offer();
  await expect(run(tools.work)).rejects.toMatchObject({ code: "MCP_GONE" });
  expect(calls).toBe(1);
});

it("what comes of one message is bounded, whole or as a stream", async () => {
  for (const type of ["application/json", "text/event-stream"]) {
    const { port } = await made((_request, response, id) => {
      const text = JSON.stringify({ jsonrpc: "2.0", id, result: { content: [{ type: "text", text: "x".repeat(300_000) }] } });
      response.writeHead(200, { "content-type": type }).end(type === "application/json" ? text : `data: ${text}\n\n`);
    });
    const { tools } = await to(port, { limits: { mediaBytes: 1000, jsonSize: 100_000 } }).offer();
    await expect(run(tools.work)).rejects.toMatchObject({ code: "MCP_GONE", what: expect.stringContaining("more than 101,334 bytes") });
    expect(await run((await to(port).offer()).tools.work)).toMatchObject({ text: "x".repeat(300_000) });
  }
});

it("headers go with each request to the server, and a redirect elsewhere is not followed", async () => {
  const elsewhere = await made(() => undefined);
  const { port, asked } = await made((_request, response) => {
    response.writeHead(307, { location: `http://localhost:${elsewhere.port}/mcp` }).end();
  });
  const { tools } = await to(port, { headers: { authorization: "Bearer key" } }).offer();
  await expect(run(tools.work)).rejects.toMatchObject({ code: "MCP_GONE" });
  expect(asked.filter(({ method }) => method === "POST").map(({ headers }) => headers.authorization)).toEqual(Array(4).fill("Bearer key"));
  expect(elsewhere.asked).toEqual([]);
});

it("a server that wants a key is an error that says so", async () => {
  const server = createServer((_request, response) => response.writeHead(401).end("no key")).listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => server.close());
  const offer = to((server.address() as AddressInfo).port).offer();
  await expect(offer).rejects.toMatchObject({ code: "MCP_UNREACHABLE", hint: expect.stringContaining("headers") });
});

const json = (response: ServerResponse, body: unknown, status = 200) =>
  response.writeHead(status, { "content-type": "application/json" }).end(typeof body === "string" ? body : JSON.stringify(body));
const texted = (id: number, text: string) => ({ jsonrpc: "2.0", id, result: { content: [{ type: "text", text }] } });

it.each<[string, (response: ServerResponse, id: number) => unknown, object]>([
  [
    "401",
    (response) => response.writeHead(401).end("expired"),
    { code: "MCP_REFUSED", what: expect.stringContaining("HTTP 401: expired"), hint: expect.stringContaining("headers") },
  ],
  ["413", (response) => response.writeHead(413).end(), { code: "MCP_REFUSED", hint: "Give it less at once." }],
  [
    "400 with an error of the protocol's",
    (response, id) => json(response, { jsonrpc: "2.0", id, error: { code: -32602, message: "no such field" } }, 400),
    { code: "MCP_REFUSED", what: expect.stringMatching(/HTTP 400: no such field$/) },
  ],
  ["500", (response) => response.writeHead(500).end("boom"), { code: "MCP_GONE", what: expect.stringContaining("HTTP 500: boom") }],
  ["a page", (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>"), { code: "MCP_ANSWER" }],
  ["what is no JSON", (response) => json(response, "{oops"), { code: "MCP_ANSWER" }],
  ["nothing", (response) => response.writeHead(202).end(), { code: "MCP_GONE" }],
  ["the answer to something else", (response, id) => json(response, texted(id + 7, "other")), { code: "MCP_GONE" }],
])("what a server answers in place of an answer is told as it is: %s", async (_, how, failure) => {
  const { port } = await made((_request, response, id) => how(response, id));
  const { tools } = await to(port).offer();
  await expect(run(tools.work)).rejects.toMatchObject(failure);
});

it.each(["application/json", "text/event-stream"])(
  "a number with more digits than a number holds comes as its text, in %s",
  async (type) => {
    const { port } = await made(async (_request, response, id) => {
      const text = `{"jsonrpc":"2.0","id":${id},"result":{"content":[{"type":"text","text":"größer 98765432109876543210"}],"structuredContent":{"id":12345678901234567890}}}`;
      const bytes = Buffer.from(type === "application/json" ? text : `id: 11111111111111111111\r\ndata: ${text}\r\n\r\n`);
      response.writeHead(200, { "content-type": type });
      for (let at = 0; at < bytes.length; at += 40) {
        response.write(bytes.subarray(at, at + 40));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    });
    const { tools } = await to(port).offer();
    const answer = { text: "größer 98765432109876543210", data: { id: "12345678901234567890" } };
    expect(await run(tools.work)).toMatchObject(answer);
  },
);

it("an answer in a stream is heard while that is open, however its lines end", async () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const { port } = await made((_request, response, id) => {
      response
        .writeHead(200, { "content-type": "text/event-stream" })
        .write(`data: ${JSON.stringify(texted(id, "heard"))}${end}${end}: ${end}`);
    });
    const { tools } = await to(port, { timeout: 5000 }).offer();
    expect((await run(tools.work)).text).toBe("heard");
  }
});

it("what was wrong with one answer is not said of the next", async () => {
  let calls = 0;
  const { port } = await made((_request, response, id) =>
    json(response, ++calls === 1 ? texted(id, "x".repeat(300_000)) : { jsonrpc: "2.0", id, error: { code: -32602, message: "no" } }),
  );
  const { tools } = await to(port, { limits: { mediaBytes: 1000, jsonSize: 100_000 } }).offer();
  await expect(run(tools.work)).rejects.toMatchObject({ code: "MCP_GONE", what: expect.stringContaining("more than 101,334 bytes") });
  await expect(run(tools.work)).rejects.toMatchObject({ code: "MCP_REFUSED" });
});

it("a request that was never sent, since nobody listens, was not done", async () => {
  const { port, stop } = await made((_request, response, id) => json(response.setHeader("connection", "close"), texted(id, "done")));
  const { tools } = await to(port).offer();
  await run(tools.work);
  await stop();
  // Until the client's side hears that the connection was closed, it may be taken for one that is open.
  await until(async () => (await run(tools.work).catch(({ code }) => code)) === "MCP_UNREACHABLE");
});

it("requests at once that a server refuses since it was started anew are all sent again", async () => {
  let session = "first";
  const { port } = await made(
    (request, response, id) => {
      if (request.headers["mcp-session-id"] === session) return json(response, texted(id, "done"));
      setTimeout(
        () => json(response, { jsonrpc: "2.0", id: null, error: { code: -32001, message: "Session not found" } }, 404),
        10 * (id % 5),
      );
    },
    { session: () => session },
  );
  const { tools } = await to(port).offer();
  session = "second";
  const all = await Promise.all(Array.from({ length: 5 }, () => run(tools.work)));
  expect(all.map(({ text }) => text)).toEqual(Array(5).fill("done"));
});

it("where the answer to one request breaks off, those beside it go on", async () => {
  const begun: number[] = [];
  const { port } = await made((_request, response, id) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write(": working\n\n");
    if (begun.push(id) === 1) setTimeout(() => response.destroy(), 50);
    else setTimeout(() => response.end(`data: ${JSON.stringify(texted(id, "done"))}\n\n`), 300);
  });
  const { tools } = await to(port).offer();
  const cut = expect(run(tools.work)).rejects.toMatchObject({ code: "MCP_GONE" });
  expect((await run(tools.work)).text).toBe("done");
  await cut;
});

it.each(["abort", "timeout"])("the answer to a request that was given up (%s) is waited for no longer", async (how) => {
  const open = new Map<number, Promise<unknown>>();
  const cancelled: number[] = [];
  const { port } = await made(
    (_request, response, id) => {
      open.set(id, once(response, "close"));
      // One says at once that it works, the other is silent.
      if (open.size === 1) response.writeHead(200, { "content-type": "text/event-stream" }).write(": working\n\n");
    },
    { cancelled: (id) => cancelled.push(id) },
  );
  const { tools } = await to(port, how === "timeout" ? { timeout: 300 } : {}).offer();
  const signal = how === "abort" ? AbortSignal.timeout(300) : undefined;
  const failed = [1, 2].map(() =>
    appOf(tools.work!)
      .invoke({ request: {} }, signal && { signal })
      .catch((error) => error),
  );
  for (const one of failed) expect(await one).toMatchObject({ code: how === "abort" ? "TIMEOUT" : "MCP_TIMEOUT" });
  await Promise.all(open.values());
  expect(cancelled.sort()).toEqual([...open.keys()].sort());
});

it.each<[string, (response: ServerResponse) => unknown]>([
  ["takes it", (response) => response.writeHead(200).end()],
  ["ends no sessions", (response) => response.writeHead(405).end()],
  ["fails", (response) => response.writeHead(500).end()],
  ["breaks off", (response) => response.destroy()],
  ["does not answer", () => undefined],
])("a server that %s is told that its session is over", async (_, over) => {
  const { port, asked } = await made(() => undefined, { session: () => "the session", over });
  const server = to(port);
  await server.offer();
  const begun = Date.now();
  await server.close();
  expect(Date.now() - begun).toBeLessThan(10_000);
  const told = asked.filter(({ method }) => method === "DELETE").map(({ headers }) => headers["mcp-session-id"]);
  expect(told).toEqual(["the session"]);
});

it("a server without sessions is told of no end", async () => {
  const { port, asked } = await made(() => undefined);
  const server = to(port);
  await server.offer();
  await server.close();
  expect(asked.map(({ method }) => method)).not.toContain("DELETE");
});
