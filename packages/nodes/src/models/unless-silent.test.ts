import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { compile, defineGraph, END, specialist } from "@troupe/core";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { decisions, embeddings, model } from "./model.js";
import { patientFetch } from "./patient-fetch.js";
import { unlessSilent } from "./unless-silent.js";

/** Milliseconds; what is heard comes sooner, what is silent goes on for ever. */
const bound = vi.hoisted(() => 400);
vi.mock(import("./silence.js"), () => ({ silence: { hosted: bound, other: bound } as never }));

let answer: (response: ServerResponse, path: string) => unknown;
let left: Promise<unknown>[] = [];
const server = createServer((request, response) => {
  left.push(once(response, "close"));
  request.resume().on("end", () => answer(response, request.url!));
});
let origin: string;
const kept = process.env.OLLAMA_HOST;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.OLLAMA_HOST = origin;
});
afterEach(() => {
  left = [];
});
afterAll(() => {
  if (kept === undefined) delete process.env.OLLAMA_HOST;
  else process.env.OLLAMA_HOST = kept;
  server.closeAllConnections();
  server.close();
});

const silent = { code: "TIMEOUT", message: expect.stringContaining("has said nothing for 0.4 s") };
const ways: [string, () => typeof fetch][] = [
  ["Node's", () => unlessSilent((...asked) => fetch(...asked), bound)],
  ["ours", () => patientFetch()],
];

it.each(ways)("over %s, a server is left that says nothing, from its start or half way", async (_, fetch) => {
  answer = () => {};
  await expect(fetch()(origin)).rejects.toMatchObject(silent);
  answer = (response) => response.writeHead(200).write("half of");
  await expect((await fetch()(origin)).text()).rejects.toMatchObject(silent);
  await Promise.all(left);
});

it.each(ways)("over %s, a slow answer comes whole, and a reader that takes its time is not the server's silence", async (_, fetch) => {
  answer = async (response) => {
    for (const word of ["one ", "two ", "three ", "four ", "five ", "six"]) {
      await sleep(bound / 4);
      response.write(word);
    }
    response.end();
  };
  expect(await (await fetch()(origin)).text()).toBe("one two three four five six");
  answer = (response) => response.end("x".repeat(100_000));
  const reader = (await fetch()(origin)).body!.getReader();
  let bytes = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (bytes === 0) await sleep(2 * bound);
    bytes += next.value.length;
  }
  expect(bytes).toBe(100_000);
});

it.each(ways)("over %s, an abort says why before and after the headers, and a reader that leaves hangs up", async (_, fetch) => {
  const stop = new AbortController();
  answer = (response) => response.writeHead(200).write("half of");
  const text = (await fetch()(origin, { signal: stop.signal })).text();
  stop.abort(new TypeError("enough"));
  await expect(text).rejects.toThrow("enough");
  await expect(fetch()(origin, { signal: stop.signal })).rejects.toThrow("enough");
  await (await fetch()(origin)).body!.cancel();
  await Promise.all(left);
});

const asks = (run: (ctx: any) => Promise<unknown>, models: object) =>
  compile(
    defineGraph({
      name: "asks",
      state: { out: z.string() },
      input: [],
      output: ["out"],
      nodes: {
        ask: specialist({
          name: "ask",
          does: "Asks",
          input: z.object({}),
          output: z.object({ out: z.string() }),
          run: async (_, ctx) => ({ out: JSON.stringify(await run(ctx)) }),
        }),
      },
      start: "ask",
      edges: { ask: END },
    }),
    { models: models as never },
  ).invoke({});

const shown = (response: ServerResponse, path: string): unknown => {
  if (path === "/api/show") return response.end(JSON.stringify({ model_info: {}, capabilities: [] }));
  if (path === "/api/tags") return response.end(JSON.stringify({ models: [] }));
};

it.each<[string, () => Promise<unknown>]>([
  ["Ollama's chat", () => asks((ctx) => ctx.generate({ prompt: "Hi" }), { default: model("ollama:phi3:mini") })],
  ["Ollama's vectors", () => asks((ctx) => ctx.embed(["Hi"]), { embeddings: embeddings("ollama:nomic") })],
  ["vectors", () => asks((ctx) => ctx.embed(["Hi"]), { embeddings: embeddings(`openai:m@${origin}/v1`) })],
  ...["ollama:nano", "systemone:nano@", "openai:nano@"].map((id): [string, () => Promise<unknown>] => [
    `decisions of ${id}`,
    () =>
      asks((ctx) => ctx.decide({ state: "x", questions: { a: { type: "noul", instructions: "Is it?" } } }), {
        decisions: decisions(id.endsWith("@") ? `${id}${origin}` : id),
      }),
  ]),
])("a silent server of %s is left, and is said to be silent", async (_, ask) => {
  answer = shown;
  await expect(ask()).rejects.toMatchObject({ ...silent, detail: { at: "ask" } });
  await Promise.all(left);
});
