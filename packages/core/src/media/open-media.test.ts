import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { JsonSchema } from "../schema/json.js";
import { jsonSchemaOf } from "../schema/schema.js";
import { type MediaKind, type MediaSource, media } from "./media.js";
import { openAll } from "./open-all.js";
import { type OpenOptions, openMedia as open } from "./open-media.js";

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const wav = Buffer.concat([
  Buffer.from("RIFF\x2c\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data\x08\0\0\0", "latin1"),
  Buffer.alloc(8),
]);
let dir: string;
/** As a program opens what lies in the test's folder, and asks the test's server. */
const openMedia = <K extends MediaKind>(kind: K, source: MediaSource<K>, options: OpenOptions = {}) =>
  open(kind, source, { trust: { folders: [dir, "."], hosts: ["127.0.0.1"] }, ...options });
const all = (schema: JsonSchema, value: unknown) => openAll(schema, value, openMedia);

let server: Server;
let base: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "troupe-open-media-"));
  await writeFile(join(dir, "dot.png"), png);
  await writeFile(join(dir, "memo.wav"), wav);
  await writeFile(join(dir, "note.txt"), "Grüße – a note\n");
  await writeFile(join(dir, "song.wav"), "no sound, only words");
  await writeFile(join(dir, "table.csv"), "a,b\n1,2\n");
  await writeFile(join(dir, "noise.txt"), Buffer.from([0, 255, 1, 254, 0, 0]));
  await writeFile(join(dir, "empty.png"), "");
  await writeFile(join(dir, "page.pdf"), "%PDF-1.4\n%EOF\n");
  server = createServer((request, answer) => {
    if (request.url?.startsWith("/dot")) answer.end(png);
    else if (request.url !== "/slow") answer.writeHead(404).end();
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(dir, { recursive: true, force: true });
});

