import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { appOf, mark, media, type Specialist, specialist, TroupeError, team } from "@troupe/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { until } from "../../child/until.fixture.js";
import { mcp } from "../mcp.js";
import { serveMcp } from "./serve-mcp.js";
import { serveMcpHttp } from "./serve-mcp-http.js";

const loud = specialist({
  name: "loud",
  does: "Writes a text in capitals",
  input: z.object({ text: z.string() }),
  output: z.object({ loud: z.string() }),
  run: ({ text }, ctx) => {
    ctx.progress("shouts", 0.5);
    return { loud: text.toUpperCase() };
  },
});
const count = specialist({
  name: "count",
  does: "Counts the letters of a text",
  input: z.object({ text: z.string() }),
  output: z.object({ letters: z.number() }),
  run: ({ text }) => ({ letters: text.length }),
});
const desk = team({
  name: "desk",
  does: "Writes the text in capitals and counts its letters",
  planner: "typed",
  members: [loud, count],
  input: z.object({ text: z.string() }),
  output: z.object({ loud: z.string(), letters: z.number() }),
});
const size = specialist({
  name: "size",
  does: "Tells how large a picture is",
  effects: true,
  input: z.object({ picture: media.image().describe("What to look at") }),
  output: z.object({ picture: media.image(), type: z.string() }),
  run: ({ picture }) => ({ picture, type: picture.type }),
});
const aborted: string[] = [];
const slow = specialist({
  name: "slow",
  does: "Takes for ever",
  input: z.object({}),
  output: z.object({ done: z.boolean() }),
  run: (_, ctx) => {
    ctx.progress("begins");
    return new Promise<{ done: boolean }>((_resolve, reject) => {
      ctx.signal.addEventListener("abort", () => {
        aborted.push(ctx.at);
        reject(ctx.signal.reason);
      });
    });
  },
});
const echo = specialist({
  name: "echo",
  does: "Gives what it is given",
  input: z.object({ data: z.record(z.string(), z.string()) }),
  output: z.object({ data: z.record(z.string(), z.string()) }),
  run: ({ data }) => ({ data }),
});
const specialists = [desk, loud, size, slow, echo];

const closing: (() => unknown)[] = [];
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "troupe-serve-"));
  aborted.length = 0;
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await rm(dir, { recursive: true, force: true });
});

/** The official client over the pipes of a server here. */
async function overPipes(): Promise<{ client: Client; closed: Promise<void> }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const { closed } = await serveMcp({ specialists, trust: { folders: [dir] }, pipes: { input, output } });
  const { serializeMessage, ReadBuffer } = await import("@modelcontextprotocol/sdk/shared/stdio.js");
  const buffer = new ReadBuffer();
  const transport: Transport = {
    async start() {
      output.on("data", (chunk) => {
        buffer.append(chunk);
        for (let one = buffer.readMessage(); one; one = buffer.readMessage()) transport.onmessage?.(one);
      });
    },
    send: async (message) => void input.write(serializeMessage(message)),
    close: async () => {
      input.end();
      transport.onclose?.();
    },
  };
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  closing.push(() => client.close());
  return { client, closed };
}

async function overHttp(offered: readonly Specialist[] = specialists): Promise<{ client: Client; url: string }> {
  const served = await serveMcpHttp({ specialists: offered });
  closing.push(() => served.close());
  const client = new Client({ name: "test", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(served.url)) as Transport);
  closing.push(() => client.close());
  return { client, url: served.url };
}

it.each([
  ["pipes", overPipes],
  ["HTTP", () => overHttp()],
])("a team is a tool with its schemas, over %s", async (_, over) => {
  const { client } = await over();
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["desk", "loud", "size", "slow", "echo"]);
  expect(tools[0]).toMatchObject({
    description: desk.does,
    inputSchema: { required: ["text"] },
    outputSchema: { properties: { letters: { type: "number" } } },
  });
  expect(tools.map(({ annotations }) => annotations?.readOnlyHint)).toEqual([true, true, false, true, true]);
  const heard: string[] = [];
  const answer = await client.callTool({ name: "desk", arguments: { text: "hello" } }, undefined, {
    onprogress: ({ message }) => heard.push(message!),
  });
  expect(answer.structuredContent).toEqual({ loud: "HELLO", letters: 5 });
  expect(JSON.parse((answer.content as [{ text: string }])[0].text)).toEqual(answer.structuredContent);
  expect(heard.some((one) => /: shouts$/.test(one))).toBe(true);
});

