import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { appOf, type Specialist } from "@troupe/core";
import { afterEach, expect, it } from "vitest";
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
async function made(call: (request: IncomingMessage, response: ServerResponse, id: number) => void) {
  const asked: IncomingMessage[] = [];
  const server = createServer(async (request, response) => {
    asked.push(request);
    let body = "";
    for await (const chunk of request) body += chunk;
    if (request.method !== "POST") return response.writeHead(405).end();
    const { id, method, params } = JSON.parse(body);
    const answer = (result: object) =>
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ jsonrpc: "2.0", id, result }));
    if (method === "initialize")
      return answer({ protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "made", version: "1" } });
    if (method === "tools/list") return answer({ tools: [{ name: "work", inputSchema: { type: "object" } }] });
    if (method !== "tools/call") return response.writeHead(202).end();
    return call(request, response, id);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return { port: (server.address() as AddressInfo).port, asked };
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