describe("openMedia", () => {
  it("opens a relative path: absolute, typed by its bytes, hashed", async () => {
    const opened = await openMedia("image", relative(process.cwd(), join(dir, "dot.png")));
    expect(opened).toEqual({
      path: join(dir, "dot.png"),
      type: "image/png",
      hash: `sha256:${createHash("sha256").update(png).digest("hex")}`,
    });
  });

  it.each([
    ["memo.wav", "audio/wav"],
    ["note.txt", "text/plain"],
    ["song.wav", "text/plain"],
    ["table.csv", "text/csv"],
    ["noise.txt", "application/octet-stream"],
    ["page.pdf", "application/pdf"],
  ])("tells the type of %s from its bytes: %s", async (name, type) => {
    expect((await openMedia("file", join(dir, name))).type).toBe(type);
  });

  it("opens file URLs, http URLs, data URLs and bytes to the same medium, kept by the store", async () => {
    const kept: string[] = [];
    const store = {
      find: async () => undefined,
      store: async (bytes: Uint8Array, hash: string, extension: string) => {
        const path = join(dir, `${hash.slice(7, 17)}.${extension}`);
        kept.push(path);
        await writeFile(path, bytes);
        return path;
      },
    };
    const { hash } = await openMedia("image", pathToFileURL(join(dir, "dot.png")), { store });
    expect(kept).toEqual([]);
    for (const source of [`${base}/dot`, new URL(`${base}/dot.gif?size=1`), `data:image/png;base64,${png.toString("base64")}`, png]) {
      const opened = await openMedia("page", source, { store });
      expect(opened).toEqual({ path: kept.at(-1), type: "image/png", hash });
      expect(opened.path).toMatch(/\.png$/);
    }
    const alone = await openMedia("image", new Uint8Array(png));
    expect(isAbsolute(alone.path) && (await readFile(alone.path)).equals(png)).toBe(true);
  });

  it.each([
    ["nowhere.png", "image", "MEDIA_MISSING", /nowhere\.png/],
    ["note.txt/inside.png", "image", "MEDIA_MISSING", /inside\.png/],
    ["empty.png", "image", "MEDIA_EMPTY", /empty/],
    ["note.txt", "audio", "MEDIA_KIND", /expected audio, got text\/plain/],
    ["memo.wav", "page", "MEDIA_KIND", /expected a page, got audio\/wav/],
    ["song.wav", "audio", "MEDIA_KIND", /expected audio, got text\/plain/],
    ["", "file", "MEDIA_KIND", /expected a file, got a folder/],
  ] as const)("refuses %s as %s with %s", async (name, kind, code, message) => {
    await expect(openMedia(kind, join(dir, name))).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it.each([
    ["an empty path", () => "", "MEDIA_MISSING"],
    ["text given for a path", () => "word ".repeat(2000), "MEDIA_MISSING"],
    ["no bytes", () => new Uint8Array(), "MEDIA_EMPTY"],
    ["an empty data URL", () => "data:,", "MEDIA_EMPTY"],
    ["a page that is not there", () => `${base}/gone?token=secret`, "MEDIA_UNREACHABLE"],
    ["a server that is not there", () => "http://127.0.0.1:1/x.png", "MEDIA_UNREACHABLE"],
    ["a scheme it does not know", () => "ftp://host/x.png", "MEDIA_UNREACHABLE"],
    ["an address that is none", () => "http://", "MEDIA_UNREACHABLE"],
  ])("refuses %s", async (_, source, code) => {
    const error = await openMedia("image", source()).catch((e) => e);
    expect(error).toMatchObject({ name: "TroupeError", code });
    expect(error.hint).toBeTruthy();
    expect(error.message).not.toContain("secret");
    expect(error.message.length).toBeLessThan(700);
  });

  it("gives up a download on abort", async () => {
    const abort = new AbortController();
    const opened = openMedia("image", `${base}/slow`, { signal: abort.signal });
    abort.abort("enough");
    await expect(opened).rejects.toMatchObject({ code: "ABORTED", what: "openMedia was aborted: enough", cause: "enough" });
  });

  it("refuses a medium opened before whose file changed or went", async () => {
    const path = join(dir, "changing.txt");
    await writeFile(path, "one");
    const opened = await openMedia("file", path);
    expect(await openMedia("file", opened)).toEqual(opened);
    await writeFile(path, "two");
    await expect(openMedia("file", opened)).rejects.toMatchObject({ code: "MEDIA_CHANGED" });
    await rm(path);
    await expect(openMedia("file", opened)).rejects.toMatchObject({ code: "MEDIA_MISSING", detail: { file: path } });
  });
});

describe("openAll", () => {
  const page = z.object({ page: media.page() });
  const input = z.object({
    title: z.string(),
    memo: media.audio().optional(),
    pages: z.array(page),
    cover: z.union([media.image(), z.null()]),
    words: z.union([media.file(), z.string()]),
    named: z.record(z.string(), media.file()),
    pair: z.tuple([z.string(), media.image()]),
    part: z.discriminatedUnion("is", [
      z.object({ is: z.literal("text"), of: z.string() }),
      z.object({ is: z.literal("photo"), of: media.image() }),
    ]),
    both: z.intersection(z.object({ a: media.file() }), z.object({ b: z.string() })),
  });
  const at = (name: string) => join(dir, name);

  it("opens the media wherever the schema has them, and nothing else", async () => {
    const dot = await openMedia("image", at("dot.png"));
    const given = {
      title: at("dot.png"),
      pages: [{ page: at("dot.png") }, { page: dot }],
      cover: at("dot.png"),
      words: at("note.txt"),
      named: { n: at("dot.png") },
      pair: [at("dot.png"), at("dot.png")],
      part: { is: "photo", of: at("dot.png") },
      both: { a: at("dot.png"), b: at("dot.png") },
    };
    const copy = structuredClone(given);
    const opened = await all(jsonSchemaOf(input), given);
    expect(opened).toEqual({
      ...given,
      pages: [{ page: dot }, { page: dot }],
      cover: dot,
      named: { n: dot },
      pair: [at("dot.png"), dot],
      part: { is: "photo", of: dot },
      both: { a: dot, b: at("dot.png") },
    });
    expect(given).toEqual(copy);
    expect(input.safeParse(opened).success).toBe(true);
  });

  it("leaves to somebody else what is not opened here", async () => {
    const later = "https://example.org/dot.png";
    const given = { pages: [{ page: later }, { page: at("dot.png") }] };
    const opened = await openAll(jsonSchemaOf(input), given, async (kind, source) => (source === later ? source : openMedia(kind, source)));
    expect(opened).toEqual({ pages: [{ page: later }, { page: await openMedia("page", at("dot.png")) }] });
  });

  it("says which field could not be opened", async () => {
    const given = { pages: [{ page: at("dot.png") }, { page: at("memo.wav") }] };
    await expect(all(jsonSchemaOf(input), given)).rejects.toMatchObject({ code: "MEDIA_KIND", detail: { field: "pages.1.page" } });
  });

  it("leaves what does not fit to validation, which names it", async () => {
    for (const given of [{ memo: 3 }, { pages: "x" }, null, { cover: null, part: { is: "other" } }, { memo: { path: "x" } }]) {
      expect(await all(jsonSchemaOf(input), given)).toEqual(given);
    }
  });
});