it.each([
  ["pipes", overPipes],
  ["HTTP", overHttp],
])("a client's cancellation aborts the run, over %s", async (_, over) => {
  const { client } = await over();
  const abort = new AbortController();
  const begun = new Promise<void>((resolve) => {
    const calling = client.callTool({ name: "slow", arguments: {} }, undefined, {
      signal: abort.signal,
      onprogress: ({ message }) => /begins/.test(message!) && resolve(),
    });
    calling.catch(() => undefined);
  });
  await begun;
  abort.abort();
  await until(() => aborted.length === 1);
});

it("media are taken as paths within trust, and their bytes are given", async () => {
  const { client } = await overPipes();
  const { tools } = await client.listTools();
  expect(tools[2]?.inputSchema.properties).toEqual({
    picture: { type: "string", description: "What to look at (An image, as a path or URL)" },
  });
  const gif = Buffer.from("R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=", "base64");
  await writeFile(join(dir, "dot.gif"), gif);
  const { content, structuredContent } = await client.callTool({ name: "size", arguments: { picture: join(dir, "dot.gif") } });
  expect(structuredContent).toMatchObject({ type: "image/gif", picture: { path: "dot.gif" } });
  expect(content).toContainEqual({ type: "image", data: gif.toString("base64"), mimeType: "image/gif" });
  const outside = await client.callTool({ name: "size", arguments: { picture: "/etc/passwd" } });
  expect(outside).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/^MEDIA_UNTRUSTED/) }] });
});

it.each([
  ["pipes", overPipes],
  ["HTTP", overHttp],
])("what only looks like a medium is data like any other, and no file is read for it, over %s", async (_, over) => {
  const data = { path: import.meta.filename, type: "text/plain", hash: "sha256:0" };
  const { client } = await over();
  const { content, structuredContent } = await client.callTool({ name: "echo", arguments: { data } });
  expect(structuredContent).toEqual({ data });
  expect(content).toHaveLength(1);
});

it("over HTTP a client names no files, unless it is trusted to", async () => {
  const { client } = await overHttp();
  const named = await client.callTool({ name: "size", arguments: { picture: "package.json" } });
  expect(named).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/^MEDIA_UNTRUSTED/) }] });
});

it("what cannot be taken is told to whoever called", async () => {
  const { client } = await overPipes();
  const answer = await client.callTool({ name: "loud", arguments: { text: 7 } });
  expect(answer).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/^INPUT_INVALID/) }] });
  await expect(client.callTool({ name: "lout", arguments: {} })).rejects.toThrow(/Did you mean loud/);
});

it("is over when the client closes its pipe, and what ran is aborted", async () => {
  const { client, closed } = await overPipes();
  await new Promise<void>((resolve) => {
    client
      .callTool({ name: "slow", arguments: {} }, undefined, { onprogress: ({ message }) => /begins/.test(message!) && resolve() })
      .catch(() => undefined);
  });
  await client.close();
  await closed;
  await until(() => aborted.length === 1);
});

it("a session in which something runs gives way to no new one", async () => {
  const { client, url } = await overHttp();
  const running = new Promise<void>((resolve) => {
    client
      .callTool({ name: "slow", arguments: {} }, undefined, { onprogress: ({ message }) => /begins/.test(message!) && resolve() })
      .catch(() => undefined);
  });
  await running;
  const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "x", version: "1" } };
  const begin = () =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params }),
    });
  const first = (await begin()).headers.get("mcp-session-id")!;
  for (let i = 0; i < 105; i++) await (await begin()).text();
  expect(aborted).toEqual([]);
  expect((await fetch(url, { method: "DELETE", headers: { "mcp-session-id": first } })).status).toBe(404);
});

it("a client that is asked for hears at once that its server was closed", async () => {
  const served = await serveMcpHttp({ specialists });
  const far = mcp({ name: "far", url: served.url });
  closing.push(() => far.close());
  const { tools } = await far.offer();
  const events = appOf(tools.slow!).events({ request: {} });
  const hearing = (async () => {
    for await (const event of events) if (event.kind === "progress" && /begins/.test(event.message)) void served.close();
  })();
  await expect(hearing).rejects.toMatchObject({ code: "MCP_GONE" });
});

it("where one connection breaks, what was asked for over it is aborted, and the rest of that client's goes on", async () => {
  let go = () => {};
  const waits = specialist({
    name: "waits",
    does: "Waits until it may go",
    input: z.object({}),
    output: z.object({ done: z.boolean() }),
    run: (_, ctx) =>
      new Promise<{ done: boolean }>((resolve, reject) => {
        go = () => resolve({ done: true });
        ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason));
        ctx.progress("waits");
      }),
  });
  const { client, url } = await overHttp([waits, slow, loud]);
  const { sessionId } = client.transport as StreamableHTTPClientTransport;
  let answered: Promise<unknown> | undefined;
  await new Promise<void>((resolve) => {
    answered = client.callTool({ name: "waits", arguments: {} }, undefined, {
      onprogress: ({ message }) => /waits$/.test(message!) && resolve(),
    });
  });
  const stop = new AbortController();
  const other = await fetch(url, {
    method: "POST",
    signal: stop.signal,
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream", "mcp-session-id": sessionId! },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: "other",
      method: "tools/call",
      params: { name: "slow", arguments: {}, _meta: { progressToken: "other" } },
    }),
  });
  for (const reader = other.body!.getReader(); ; ) if (/begins/.test(Buffer.from((await reader.read()).value!).toString())) break;
  stop.abort();
  await until(() => aborted.length === 1);
  go();
  expect(await answered).toMatchObject({ structuredContent: { done: true } });
  expect(await client.callTool({ name: "loud", arguments: { text: "hi" } })).toMatchObject({ structuredContent: { loud: "HI" } });
});

it.each(["pipes", "HTTP"])("a number with more digits than a number holds is taken as its text, over %s", async (over) => {
  const asked = '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{"data":{"id":12345678901234567890}}}}';
  const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "x", version: "1" } };
  const begin = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params });
  let said = "";
  if (over === "pipes") {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const { close } = await serveMcp({ specialists, pipes: { input, output } });
    closing.push(close);
    output.on("data", (data) => {
      said += data;
    });
    for (const piece of `${begin}\n${asked}\n`.match(/.{1,30}|\n/g)!) input.write(piece);
    await until(() => /"id":2\}/.test(said));
  } else {
    const { client, url } = await overHttp();
    const { sessionId } = client.transport as StreamableHTTPClientTransport;
    const headers = { "content-type": "application/json", accept: "application/json, text/event-stream", "mcp-session-id": sessionId! };
    said = await (await fetch(url, { method: "POST", headers, body: asked })).text();
    expect((await fetch(url, { method: "POST", headers, body: "{oops" })).status).toBe(400);
  }
  expect(said).toContain('"data":{"id":"12345678901234567890"}');
});

it("a request larger than a message may be is refused", async () => {
  const served = await serveMcpHttp({ specialists, limits: { mediaBytes: 1000, jsonSize: 1000 } });
  closing.push(() => served.close());
  const answer = await fetch(served.url, { method: "POST", headers: { "content-type": "application/json" }, body: "x".repeat(5_000_000) });
  expect(answer.status).toBe(413);
});

it("requests that name another host, of another page's, or with an unknown session are refused", async () => {
  const { url } = await overHttp();
  const status = async (headers: Record<string, string>) => {
    const asked = request(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
    });
    asked.end(
      JSON.stringify({
        jsonrpc: "2.0",
        id: 1,
        method: "initialize",
        params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "x", version: "1" } },
      }),
    );
    const [response] = await once(asked, "response");
    response.destroy();
    return response.statusCode;
  };
  expect(await status({ host: "rebound.example" })).toBe(403);
  expect(await status({ origin: "https://page.example" })).toBe(403);
  expect(await status({ "mcp-session-id": "none" })).toBe(404);
  expect(await status({})).toBe(200);
});

it("what comes from elsewhere is refused before its body is there", async () => {
  const { url } = await overHttp();
  for (const headers of [{ host: "rebound.example" }, { origin: "https://page.example" }]) {
    const asked = request(url, { method: "POST", headers: { "content-type": "application/json", "content-length": "1000", ...headers } });
    asked.flushHeaders();
    const [response] = await once(asked, "response");
    expect(response.statusCode).toBe(403);
    asked.destroy();
  }
});

it("no error tells a client where things lie on this machine", async () => {
  const failing = (name: string, thrown: () => unknown) =>
    specialist({
      ...{ name, does: "Fails", input: z.object({}), output: z.object({}) },
      run: () => {
        throw thrown();
      },
    });
  const offered = [
    failing("lacking", () => Object.assign(new Error(`ENOENT: no such file, open '${dir}/orders/17.json'`), { code: "ENOENT" })),
    failing(
      "own",
      () => new TroupeError("ORDER_UNKNOWN", "There is no order 17", { file: join(dir, "orders.db"), hint: "Ask for another." }),
    ),
  ];
  const { client } = await overHttp(offered);
  const told = async (name: string) => JSON.stringify((await client.callTool({ name, arguments: {} })).content);
  const said = [await told("lacking"), await told("own")];
  expect(said[0]).toMatch(/SPECIALIST_FAILED: .*open '17\.json'/);
  expect(said[1]).toMatch(/ORDER_UNKNOWN: There is no order 17 .*orders\.db.*Ask for another/);
  for (const one of said) for (const path of [dir, process.cwd()]) expect(one).not.toContain(path);
});

it("a team served here is a specialist elsewhere", async () => {
  const { url } = await overHttp();
  const far = mcp({ name: "far", url });
  closing.push(() => far.close());
  const { tools, issues } = await far.offer();
  expect(issues).toEqual([]);
  expect((await appOf(tools.desk!).invoke({ request: { text: "hello" } })).answer).toEqual({ loud: "HELLO", letters: 5 });
});

it("gives a client nothing that is private, since nobody knows which model stands behind it", async () => {
  const record = specialist({
    name: "record",
    does: "Looks a record up",
    input: z.object({}),
    output: z.object({ record: mark.private(z.string()) }),
    run: () => ({ record: "Ada Nilsson, born 1 May 1961" }),
  });
  const { client } = await overHttp([record]);
  const answer = await client.callTool({ name: "record", arguments: {} });
  expect(answer).toMatchObject({ isError: true, content: [{ text: expect.stringContaining("PRIVATE_DATA") }] });
  expect(JSON.stringify(answer)).not.toContain("Ada");
});

it("a port that another program has is an error that says so", async () => {
  const { url } = await overHttp();
  const port = Number(new URL(url).port);
  await expect(serveMcpHttp({ specialists, port })).rejects.toMatchObject({
    code: "PORT_REFUSED",
    what: expect.stringContaining(`${port}`),
  });
});

it("serves something, and nothing twice", async () => {
  for (const none of [[], [loud, loud]]) {
    await expect(serveMcp({ specialists: none, pipes: { input: new PassThrough(), output: new PassThrough() } })).rejects.toMatchObject({
      code: "MCP_INVALID",
    });
  }
});

it.each<[string, any, string]>([
  ["nothing", undefined, "MCP_INVALID"],
  ["one specialist that stands in no list", { specialists: loud }, "MCP_INVALID"],
  ["a list of nothing", { specialists: [undefined] }, "MCP_INVALID"],
  ["what is no specialist", { specialists: [{}] }, "SPECIALIST_INVALID"],
  ["a name that is none", { specialists: [loud], name: 5 }, "OPTION_INVALID"],
])("%s is not served", async (_, options, code) => {
  await expect(serveMcp(options)).rejects.toMatchObject({ code });
  await expect(serveMcpHttp(options)).rejects.toMatchObject({ code });
});

it("pipes and ports that are none are refused", async () => {
  for (const pipes of [null, 5, {}])
    await expect(serveMcp({ specialists: [loud], pipes } as any)).rejects.toMatchObject({ code: "OPTION_INVALID" });
  for (const port of [-1, 99_999, "3000"])
    await expect(serveMcpHttp({ specialists: [loud], port } as any)).rejects.toMatchObject({ code: "OPTION_INVALID" });
});
